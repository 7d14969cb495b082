/** Puts the page together and keeps it the same as the room. */

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { find } from "./dom.js";
import { askWhere } from "./invitation.js";
import { startMessage } from "./links.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { announce, setBanner } from "./status.js";

/** @typedef {import("./types.js").RoomEvent} RoomEvent */
/** @typedef {import("./types.js").Person} Person */

const FIRST_PERSON = "Practitioner";
const TRY_AGAIN_MS = 2000;
/** A pause shorter than this is not worth a banner. */
const GONE_MS = 1200;

const clock = new Clock();
const people = new People();
/** @type {Map<number, Phone>} */
const phones = new Map();
/** @type {import("./types.js").Bot} */
let bot = { name: "", username: "", description: "", short_description: "", commands: [], polling: false, last_poll: null };
/** Events that came while the state was being fetched; applied after it. Null: apply at once.
 * @type {RoomEvent[] | null} */
let held = [];
let loads = 0;
let goneTimer = 0;

/** @param {Person} person */
function phoneOf(person) {
  const known = phones.get(person.id);
  if (known) return known;
  const phone = new Phone({ person, bot, onLink, onUnread: (each) => people.onUnread(each) });
  phones.set(person.id, phone);
  return phone;
}

/** @param {Person} person */
function addPhone(person) {
  const phone = phoneOf(person);
  if (!phone.element.isConnected) people.add(phone);
  return phone;
}

/** The room's state, with a first person in it; several open tabs agree on who adds them. */
async function stateWithSomebody() {
  const state = await api.getState();
  if (state.people.length > 0) return state;
  return navigator.locks.request("first person", async () => {
    const now = await api.getState();
    if (now.people.length > 0) return now;
    await api.addPerson(FIRST_PERSON);
    return api.getState();
  });
}

/** Fetches everything, then catches up with what happened meanwhile. */
async function load() {
  const turn = ++loads;
  held ??= [];
  try {
    const state = await stateWithSomebody();
    const chats = await Promise.all(state.people.map((person) => api.getChat(person.id)));
    if (turn !== loads) return;
    show(state, chats);
  } catch (problem) {
    if (!(problem instanceof api.RoomRefused)) throw problem;
    if (turn === loads) setTimeout(load, TRY_AGAIN_MS);
    return setBanner(`${problem.message} Trying again…`);
  }
  clearTimeout(goneTimer);
  setBanner("");
  const meanwhile = held;
  held = null;
  meanwhile.forEach(apply);
}

/**
 * @param {import("./types.js").RoomState} state
 * @param {import("./types.js").ChatState[]} chats in the order of the people
 */
function show(state, chats) {
  clock.set(state);
  setBot(state.bot);
  const present = new Set(state.people.map((person) => person.id));
  for (const [id, phone] of phones) {
    if (present.has(id)) continue;
    phones.delete(id);
    people.remove(phone);
  }
  state.people.forEach((person, index) => {
    const phone = phoneOf(person);
    phone.setPerson(person);
    // Filled before it is on the page, so that old messages are not read aloud.
    phone.load(chats[index]);
    addPhone(person);
  });
}

/** @param {import("./types.js").Bot} now */
function setBot(now) {
  bot = now;
  for (const phone of phones.values()) phone.setBot(bot);
}

/**
 * The bot has changed something about itself; its commands may differ from chat to chat.
 * @param {import("./types.js").Bot} now
 */
async function onBot(now) {
  setBot(now);
  await Promise.all([...phones.values()].map(learnCommands));
}

/** @param {Phone} phone */
async function learnCommands(phone) {
  try {
    const { commands } = await api.getChat(phone.id);
    phone.composer.setCommands(commands ?? bot.commands);
  } catch (problem) {
    // A room that went away is loaded anew when it is back.
    if (!(problem instanceof api.RoomRefused)) throw problem;
  }
}

/** @param {RoomEvent} event */
function apply(event) {
  if (event.kind === "clock") clock.set(event);
  else if (event.kind === "bot") onBot(event);
  else if (event.kind === "person") addPhone(event).onEvent(event);
  else phones.get(event.person)?.onEvent(event);
}

/**
 * @param {string} link
 * @returns {boolean} whether it leads into this bot
 */
function onLink(link) {
  const message = startMessage(link, bot.username);
  if (message === null) return false;
  const places = [...phones.values()].map((phone) => ({ name: phone.name, open: () => openOn(phone, message) }));
  askWhere([...places, { name: "A new person", open: async () => openOn(await newPhone(), message) }]);
  return true;
}

/**
 * @param {Phone | null} phone
 * @param {string} message
 */
function openOn(phone, message) {
  if (!phone) return;
  people.choose(phone);
  phone.composer.focus();
  return phone.say(message);
}

async function newPhone() {
  try {
    const { id, name } = await api.addPerson();
    const phone = addPhone({ id, name, blocked: false });
    people.choose(phone);
    phone.composer.focus();
    announce(`${name} has a phone.`);
    return phone;
  } catch (problem) {
    setBanner(/** @type {Error} */ (problem).message);
    return null;
  }
}

find("[data-testid=new-person]").addEventListener("click", newPhone);

api.listen({
  onConnected: load,
  onEvent: (event) => (held ? held.push(event) : apply(event)),
  onGone: () => {
    clearTimeout(goneTimer);
    goneTimer = setTimeout(() => setBanner("The practice room is not running. This page waits for it."), GONE_MS);
  },
});
