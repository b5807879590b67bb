// Dates as French people write them → as the file has them.

import { fold } from "./dom.js";

const months = Array.from({ length: 12 }, (_, month) =>
  fold(new Date(2000, month, 1).toLocaleDateString("fr", { month: "long" })),
);

/** `11/02/2017`, `2.2017` or `1er mars 2017` in ISO; nothing where it is none of these. */
export function isoDate(text) {
  const numbers = /^(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})$/.exec(text.trim());
  const words = /^(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})$/.exec(fold(text));
  const month = numbers ? Number(numbers[2]) : months.indexOf(words?.[2]) + 1;
  const [, day, , year] = numbers ?? words ?? [];
  if (!month) return "";
  return [year, month, day].filter(Boolean).map((one) => String(one).padStart(2, "0")).join("-");
}
