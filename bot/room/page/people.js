/** The row of names that chooses a phone where only one fits on the screen. */

import { el, find, unseen } from "./dom.js";

/** @typedef {import("./phone.js").Phone} Phone */

const ONE_PHONE = matchMedia("(max-width: 719px)");

export class People {
  #row = find("[data-testid=people]");
  #place = find("#phones");
  /** @type {Phone[]} */
  #phones = [];
  /** @type {Phone | null} */
  current = null;

  constructor() {
    ONE_PHONE.addEventListener("change", () => this.#draw());
  }

  /** @param {Phone} phone */
  add(phone) {
    this.#phones.push(phone);
    this.#place.append(phone.element);
    if (!this.current) this.choose(phone);
    else this.#draw();
  }

  /** @param {Phone} phone */
  remove(phone) {
    this.#phones = this.#phones.filter((other) => other !== phone);
    phone.element.remove();
    if (this.current === phone) this.current = null;
    if (this.#phones[0] && !this.current) this.choose(this.#phones[0]);
    else this.#draw();
  }

  /** @param {Phone} phone brought into view, wherever it is */
  choose(phone) {
    this.current = phone;
    for (const each of this.#phones) each.element.classList.toggle("phone--current", each === phone);
    this.#draw();
    phone.element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {Phone} phone a message came for it */
  onUnread(phone) {
    phone.unread += 1;
    this.#draw();
  }

  #draw() {
    const focused = this.#row.contains(document.activeElement);
    for (const phone of this.#phones) if (!ONE_PHONE.matches || phone === this.current) phone.unread = 0;
    this.#row.replaceChildren(...this.#phones.map((phone) => this.#tab(phone)));
    const chosen = this.#row.querySelector("[aria-current]");
    if (chosen instanceof HTMLElement && ONE_PHONE.matches) {
      chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (focused) chosen.focus();
    }
  }

  /** @param {Phone} phone */
  #tab(phone) {
    const badge = phone.unread > 0
      ? el("span", { class: "badge", "data-testid": "unread" }, String(phone.unread), unseen(" unread"))
      : null;
    return el("button", {
      type: "button", class: "people__tab", "data-person": phone.id, title: phone.name,
      "aria-current": phone === this.current ? "true" : null, click: () => this.choose(phone),
    }, el("span", { class: "people__name" }, phone.name), badge);
  }
}
