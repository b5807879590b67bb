// Elements, made of text and other elements only: nothing is ever read as HTML.

let count = 0;

/** A name for an element that no other has. */
export const fresh = () => `p${++count}`;

/** An element; attributes that are false, null or undefined are left out. */
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

/** A name reduced to what makes it the same name: no case, no accents, no punctuation (as `vocabulary.fold`). */
export function fold(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
  return (plain.match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
}

/** A sentence or a name as it goes on in the middle of another. */
export const lowered = (text) => (/^\p{Lu}(?:\p{Ll}|$)/u.test(text) ? text[0].toLowerCase() + text.slice(1) : text);

/** Says something to those who listen to the page. */
export function announce(text) {
  document.getElementById("annonce").textContent = text;
}
