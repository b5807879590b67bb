// Creates elements from text and other elements only; nothing is parsed as HTML.

let count = 0;

/** Returns a unique id for an element. */
export const fresh = () => `p${++count}`;

/** Creates an element; attributes that are false, null or undefined are left out. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return made;
}

/** Normalizes a name for comparison: no case, accents or punctuation (as `vocabulary.fold`). */
export function fold(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
  return (plain.match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

/** Returns a text with a lower-case initial, unless it starts with an acronym, for use within a sentence. */
export const lowered = (text) => (/^\p{Lu}(?:\p{Ll}|$)/u.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** Announces a text to screen readers. */
export function announce(text) {
  document.getElementById("annonce").textContent = text;
}
