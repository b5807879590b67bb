// Reads what this browser keeps for the site; what is not as the site wrote it is put aside, and that is said.

/** Returns a stored value, null if there is none; what is unreadable or not right is removed and given to `aside` as text. */
export function stored(key, isRight, aside) {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    const value = parsed(text);
    if (value === null || isRight(value)) return value;
    localStorage.removeItem(key);
    aside(text);
  } catch {
    // This browser keeps nothing.
  }
  return null;
}

/* Returns undefined for a text that is not JSON, or too deep to be written again. */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    JSON.stringify(value);
    return value;
  } catch {
    return undefined;
  }
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns the own value of an object: ids such as `constructor` are no values of their own. */
export const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/** Says at the top of the page that something was put aside. */
export function tell(words) {
  const said = Object.assign(document.createElement("p"), { className: "vide", textContent: words });
  said.setAttribute("role", "alert");
  document.getElementById("contenu")?.prepend(said);
}
