/** How a bot answers a tap: the button's spinner, a toast that goes by itself, an alert that waits for OK. */

import { el } from "./dom.js";
import { announce } from "./status.js";

const NO_ANSWER_MS = 15_000;
/** A tap that was answered without words is not reported; what the bot did next shows that it was heard. */
const SILENT_ANSWER_MS = 1200;
const TOAST_MS = 4000;
const TOAST_MS_PER_LETTER = 60;

export class Answers {
  #owner;
  #screen;
  /** Tapped buttons in the order of their taps: a bot answers one chat's taps in order.
   * @type {HTMLButtonElement[]} */
  #waiting = [];
  /** Lies over the chat. Hidden from screen readers, which hear a toast from the status region. */
  toasts = el("div", { class: "toasts", "aria-hidden": "true" });
  /** Lies over the whole phone. */
  element = el("div", { class: "answers" });

  /**
   * @param {string} owner whose phone it is
   * @param {HTMLElement} screen out of reach while an alert is open
   */
  constructor(owner, screen) {
    this.#owner = owner;
    this.#screen = screen;
  }

  /** @param {HTMLButtonElement} button */
  wait(button) {
    button.setAttribute("aria-busy", "true");
    this.#waiting.push(button);
    setTimeout(() => this.release(button), NO_ANSWER_MS);
  }

  /** @param {HTMLButtonElement | undefined} [button] without one: the first that waits */
  release(button = this.#waiting[0]) {
    if (!button) return;
    button.removeAttribute("aria-busy");
    this.#waiting = this.#waiting.filter((other) => other !== button);
  }

  /** The chat has changed, so whatever still waits soon stops waiting. */
  somethingHappened() {
    for (const button of this.#waiting) setTimeout(() => this.release(button), SILENT_ANSWER_MS);
  }

  /**
   * @param {string} text
   * @param {boolean} alert
   */
  answer(text, alert) {
    this.release();
    if (text === "") return;
    if (alert) this.#alert(text);
    else this.toast(text);
  }

  /** @param {string} text */
  toast(text) {
    const toast = el("p", { class: "toast", "data-testid": "toast" }, text);
    this.toasts.append(toast);
    announce(`${this.#owner}: ${text}`);
    setTimeout(() => toast.remove(), TOAST_MS + text.length * TOAST_MS_PER_LETTER);
  }

  /** @param {string} text */
  #alert(text) {
    const before = document.activeElement;
    const close = () => {
      alert.remove();
      this.#screen.inert = false;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
    const okay = el("button", { type: "button", class: "button button--strong", click: close }, "OK");
    const words = el("p", { class: "alert__words" }, text);
    const alert = el("div", {
      class: "alert", role: "alertdialog", "aria-label": `The bot’s answer to ${this.#owner}`, "data-testid": "alert",
      keydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close(),
    }, el("div", { class: "alert__card" }, words, okay));
    const here = before === document.body || this.#screen.contains(before);
    this.#screen.inert = true;
    this.element.append(alert);
    if (here) okay.focus();
    else announce(`${this.#owner}: ${text}`);
  }
}
