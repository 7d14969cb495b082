/** What the page says aloud: the status region for screen readers, and the banner when the room is gone. */

import { el, find } from "./dom.js";

const KEPT_MS = 10_000;

/**
 * Says something once, after whatever is being said.
 * @param {string} text
 */
export function announce(text) {
  const line = el("p", {}, text);
  find("[data-testid=status]").append(line);
  setTimeout(() => line.remove(), KEPT_MS);
}

/**
 * Shows the banner, or takes it away.
 * @param {string} text empty: no banner
 */
export function setBanner(text) {
  const banner = find("[data-testid=banner]");
  banner.hidden = text === "";
  if (banner.textContent !== text) banner.textContent = text;
}
