// The visitor's commune: chosen once, kept in this browser, never sent; and the communes near to it.

const KEY = "ma-commune";
let unkept = null; // the commune, if this browser refuses to store it

/** Returns the id of the chosen commune, or an empty string. */
export function myCommune() {
  if (unkept !== null) return unkept;
  try {
    const id = localStorage.getItem(KEY) ?? "";
    return /^[a-z0-9-]{1,80}$/.test(id) ? id : "";
  } catch {
    return "";
  }
}

/** Keeps a commune, or forgets it if the id is empty; tells whether this browser stores it. */
export function chooseCommune(id) {
  try {
    if (id) localStorage.setItem(KEY, id);
    else localStorage.removeItem(KEY);
    unkept = null;
  } catch {
    unkept = id;
  }
  document.dispatchEvent(new Event("commune"));
  return unkept === null;
}

let table;

/** Fetches all communes: id → `{nom, comparables, voisines}`, the last two lists of ids. */
export function communes() {
  table ??= fetch(new URL("../communes/proches.json", import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then((communes) => new Map(Object.entries(communes)))
    .catch((error) => {
      table = undefined;
      throw error;
    });
  return table;
}

const top = new URL("../", import.meta.url);

/* The button on the page of a commune. */
function showButton() {
  const button = document.querySelector("[data-ma-commune]");
  if (!button) return;
  const on = button.dataset.maCommune === myCommune();
  button.hidden = false;
  button.textContent = on ? "C’est ma commune ✓" : "C’est ma commune";
  button.setAttribute("aria-pressed", on);
  button.onclick = () => chooseCommune(on ? "" : button.dataset.maCommune);
}

/* The choice on the home page: a list of communes, and links for the chosen one. */
function showChoice() {
  const choice = document.getElementById("ma-commune");
  if (!choice) return;
  choice.hidden = false;
  const select = choice.querySelector("select");
  const id = myCommune();
  const known = [...select.options].find((option) => option.value === id);
  select.value = known ? id : "";
  const said = choice.querySelector("[data-dit]");
  const links = choice.querySelector("ul");
  said.textContent = known ? "" : id ? `La commune gardée dans ce navigateur (« ${id} ») n’est pas dans le catalogue : choisissez-la de nouveau.` : "";
  links.hidden = !known || !id;
  if (links.hidden) return;
  const name = known.textContent;
  const places = { page: `communes/${id}/`, voisines: "explorer/?pres=voisines", comparables: "explorer/?pres=comparables" };
  for (const link of links.querySelectorAll("a")) {
    link.href = new URL(places[link.dataset.vers], top);
    if (link.dataset.vers === "page") link.textContent = `La page de ${name}`;
  }
}

document.getElementById("ma-commune")?.addEventListener("change", ({ target }) => chooseCommune(target.value));
function showAll() {
  showButton();
  showChoice();
}
document.addEventListener("commune", showAll);
addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) document.dispatchEvent(new Event("commune"));
});
showAll();
