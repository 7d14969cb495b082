/**
 * What the room says to the page, as types; nothing here runs.
 *
 * @typedef {{command: string, description: string}} Command
 *
 * @typedef {object} Bot
 * @property {string} name
 * @property {string} username
 * @property {string} description shown in a chat that has not begun
 * @property {string} short_description
 * @property {Command[]} commands
 * @property {boolean} polling whether the bot is asking for updates
 * @property {string | null} last_poll
 *
 * @typedef {{id: number, name: string, blocked: boolean}} Person
 *
 * @typedef {{now: string, offset_seconds: number}} ClockReading
 *
 * @typedef {ClockReading & {bot: Bot, people: Person[]}} RoomState
 *
 * @typedef {object} Run a stretch of text with one look
 * @property {string} text
 * @property {boolean} [bold]
 * @property {boolean} [italic]
 * @property {boolean} [underline]
 * @property {boolean} [strike]
 * @property {boolean} [code]
 * @property {boolean} [pre]
 * @property {boolean} [quote]
 * @property {boolean} [spoiler]
 * @property {string | null} [link]
 *
 * @typedef {{label: string, kind: "callback" | "url" | "other", url?: string}} InlineButton
 *
 * @typedef {object} Message
 * @property {number} message_id
 * @property {"bot" | "person"} from
 * @property {string} at when it was sent, by the room's clock
 * @property {boolean} edited
 * @property {Run[]} runs
 * @property {InlineButton[][]} buttons
 * @property {string[][] | null} reply_keyboard an empty list takes the keyboard away
 * @property {{file_id: string, width: number, height: number} | null} photo
 * @property {{file_id: string, name: string, size: number, mime: string} | null} document
 * @property {boolean} caption
 * @property {boolean} protected
 *
 * @typedef {{messages: Message[], typing: boolean, commands?: Command[]}} ChatState with the commands of this chat
 *
 * @typedef {{kind: "message", person: number, message: Message}
 *   | {kind: "deleted", person: number, message_id: number}
 *   | {kind: "typing", person: number}
 *   | {kind: "toast", person: number, text: string | null, alert: boolean}
 *   | {kind: "person"} & Person
 *   | {kind: "clock"} & ClockReading
 *   | {kind: "bot"} & Bot} RoomEvent
 */

export {};
