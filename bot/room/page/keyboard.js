/** The two keyboards a bot can show: buttons under a message, and ready answers below the chat. */

import { el, icon } from "./dom.js";
import { followable } from "./links.js";

/** @typedef {import("./types.js").InlineButton} InlineButton */

/**
 * @typedef {object} KeyboardListener
 * @property {(button: HTMLButtonElement, place: {row: number, column: number}) => void} onTap
 * @property {(link: string) => boolean} onLink
 * @property {(label: string) => void} onUnplayable a kind of button that the room does not play
 */

/**
 * @param {InlineButton[][]} rows
 * @param {KeyboardListener} listener
 */
export function drawInlineKeyboard(rows, listener) {
  const keyboard = el("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" });
  rows.forEach((buttons, row) => {
    const line = el("div", { class: "keyboard__row" });
    buttons.forEach((button, column) => line.append(drawInlineButton(button, { row, column }, listener)));
    keyboard.append(line);
  });
  return keyboard;
}

/**
 * @param {InlineButton} button
 * @param {{row: number, column: number}} place
 * @param {KeyboardListener} listener
 */
function drawInlineButton(button, place, listener) {
  const label = el("span", { class: "key__label" }, button.label);
  const link = button.kind === "url" ? followable(button.url) : null;
  const common = { class: "key", title: button.label, "data-row": place.row, "data-column": place.column };
  if (link) {
    const anchor = el("a", { ...common, href: link, target: "_blank", rel: "noopener noreferrer" }, label, icon("out"));
    anchor.addEventListener("click", (event) => {
      if (listener.onLink(link)) event.preventDefault();
    });
    return anchor;
  }
  const key = el("button", { ...common, type: "button" }, label);
  key.addEventListener("click", () => {
    if (button.kind !== "callback") listener.onUnplayable(button.label);
    // A phone does not send a second tap while the first is being answered.
    else if (!key.hasAttribute("aria-busy")) listener.onTap(key, place);
  });
  return key;
}

/**
 * @param {string[][]} rows
 * @param {(label: string) => void} onChoose
 */
export function drawReplyKeyboard(rows, onChoose) {
  const keyboard = el("div", { class: "keyboard keyboard--reply", role: "group", "aria-label": "Ready answers" });
  for (const labels of rows) {
    const keys = labels.map((label) =>
      el("button", { type: "button", class: "key", title: label, click: () => onChoose(label) },
        el("span", { class: "key__label" }, label)));
    keyboard.append(el("div", { class: "keyboard__row" }, ...keys));
  }
  return keyboard;
}
