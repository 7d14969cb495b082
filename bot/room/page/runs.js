/** A message's text with its looks: bold, code, quotes, hidden words, links. */

import { pieces } from "./autolinks.js";
import { el } from "./dom.js";
import { followable } from "./links.js";

/** @typedef {import("./types.js").Run} Run */

/**
 * @typedef {object} Presses
 * @property {(link: string) => boolean} onLink true if the link was dealt with inside the room
 * @property {(command: string) => void} onCommand
 */

/** @param {Run} run @returns {"pre" | "quote" | "text"} */
const blockOf = (run) => (run.pre ? "pre" : run.quote ? "quote" : "text");

/**
 * @param {Run[]} runs
 * @param {Presses} presses
 * @returns {Node[]}
 */
export function drawRuns(runs, presses) {
  /** @type {{block: string, nodes: Node[]}[]} */
  const blocks = [];
  for (const run of runs) {
    const block = blockOf(run);
    const last = blocks.at(-1);
    // The newline after a quote ends the quote; it is not an empty line of its own.
    const text = last && last.block !== block && block === "text" ? run.text.replace(/^\n/, "") : run.text;
    const node = drawRun({ ...run, text }, presses);
    if (last?.block === block) last.nodes.push(node);
    else blocks.push({ block, nodes: [node] });
  }
  return blocks.flatMap(({ block, nodes }) => {
    if (block === "pre") return [el("pre", { tabindex: 0 }, ...nodes)];
    if (block === "quote") return [el("blockquote", {}, ...nodes)];
    return nodes;
  });
}

/**
 * @param {Run} run
 * @param {Presses} presses
 * @returns {Node}
 */
function drawRun(run, presses) {
  const link = followable(run.link);
  /** @type {Node} */
  let node = link || run.code || run.pre ? document.createTextNode(run.text) : drawPieces(run.text, presses);
  if (run.code) node = el("code", {}, node);
  if (run.strike) node = el("s", {}, node);
  if (run.underline) node = el("u", {}, node);
  if (run.italic) node = el("em", {}, node);
  if (run.bold) node = el("strong", {}, node);
  if (link) node = drawLink(link, node, presses);
  if (run.spoiler) node = drawSpoiler(node);
  return node;
}

/** @param {string} address */
const withScheme = (address) => (/^https?:/i.test(address) ? address : `https://${address}`);

/**
 * @param {string} text
 * @param {Presses} presses
 */
function drawPieces(text, presses) {
  const drawn = document.createDocumentFragment();
  for (const piece of pieces(text)) {
    const words = document.createTextNode(piece.text);
    const address = piece.kind === "address" ? followable(withScheme(piece.text)) : null;
    if (address) drawn.append(drawLink(address, words, presses));
    else if (piece.kind === "command") drawn.append(drawCommand(piece.text, presses));
    else drawn.append(words);
  }
  return drawn;
}

/**
 * @param {string} command
 * @param {Presses} presses
 */
function drawCommand(command, { onCommand }) {
  return el("button", {
    type: "button", class: "command", title: `Send ${command}`, click: () => onCommand(command),
  }, command);
}

/**
 * @param {string} link
 * @param {Node} inside
 * @param {Presses} presses
 */
function drawLink(link, inside, { onLink }) {
  const anchor = el("a", { href: link, target: "_blank", rel: "noopener noreferrer", title: link }, inside);
  anchor.addEventListener("click", (event) => {
    if (onLink(link)) event.preventDefault();
  });
  return anchor;
}

/** @param {Node} inside */
function drawSpoiler(inside) {
  const hidden = el("span", { class: "spoiler__words" }, inside);
  const spoiler = el("span", {
    class: "spoiler", role: "button", tabindex: 0, "aria-label": "Hidden words. Press to show them.",
  }, hidden);
  hidden.inert = true;
  const reveal = () => {
    hidden.inert = false;
    spoiler.classList.add("spoiler--shown");
    spoiler.removeAttribute("role");
    spoiler.removeAttribute("aria-label");
    spoiler.tabIndex = -1;
  };
  spoiler.addEventListener("click", reveal);
  spoiler.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal();
  });
  return spoiler;
}
