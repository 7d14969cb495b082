/** The room's control API: one function for each thing the page may ask. */

/** An answer other than yes, in words fit to be shown. */
export class RoomRefused extends Error {}

/**
 * @param {string} method
 * @param {string} path
 * @param {object | FormData} [body]
 * @returns {Promise<any>}
 */
async function ask(method, path, body) {
  /** @type {RequestInit} */
  const request = { method, cache: "no-store" };
  if (body instanceof FormData) request.body = body;
  else if (method !== "GET") {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body ?? {});
  }
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new RoomRefused("The practice room does not answer.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new RoomRefused(answer.error ?? `The practice room answered ${response.status}.`);
  return answer;
}

/** @returns {Promise<import("./types.js").RoomState>} */
export const getState = () => ask("GET", "/room/state");

/**
 * @param {number} person
 * @returns {Promise<import("./types.js").ChatState>}
 */
export const getChat = (person) => ask("GET", `/room/people/${person}/chat`);

/**
 * @param {string} [name] the room makes one up if there is none
 * @returns {Promise<{id: number, name: string}>}
 */
export const addPerson = (name) => ask("POST", "/room/people", name ? { name } : {});

/**
 * @param {number} person
 * @param {string} text
 * @returns {Promise<{message_id: number}>}
 */
export const say = (person, text) => ask("POST", `/room/people/${person}/say`, { text });

/**
 * @param {number} person
 * @param {{message_id: number, row: number, column: number}} where
 */
export const tap = (person, where) => ask("POST", `/room/people/${person}/tap`, where);

/**
 * @param {number} person
 * @param {File} file
 */
export function upload(person, file) {
  const form = new FormData();
  form.append("file", file, file.name);
  return ask("POST", `/room/people/${person}/upload`, form);
}

/**
 * @param {number} person
 * @param {boolean} blocked
 */
export const setBlocked = (person, blocked) =>
  ask("POST", `/room/people/${person}/${blocked ? "block" : "unblock"}`);

/**
 * @param {{forward_seconds: number} | {reset: true}} move
 * @returns {Promise<import("./types.js").ClockReading>}
 */
export const moveClock = (move) => ask("POST", "/room/clock", move);

/** @param {string} fileId */
export const fileAddress = (fileId) => `/room/file/${encodeURIComponent(fileId)}`;

/** @param {number} person */
export const transcriptAddress = (person) => `/room/transcript?person=${person}`;

const TRY_AGAIN_MS = 2000;

/**
 * Listens for as long as the page lives, and connects again whenever the room went away.
 * @param {object} listener
 * @param {() => void} listener.onConnected also after every reconnection
 * @param {(event: import("./types.js").RoomEvent) => void} listener.onEvent
 * @param {() => void} listener.onGone
 */
export function listen({ onConnected, onEvent, onGone }) {
  const source = new EventSource("/room/events");
  source.addEventListener("open", onConnected);
  source.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    onGone();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ onConnected, onEvent, onGone }), TRY_AGAIN_MS);
    }
  });
}
