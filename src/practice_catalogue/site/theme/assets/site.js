// Scripts of every page: the selection, stored in this browser; the menu button; the URL in print.

import { stored, tell } from "./storage.js";

const KEY = "selection";
let unkept = null; // the selection, if this browser refuses to store it

export function kept() {
  if (unkept) return unkept;
  const lost = () => tell("La sélection gardée dans ce navigateur était illisible : elle est à refaire.");
  return (stored(KEY, Array.isArray, lost) ?? []).filter(isId);
}

/* Returns whether a value can be the id of a fiche. */
export const isId = (value) => typeof value === "string" && /^[a-z0-9-]{1,80}$/.test(value);

/* Stores the selection and tells whether this worked; if not, it is kept until the page is left. */
export function keepAll(ids) {
  const chosen = [...new Set(ids)];
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
    unkept = null;
  } catch {
    unkept = chosen;
  }
  document.dispatchEvent(new Event("selection"));
  return !unkept;
}

const warning = Object.assign(document.createElement("p"), { className: "vide" });
warning.setAttribute("role", "alert");
warning.textContent =
  "Ce navigateur ne garde pas votre sélection : elle se perd quand vous quittez cette page. Pour la retrouver, ouvrez « Ma sélection » et copiez le lien.";

function toggle(button) {
  const ids = kept();
  const id = button.dataset.garder;
  if (keepAll(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])) warning.remove();
  else button.after(warning);
}

function showButtons() {
  const ids = kept();
  for (const button of document.querySelectorAll("[data-garder]")) {
    const on = ids.includes(button.dataset.garder);
    button.hidden = false;
    button.textContent = on ? "Gardée" : "Garder";
    button.setAttribute("aria-pressed", on);
    button.setAttribute("aria-label", `${on ? "Gardée" : "Garder"} : ${button.dataset.titre}`);
  }
  for (const link of document.querySelectorAll("[data-selection]")) {
    link.hidden = false;
    link.querySelector("span").textContent = ids.length;
    // A selection that is not stored is passed in the URL.
    if (unkept || link.search) link.search = unkept?.length ? `?fiches=${unkept}` : "";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-garder]");
  if (button) toggle(button);
});
document.addEventListener("selection", showButtons);
document.addEventListener("cartes", showButtons);
// Changes by other tabs; a null key means that the storage was cleared.
addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) document.dispatchEvent(new Event("selection"));
});
showButtons();

// The theme opens its menu with a checkbox that is not keyboard-accessible: a button replaces it.
const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-menu]");
const sidebar = document.querySelector(".md-sidebar--primary");
menu.addEventListener("click", () => drawer.click());
drawer.addEventListener("change", () => {
  menu.setAttribute("aria-expanded", drawer.checked);
  if (drawer.checked) sidebar.querySelector("a")?.focus();
});
// An open menu covers the page: close it when the focus moves to an element behind it.
sidebar.addEventListener("focusout", ({ relatedTarget }) => {
  if (drawer.checked && relatedTarget && !sidebar.contains(relatedTarget)) drawer.click();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer.checked) return;
  drawer.click();
  menu.focus();
});

if (document.body.dataset.ecarte === "palette") {
  tell("Le choix entre clair et sombre gardé dans ce navigateur était illisible : il est à refaire.");
}

for (const place of document.querySelectorAll("[data-adresse]")) {
  place.textContent = `${location.origin}${location.pathname}`;
}
