/** A link that leads into this very bot: ask on which phone it is to be opened. */

import { el } from "./dom.js";

/** @typedef {{name: string, open: () => void}} Place */

/** @param {Place[]} places */
export function askWhere(places) {
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const buttons = places.map(({ name, open }) => el("button", {
    type: "button", class: "button",
    click: () => {
      close();
      open();
    },
  }, name));
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "where-heading", "data-testid": "open-where", close },
    el("h2", { id: "where-heading" }, "Open this link on which phone?"),
    el("p", {}, "It leads into this bot. Opening it sends Start from the phone that you choose."),
    el("div", { class: "dialog__choices" }, ...buttons),
    el("button", { type: "button", class: "button button--quiet", click: close }, "Cancel"));
  document.body.append(dialog);
  dialog.showModal();
}
