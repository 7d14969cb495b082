/** One message of a chat: its bubble, and the buttons under it. Edits change only the part that changed. */

import { fileAddress } from "./api.js";
import { el, icon, unseen } from "./dom.js";
import { drawInlineKeyboard } from "./keyboard.js";
import { drawRuns } from "./runs.js";
import { dayOf, fileSize, timeOfDay } from "./words.js";

/** @typedef {import("./types.js").Message} Message */

/**
 * @typedef {object} MessageListener
 * @property {(message: Message) => string} sayer who says it, for screen readers
 * @property {(button: HTMLButtonElement, place: {message_id: number, row: number, column: number}) => void} onTap
 * @property {(link: string) => boolean} onLink
 * @property {(command: string) => void} onCommand
 * @property {(label: string) => void} onUnplayable
 */

export class MessageView {
  #listener;
  #content = el("div", { class: "bubble__content" });
  #meta = el("span", { class: "bubble__meta" });
  #keys = el("div", { class: "message__keys" });
  #drawn = { content: "", meta: "", keys: "[]" };
  day = "";

  /**
   * @param {Message} message
   * @param {MessageListener} listener
   */
  constructor(message, listener) {
    this.#listener = listener;
    this.id = message.message_id;
    this.fromBot = message.from === "bot";
    this.element = el("article", {
      class: `message message--${message.from}`, "data-message-id": message.message_id,
      "data-from": message.from, "data-testid": "message", tabindex: -1,
    }, el("div", { class: "bubble" }, this.#content, this.#meta), this.#keys);
    this.update(message);
  }

  /** @param {Message} message the same message as it now is */
  update(message) {
    const { runs, photo, document: file, protected: kept } = message;
    // A message that loses its buttons is used up: what comes next is read out, and not all of this one again.
    if (this.#drawn.keys !== "[]" && message.buttons.length === 0) this.element.setAttribute("aria-live", "off");
    this.day = dayOf(new Date(message.at));
    this.element.classList.toggle("message--photo", photo !== null);
    this.element.classList.toggle("message--wide", message.buttons.length > 0);
    this.#change("content", [runs, photo, file, kept], () => this.#drawContent(message));
    this.#change("meta", [message.at, message.edited], () => this.#drawMeta(message));
    this.#change("keys", message.buttons, () => this.#drawKeys(message));
  }

  /** @returns {HTMLElement | null} */
  get firstButton() {
    return this.#keys.querySelector(".key");
  }

  /**
   * Draws a part if it is not drawn already, and keeps the keyboard's focus near where it was.
   * @param {"content" | "meta" | "keys"} part
   * @param {unknown} value
   * @param {() => void} draw
   */
  #change(part, value, draw) {
    const text = JSON.stringify(value);
    if (this.#drawn[part] === text) return;
    this.#drawn[part] = text;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    draw();
    if (!focused || focused.isConnected) return;
    const target = this.#sameButton(focused) ?? this.firstButton ?? this.element;
    target.focus({ preventScroll: true });
  }

  /**
   * @param {Element} old
   * @returns {HTMLElement | null}
   */
  #sameButton(old) {
    const { row, column } = /** @type {HTMLElement} */ (old).dataset;
    /** @type {HTMLElement | null} */
    const button = this.#keys.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    return button && button.textContent === old.textContent ? button : null;
  }

  /** @param {Message} message */
  #drawContent(message) {
    const { runs, photo, document: file } = message;
    const parts = [];
    if (photo) parts.push(drawPhoto(photo, message.protected));
    if (file) parts.push(drawFile(file, message.protected));
    parts.push(...drawRuns(runs, this.#listener));
    if (parts.length === 0) parts.push(el("em", {}, "Something that this room cannot show"));
    this.#content.replaceChildren(unseen(`${this.#listener.sayer(message)}: `), ...parts);
  }

  /** @param {Message} message */
  #drawMeta(message) {
    const when = new Date(message.at);
    this.#meta.replaceChildren(
      ...(message.protected ? [protectedMark()] : []),
      ...(message.edited ? [el("span", { class: "bubble__edited" }, "edited"), " "] : []),
      el("time", { datetime: message.at }, timeOfDay(when)),
    );
  }

  /** @param {Message} message */
  #drawKeys(message) {
    if (message.buttons.length === 0) return this.#keys.replaceChildren();
    const { onTap, onLink, onUnplayable } = this.#listener;
    this.#keys.replaceChildren(drawInlineKeyboard(message.buttons, {
      onTap: (button, place) => onTap(button, { message_id: message.message_id, ...place }),
      onLink,
      onUnplayable,
    }));
  }
}

function protectedMark() {
  const words = "Cannot be forwarded or saved";
  return el("span", { class: "bubble__lock", title: words }, icon("lock"), unseen(`${words}. `));
}

/**
 * @param {{file_id: string, width: number, height: number}} photo
 * @param {boolean} kept whether saving is forbidden
 */
function drawPhoto({ file_id, width, height }, kept) {
  const address = fileAddress(file_id);
  const image = el("img", { class: "photo", src: address, width, height, alt: "Photo", decoding: "async" });
  if (kept) return image;
  return el("a", { class: "photo-link", href: address, target: "_blank", rel: "noopener", title: "Open the photo" }, image);
}

/**
 * @param {{file_id: string, name: string, size: number}} file
 * @param {boolean} kept whether saving is forbidden
 */
function drawFile({ file_id, name, size }, kept) {
  const inside = [
    el("span", { class: "file__icon" }, icon("file")),
    el("span", { class: "file__words" },
      el("span", { class: "file__name" }, name), el("span", { class: "file__size" }, fileSize(size))),
  ];
  if (kept) return el("span", { class: "file" }, ...inside);
  return el("a", { class: "file", href: fileAddress(file_id), download: name, title: `Save ${name}` }, ...inside);
}
