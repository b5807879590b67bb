// Reads dates and amounts as people write them; the patterns come from the site (practice_catalogue/model/fiche.py).

import { fold } from "./dom.js";

const months = Array.from({ length: 12 }, (_, month) =>
  fold(new Date(2000, month, 1).toLocaleDateString("fr", { month: "long" })),
);

/** Returns a text with the hyphens, spaces and digits of ASCII in place of those that look alike. */
export function plainSigns(text, form) {
  return [...text].map((char) => form.signs[char] ?? char).join("").replace(/\p{Nd}/gu, digit);
}

/** Returns the value of a decimal digit of any script: in Unicode, they stand in tens, from zero to nine. */
function digit(char) {
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt() - value - 1))) value += 1;
  return String(value % 10);
}

/** Returns the euros of an amount (`25.000`, `12 €`), or the numbers that a text with cents or two meanings may mean. */
export function readAmount(text, form) {
  const matches = form.amounts.map((pattern) => new RegExp(`^(?:${pattern})$`, "u").exec(plainSigns(text, form)));
  const [, number, cents = ""] = matches.find(Boolean) ?? [];
  if (!number) return { readings: [] };
  const euros = number.replace(/[^-+0-9]/g, "");
  if ((euros + cents).length > form.limits.amountDigits) return { readings: [] };
  const whole = Number(euros);
  if (form.noCents.includes(cents)) return { euros: whole, readings: [] };
  const readings = [whole, ...(/[1-9]/.test(cents) ? [whole + 1] : [])];
  return { readings: cents.length === 3 && whole ? [...readings, Number(euros + cents)] : readings };
}

/** Returns `11/02/2017`, `2.2017` or `1er mars 2017` as an ISO date; nothing for any other text. */
export function isoDate(typed, form) {
  const text = plainSigns(typed, form).trim();
  const numbers = new RegExp(`^(?:${form.patterns["typed-date"]})$`, "u").exec(text);
  const words = /^(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})$/.exec(fold(text));
  const month = numbers ? Number(numbers[2]) : months.indexOf(words?.[2]) + 1;
  const [, day, , year] = numbers ?? words ?? [];
  if (!month) return "";
  return [year, month, day].filter(Boolean).map((one) => String(one).padStart(2, "0")).join("-");
}

/** Returns the published data of a fiche without its empty fields. */
export function filledIn(value) {
  if (Array.isArray(value)) return value.map(filledIn);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null && !(Array.isArray(one) && !one.length));
  return Object.fromEntries(kept.map(([name, one]) => [name, filledIn(one)]));
}

/** Returns the day where the user is, as `2026-03-15`. */
export const today = () => new Date().toLocaleDateString("sv-SE");
