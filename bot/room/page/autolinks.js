/** Finds what Telegram makes pressable in plain text by itself: addresses and commands. */

const PRESSABLE = /(?:https?:\/\/|(?<![\w.])t\.me\/)[^\s<>"]+|(?<![\w/<])\/[a-z][a-z0-9_]{0,31}(?![\w/])/gi;
/** Punctuation after an address belongs to the sentence. */
const SENTENCE_END = /[.,;:!?)\]’”']+$/;

/** @typedef {{kind: "text" | "address" | "command", text: string}} Piece */

/**
 * The whole text, in order, in pieces of one kind each.
 * @param {string} text
 * @returns {Piece[]}
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let done = 0;
  for (const match of text.matchAll(PRESSABLE)) {
    const isCommand = match[0].startsWith("/");
    const pressed = isCommand ? match[0] : match[0].replace(SENTENCE_END, "");
    if (match.index > done) found.push({ kind: "text", text: text.slice(done, match.index) });
    found.push({ kind: isCommand ? "command" : "address", text: pressed });
    done = match.index + pressed.length;
  }
  if (done < text.length) found.push({ kind: "text", text: text.slice(done) });
  return found;
}
