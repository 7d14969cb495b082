/** The room's clock in the top bar, and the buttons that move it. */

import { moveClock } from "./api.js";
import { find } from "./dom.js";
import { announce } from "./status.js";
import { dateOf, fullMoment, span, timeOfDay, weekdayOf } from "./words.js";

const LOOK_AGAIN_MS = 1000;

export class Clock {
  #face = find(".clock");
  /** How far the room is ahead of this browser, in milliseconds. */
  #ahead = 0;

  constructor() {
    for (const button of this.#face.querySelectorAll("[data-forward]")) {
      const seconds = Number(button.getAttribute("data-forward"));
      button.addEventListener("click", () => this.#move({ forward_seconds: seconds }));
    }
    find(".clock__reset").addEventListener("click", () => this.#move({ reset: true }));
    setInterval(() => this.#draw(), LOOK_AGAIN_MS);
  }

  /** @param {import("./types.js").ClockReading} reading */
  set({ now, offset_seconds }) {
    this.#ahead = Date.parse(now) - Date.now();
    const far = span(offset_seconds);
    const words = far && (offset_seconds > 0 ? `${far} ahead` : `${far} behind`);
    find(".clock__ahead").textContent = words;
    this.#face.classList.toggle("clock--moved", words !== "");
    this.#draw();
  }

  /** @param {{forward_seconds: number} | {reset: true}} move */
  async #move(move) {
    try {
      this.set(await moveClock(move));
      announce(`The room’s clock says ${fullMoment(this.#now())}.`);
    } catch (refused) {
      announce(`The clock has not moved. ${/** @type {Error} */ (refused).message}`);
    }
  }

  #now() {
    return new Date(Date.now() + this.#ahead);
  }

  #draw() {
    const now = this.#now();
    for (const [part, text] of [["time", timeOfDay(now)], ["weekday", weekdayOf(now)], ["day", dateOf(now)]]) {
      const place = find(`.clock__${part}`, this.#face);
      if (place.textContent !== text) place.textContent = text;
    }
    find("time", this.#face).setAttribute("datetime", now.toISOString());
  }
}
