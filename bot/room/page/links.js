/** Which links may be followed, and which of them lead back into this very bot. */

const FOLLOWED = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const TELEGRAM = new Set(["t.me", "www.t.me", "telegram.me", "telegram.dog"]);

/**
 * @param {string} link
 * @returns {URL | null}
 */
function parse(link) {
  try {
    return new URL(link);
  } catch {
    return null;
  }
}

/**
 * The link itself if a browser may follow it, else null.
 * @param {string | null | undefined} link
 */
export function followable(link) {
  const url = link ? parse(link) : null;
  return url && FOLLOWED.has(url.protocol) ? url.href : null;
}

/**
 * The message that a link to this bot sends, such as "/start abc"; null for every other link.
 * A "share this link" address counts as the link that it shares.
 * @param {string} link
 * @param {string} username the bot's, without @
 * @returns {string | null}
 */
export function startMessage(link, username) {
  const url = parse(link);
  if (!url || !username) return null;
  let name = "";
  if (url.protocol === "tg:" && url.host === "resolve") name = url.searchParams.get("domain") ?? "";
  else if (TELEGRAM.has(url.host)) name = url.pathname.replaceAll("/", "");
  if (name === "shareurl" || name === "share") return startMessage(url.searchParams.get("url") ?? "", username);
  if (name.toLowerCase() !== username.toLowerCase()) return null;
  const payload = url.searchParams.get("start");
  return payload ? `/start ${payload}` : "/start";
}
