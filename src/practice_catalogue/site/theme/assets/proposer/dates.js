// Parses French dates into ISO dates.

import { fold } from "./dom.js";

const months = Array.from({ length: 12 }, (_, month) =>
  fold(new Date(2000, month, 1).toLocaleDateString("fr", { month: "long" })),
);

/** Returns `11/02/2017`, `2.2017` or `1er mars 2017` as an ISO date; nothing for any other text. */
export function isoDate(text) {
  const numbers = /^(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})$/.exec(text.trim());
  const words = /^(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})$/.exec(fold(text));
  const month = numbers ? Number(numbers[2]) : months.indexOf(words?.[2]) + 1;
  const [, day, , year] = numbers ?? words ?? [];
  if (!month) return "";
  return [year, month, day].filter(Boolean).map((one) => String(one).padStart(2, "0")).join("-");
}
