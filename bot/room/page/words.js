/** Times, days, spans and sizes as a person in Britain would write them. */

/** @param {Intl.DateTimeFormatOptions} options */
const written = (options) => new Intl.DateTimeFormat("en-GB", options);

const TIME = written({ hour: "2-digit", minute: "2-digit" });
const WEEKDAY = written({ weekday: "long" });
const DATE = written({ day: "numeric", month: "short", year: "numeric" });
const DAY = written({ weekday: "long", day: "numeric", month: "long" });
const FULL = written({
  weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
});

/** @param {Date} when */
export const timeOfDay = (when) => TIME.format(when);
/** @param {Date} when */
export const weekdayOf = (when) => WEEKDAY.format(when);
/** @param {Date} when */
export const dateOf = (when) => DATE.format(when);
/** @param {Date} when */
export const dayOf = (when) => DAY.format(when);
/** @param {Date} when */
export const fullMoment = (when) => FULL.format(when);

/** @type {[string, number][]} */
const UNITS = [["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

/**
 * "1 week 2 days": the two largest units of a span, or nothing for less than a minute.
 * @param {number} seconds
 */
export function span(seconds) {
  const parts = [];
  let rest = Math.abs(Math.round(seconds));
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(count === 1 ? `1 ${unit}` : `${count} ${unit}s`);
  }
  return parts.slice(0, 2).join(" ");
}

/** @param {number} bytes */
export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
