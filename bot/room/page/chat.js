/** The log of one chat: messages in order, a line for each new day, and a view that stays with the newest. */

import { el, icon } from "./dom.js";
import { MessageView } from "./message.js";

/** @typedef {import("./types.js").Message} Message */

const NEAR_END_PX = 48;

export class Chat {
  #listener;
  /** @type {Map<number, MessageView>} */
  #views = new Map();
  #list = el("div", { class: "log__list" });
  #pill = el("button", { type: "button", class: "pill", hidden: true, "data-testid": "new-messages" });
  #missed = 0;
  #atEnd = true;
  /** How tall the log and its content were when last seen by the observer, in pixels. */
  #seen = { scrollHeight: 0, clientHeight: 0 };
  /** Where the keyboard's focus was put for want of a better place.
   * @type {HTMLElement | null} */
  #resting = null;

  /** @param {import("./message.js").MessageListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.log = el("div", {
      class: "log", role: "log", "aria-live": "polite", tabindex: 0, "data-testid": "log",
    }, this.#list);
    this.element = el("div", { class: "chat" }, this.log, this.#pill);
    this.log.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    this.#pill.addEventListener("click", () => {
      this.toEnd();
      this.log.focus({ preventScroll: true });
    });
    const staysAtEnd = new ResizeObserver(() => this.#onResize());
    staysAtEnd.observe(this.#list);
    staysAtEnd.observe(this.log);
  }

  get empty() {
    return this.#views.size === 0;
  }

  /**
   * Makes the log the same as the room's; what is already there stays untouched.
   * @param {Message[]} messages
   */
  load(messages) {
    const present = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#views.keys()]) if (!present.has(id)) this.remove(id);
    for (const message of messages) this.show(message);
  }

  /**
   * @param {Message} message
   * @returns {boolean} whether it is new
   */
  show(message) {
    const known = this.#views.get(message.message_id);
    if (known) {
      known.update(message);
      this.#drawDays();
      this.#rest(known.element);
      return false;
    }
    const view = new MessageView(message, this.#listener);
    this.#views.set(view.id, view);
    this.#insert(view);
    this.#drawDays();
    if (!view.fromBot) this.toEnd();
    else if (!this.#atEnd) this.#miss();
    this.#moveOn(view);
    return true;
  }

  /** @param {number} id */
  remove(id) {
    const view = this.#views.get(id);
    if (!view) return;
    const focused = view.element.contains(document.activeElement);
    this.#views.delete(id);
    view.element.remove();
    this.#drawDays();
    if (focused) this.restFocus();
  }

  /** Keeps the focus in the log until a message with buttons comes. */
  restFocus() {
    this.log.focus({ preventScroll: true });
    this.#resting = this.log;
  }

  toEnd() {
    this.#atEnd = true;
    this.#scrollDown();
    this.#catchUp();
  }

  #catchUp() {
    this.#missed = 0;
    this.#pill.hidden = true;
  }

  #scrollDown() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  #onResize() {
    const { scrollHeight, clientHeight } = this.log;
    this.#seen = { scrollHeight, clientHeight };
    if (this.#atEnd) this.#scrollDown();
  }

  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    // What has just grown or shrunk moves by itself, as when a message goes and another comes: nobody has scrolled.
    if (scrollHeight !== this.#seen.scrollHeight || clientHeight !== this.#seen.clientHeight) return;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#atEnd) this.#catchUp();
  }

  #miss() {
    this.#missed += 1;
    const words = this.#missed === 1 ? "1 new message" : `${this.#missed} new messages`;
    this.#pill.replaceChildren(icon("down"), words);
    this.#pill.hidden = false;
  }

  /** @param {HTMLElement} element remembered if an edit took its buttons from under the focus */
  #rest(element) {
    if (document.activeElement === element) this.#resting = element;
  }

  /** @param {MessageView} view */
  #moveOn(view) {
    if (this.#resting && document.activeElement === this.#resting && view.firstButton) {
      view.firstButton.focus({ preventScroll: true });
      this.#resting = null;
    }
  }

  /** @param {MessageView} view */
  #insert(view) {
    const ids = [...this.#views.keys()].filter((id) => id > view.id);
    const next = ids.length > 0 ? this.#views.get(Math.min(...ids)) : undefined;
    this.#list.insertBefore(view.element, next?.element ?? null);
  }

  #drawDays() {
    const lines = [...this.#list.querySelectorAll(".day")];
    const views = [...this.#views.values()].sort((one, other) => one.id - other.id);
    let day = "";
    for (const view of views) {
      const before = view.element.previousElementSibling;
      const line = before?.matches(".day") ? before : null;
      if (view.day === day) line?.remove();
      else if (!line) view.element.before(el("p", { class: "day" }, view.day));
      else if (line.textContent !== view.day) line.textContent = view.day;
      day = view.day;
    }
    for (const line of lines) if (!line.nextElementSibling?.matches(".message")) line.remove();
  }
}
