/** A button that opens a short list: Escape, a press elsewhere or a choice closes it. */

import { el, icon } from "./dom.js";

export class Menu {
  /** @param {{label: string, icon: string, testid: string}} look */
  constructor({ label, icon: drawing, testid }) {
    this.button = el("button", {
      type: "button", class: "icon-button", "aria-label": label, title: label, "aria-expanded": "false",
      "data-testid": testid, click: () => this.#toggle(this.list.hidden),
    }, icon(drawing));
    this.list = el("div", { class: "menu__list", role: "group", "aria-label": label, hidden: true });
    this.element = el("div", { class: "menu", keydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event) },
      this.button, this.list);
    this.list.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("button, a")) this.#toggle(false);
    });
    this.element.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !this.element.contains(next)) this.#toggle(false);
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !this.element.contains(event.target)) this.#toggle(false);
    });
  }

  /** @param {HTMLElement[]} items */
  fill(items) {
    this.list.replaceChildren(...items);
  }

  /** @param {boolean} open */
  #toggle(open) {
    if (this.list.hidden === !open) return;
    const focused = this.list.contains(document.activeElement);
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open && focused) this.button.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.stopPropagation();
      this.#toggle(false);
      this.button.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    this.#toggle(true);
    this.#step(event.key === "ArrowDown" ? 1 : -1);
  }

  /** @param {1 | -1} step to the next or the previous item, round the ends */
  #step(step) {
    const items = [...this.list.querySelectorAll("button, a")];
    const at = items.findIndex((item) => item === document.activeElement);
    const next = at < 0 && step < 0 ? items.length - 1 : (at + step + items.length) % items.length;
    /** @type {HTMLElement | undefined} */ (items[next])?.focus();
  }
}

/**
 * @param {{label: string, icon?: string, testid?: string, detail?: string, onChoose: () => void}} item
 */
export function menuItem({ label, icon: drawing, testid, detail, onChoose }) {
  return el("button", { type: "button", class: "menu__item", "data-testid": testid, click: onChoose },
    drawing ? icon(drawing) : null,
    el("span", { class: "menu__words" }, el("span", {}, label),
      detail ? el("span", { class: "menu__detail" }, detail) : null));
}
