/** One person's phone: who it belongs to, the chat with the bot, and everything its owner can do. */

import * as api from "./api.js";
import { Answers } from "./answers.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { Menu, menuItem } from "./menu.js";

/** @typedef {import("./types.js").Bot} Bot */
/** @typedef {import("./types.js").Message} Message */

const TYPING_MS = 5500;

export class Phone {
  #bot;
  #blocked;
  #begun = false;
  #typing = 0;
  #name = el("h2", { class: "phone__owner" });
  #botName = el("p", { class: "phone__bot" });
  #state = el("p", { class: "phone__state", "data-testid": "bot-state" });
  #menu = new Menu({ label: "More", icon: "more", testid: "phone-menu" });
  #intro = el("section", { class: "intro", "aria-label": "About this bot" });
  #picker = el("input", { type: "file", hidden: true, tabindex: -1, "data-testid": "file" });
  /** @type {Message | null} the newest message that spoke about the reply keyboard */
  #keys = null;

  /**
   * @param {object} options
   * @param {import("./types.js").Person} options.person
   * @param {Bot} options.bot
   * @param {(link: string) => boolean} options.onLink
   * @param {(phone: Phone) => void} options.onUnread a message from the bot has come
   */
  constructor({ person, bot, onLink, onUnread }) {
    this.id = person.id;
    this.name = person.name;
    this.unread = 0;
    this.#bot = bot;
    this.#blocked = person.blocked;
    this.onUnread = onUnread;
    this.chat = new Chat({
      sayer: (message) => (message.from === "bot" ? this.#bot.name : this.name),
      onTap: (button, place) => this.#tap(button, place),
      onLink,
      onCommand: (command) => this.say(command),
      onUnplayable: () => this.answers.toast("The practice room does not play this kind of button."),
    });
    this.composer = new Composer({
      owner: person.name, onSay: (text) => this.say(text), onUnblock: () => this.#setBlocked(false),
    });
    const screen = el("div", { class: "phone__screen" });
    this.answers = new Answers(person.name, screen);
    screen.append(this.#head(),
      el("div", { class: "phone__middle" }, this.#intro, this.chat.element, this.answers.toasts),
      this.composer.element, this.#picker);
    this.element = el("section", {
      class: "phone", "data-testid": "phone", "data-person": person.id, "aria-labelledby": `owner-${person.id}`,
    }, this.#name, el("div", { class: "phone__case" }, screen, this.answers.element));
    this.#name.id = `owner-${person.id}`;
    this.#picker.addEventListener("change", () => this.#upload());
    this.setPerson(person);
    this.setBot(bot);
    this.composer.setCommands(bot.commands);
  }

  #head() {
    return el("div", { class: "phone__head" },
      el("span", { class: "avatar" }, icon("mark")),
      el("div", { class: "phone__names" }, this.#botName, this.#state),
      this.#menu.element);
  }

  /** @param {Bot} bot */
  setBot(bot) {
    this.#bot = bot;
    this.#botName.textContent = bot.name;
    this.chat.log.setAttribute("aria-label", `${this.name} and ${bot.name}`);
    const about = bot.description || "Press Start to begin.";
    this.#intro.replaceChildren(
      el("div", { class: "intro__card" }, icon("mark"), el("h3", {}, bot.name), el("p", {}, about)));
    this.#drawState();
  }

  /** @param {import("./types.js").Person} person */
  setPerson({ name, blocked }) {
    this.name = name;
    this.#name.textContent = name;
    this.#blocked = blocked;
    this.#menu.fill(this.#menuItems());
    this.#drawState();
    this.#drawMode();
  }

  /** @param {import("./types.js").ChatState} state */
  load({ messages, typing, commands }) {
    this.chat.load(messages);
    this.composer.setCommands(commands ?? this.#bot.commands);
    this.#keys = null;
    for (const message of messages) this.#noteKeys(message);
    this.#begun = messages.length > 0;
    if (typing) this.#showTyping();
    this.#drawMode();
  }

  /** @param {import("./types.js").RoomEvent} event one of this person's events */
  onEvent(event) {
    if (event.kind === "message") this.#receive(event.message);
    else if (event.kind === "deleted") this.#lose(event.message_id);
    else if (event.kind === "typing") this.#showTyping();
    else if (event.kind === "toast") this.answers.answer(event.text ?? "", event.alert);
    else if (event.kind === "person") this.setPerson(event);
  }

  /** @param {string} text */
  async say(text) {
    this.chat.toEnd();
    await this.#try(() => api.say(this.id, text), () => this.composer.giveBack(text));
  }

  /** @param {Message} message */
  #receive(message) {
    const isNew = this.chat.show(message);
    this.#begun = true;
    this.#noteKeys(message);
    this.#drawMode();
    if (message.from !== "bot") return;
    this.#stopTyping();
    this.answers.somethingHappened();
    if (isNew) this.onUnread(this);
  }

  /** @param {number} messageId */
  #lose(messageId) {
    this.chat.remove(messageId);
    this.answers.somethingHappened();
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {{message_id: number, row: number, column: number}} place
   */
  #tap(button, place) {
    this.answers.wait(button);
    return this.#try(() => api.tap(this.id, place), () => this.answers.release(button));
  }

  /** @param {boolean} blocked */
  #setBlocked(blocked) {
    return this.#try(async () => {
      await api.setBlocked(this.id, blocked);
      this.setPerson({ id: this.id, name: this.name, blocked });
    });
  }

  #upload() {
    const file = this.#picker.files?.[0];
    this.#picker.value = "";
    if (file) return this.#try(() => api.upload(this.id, file));
  }

  /**
   * @param {() => Promise<unknown>} act
   * @param {() => void} [undo]
   */
  async #try(act, undo) {
    try {
      await act();
    } catch (problem) {
      if (!(problem instanceof api.RoomRefused)) throw problem;
      undo?.();
      this.answers.toast(problem.message);
    }
  }

  /** @param {Message} message */
  #noteKeys(message) {
    if (message.from !== "bot" || message.reply_keyboard === null) return;
    if (this.#keys && message.message_id < this.#keys.message_id) return;
    const same = JSON.stringify(this.#keys?.reply_keyboard) === JSON.stringify(message.reply_keyboard);
    this.#keys = message;
    if (!same) this.composer.setKeys(message.reply_keyboard);
  }

  #menuItems() {
    const file = this.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    return [
      menuItem({ label: "Send a photo or file…", icon: "clip", testid: "send-file", onChoose: () => this.#picker.click() }),
      el("a", {
        class: "menu__item", href: api.transcriptAddress(this.id), download: `transcript-${file}.txt`,
        "data-testid": "transcript",
      }, icon("save"), "Save the transcript"),
      menuItem({
        label: this.#blocked ? "Unblock the bot" : "Block the bot", icon: "block", testid: "block",
        onChoose: () => this.#setBlocked(!this.#blocked),
      }),
    ];
  }

  #drawMode() {
    const mode = this.#blocked ? "blocked" : this.#begun ? "write" : "start";
    const started = mode === "write" && this.composer.mode === "start";
    this.#intro.hidden = this.#begun;
    this.chat.element.hidden = !this.#begun;
    if (!this.composer.setMode(mode)) return;
    if (started) this.chat.restFocus();
    else this.composer.focus();
  }

  #drawState() {
    const { polling } = this.#bot;
    this.element.classList.toggle("phone--blocked", this.#blocked);
    if (this.#blocked) this.#state.textContent = "blocked";
    else if (this.#typing) this.#state.replaceChildren("typing", el("span", { class: "dots", "aria-hidden": "true" }));
    else this.#state.textContent = polling ? "bot" : "bot · not listening yet";
    this.#state.classList.toggle("phone__state--typing", this.#typing !== 0 && !this.#blocked);
  }

  #showTyping() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS);
    this.#drawState();
  }

  #stopTyping() {
    clearTimeout(this.#typing);
    this.#typing = 0;
    this.#drawState();
  }
}
