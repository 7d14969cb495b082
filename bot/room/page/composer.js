/** The foot of a phone: Start in an empty chat, Unblock after a block, else commands, text entry and send. */

import { el, icon, unseen } from "./dom.js";
import { drawReplyKeyboard } from "./keyboard.js";
import { Menu, menuItem } from "./menu.js";

/** Telegram cuts a longer text into several messages; the page does not let it grow so far. */
const LONGEST_TEXT = 4096;

/** @typedef {"start" | "write" | "blocked"} Mode */

export class Composer {
  #onSay;
  /** @type {Mode} */
  mode = "write";
  #entry;
  #form;
  #start;
  #blocked;
  #commands = new Menu({ label: "Commands", icon: "commands", testid: "commands" });
  #keysToggle;
  #keys = el("div", { class: "composer__keys", hidden: true });

  /**
   * @param {object} options
   * @param {string} options.owner whose phone it is
   * @param {(text: string) => void} options.onSay
   * @param {() => void} options.onUnblock
   */
  constructor({ owner, onSay, onUnblock }) {
    this.#onSay = onSay;
    this.#entry = el("textarea", {
      class: "composer__entry", rows: 1, maxlength: LONGEST_TEXT, placeholder: "Message", enterkeyhint: "send",
      "aria-label": `Message from ${owner}`, "data-testid": "composer",
      keydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
    this.#keysToggle = el("button", {
      type: "button", class: "icon-button", hidden: true, "aria-expanded": "true", "aria-label": "Ready answers",
      title: "Ready answers", "data-testid": "reply-keyboard-toggle", click: () => this.#showKeys(this.#keys.hidden),
    }, icon("keys"));
    const send = el("button", { class: "icon-button composer__send", title: "Send", "data-testid": "send" },
      icon("send"), unseen("Send"));
    this.#form = el("form", { class: "composer__row", submit: (/** @type {Event} */ event) => this.#onSubmit(event) },
      this.#commands.element, this.#entry, this.#keysToggle, send);
    this.#start = el("button", {
      type: "button", class: "button button--strong composer__start", "data-testid": "start", click: () => onSay("/start"),
    }, "Start");
    this.#blocked = el("div", { class: "composer__blocked" },
      el("p", {}, `${owner} has blocked this bot.`),
      el("button", { type: "button", class: "button", "data-testid": "unblock-bar", click: onUnblock }, "Unblock"));
    this.element = el("div", { class: "composer" }, this.#start, this.#blocked, this.#form, this.#keys);
    this.setMode("write");
  }

  /**
   * @param {Mode} mode
   * @returns {boolean} whether the focus was in what has gone
   */
  setMode(mode) {
    const focused = this.element.contains(document.activeElement) && mode !== this.mode;
    this.mode = mode;
    this.#start.hidden = mode !== "start";
    this.#blocked.hidden = mode !== "blocked";
    this.#form.hidden = mode !== "write";
    this.#keys.classList.toggle("composer__keys--off", mode !== "write");
    return focused;
  }

  /** Puts the focus on whatever the foot offers first. */
  focus() {
    if (this.mode === "start") this.#start.focus();
    else if (this.mode === "write") this.#entry.focus({ preventScroll: true });
    else this.#blocked.querySelector("button")?.focus();
  }

  /** @param {string} text what could not be sent, given back */
  giveBack(text) {
    if (this.#entry.value === "") this.#entry.value = text;
  }

  /** @param {import("./types.js").Command[]} commands */
  setCommands(commands) {
    this.#commands.element.hidden = commands.length === 0;
    this.#commands.fill(commands.map(({ command, description }) => menuItem({
      label: `/${command}`, detail: description, onChoose: () => this.#insert(`/${command} `),
    })));
  }

  /** @param {string[][]} rows none: no keyboard */
  setKeys(rows) {
    const focused = this.#keys.contains(document.activeElement);
    this.#keys.replaceChildren(...(rows.length > 0 ? [drawReplyKeyboard(rows, (label) => this.#onSay(label))] : []));
    this.#keysToggle.hidden = rows.length === 0;
    this.#showKeys(rows.length > 0);
    if (focused) this.focus();
  }

  /** @param {boolean} shown */
  #showKeys(shown) {
    this.#keys.hidden = !shown;
    this.#keysToggle.setAttribute("aria-expanded", String(shown));
  }

  /** @param {string} command */
  #insert(command) {
    this.#entry.value = command;
    this.#entry.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  /** @param {Event} event */
  #onSubmit(event) {
    event.preventDefault();
    const text = this.#entry.value.trim();
    this.#entry.focus({ preventScroll: true });
    if (text === "") return;
    this.#entry.value = "";
    this.#onSay(text);
  }
}
