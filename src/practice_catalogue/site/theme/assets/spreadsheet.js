// Writes CSV for French spreadsheets, in which no text is run as a formula or becomes a number, as exports/spreadsheets.py.

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // as \s of Python
const FORMULA_START = new RegExp(`^(?:[${SPACE}]*[=+\\-@\\u2212']|[\\t\\r\\n])`, "u");
const DIGITS_AND_SIGNS = new RegExp(`^[\\p{Nd}${SPACE}.,/()+\\-]*$`, "u");
const EXPONENT = /^\p{Nd}+[eE]\p{Nd}+$/u;
const IS_A_NUMBER = /^(?:0|[1-9]\p{Nd}{0,8}|\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2})$/u;

/** Returns a text with an apostrophe before it if a spreadsheet would run or convert it. */
export function escapeCell(text) {
  const looksLikeANumber = EXPONENT.test(text) || (/\p{Nd}/u.test(text) && DIGITS_AND_SIGNS.test(text));
  return FORMULA_START.test(text.normalize("NFKC")) || (looksLikeANumber && !IS_A_NUMBER.test(text)) ? `'${text}` : text;
}

/** Returns rows of texts as CSV: semicolons, all cells quoted, a byte order mark. */
export function csv(rows) {
  const cell = (text) => `"${escapeCell(text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
