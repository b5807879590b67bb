// What every page needs: the selection, kept in this browser; the menu button; the address when printed.

const KEY = "selection";
let fallback = [];

export function kept() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => /^[a-z0-9-]{1,80}$/.test(id)) : [];
  } catch {
    return fallback;
  }
}

export function keepAll(ids) {
  fallback = [...new Set(ids)];
  try {
    localStorage.setItem(KEY, JSON.stringify(fallback));
  } catch {
    // A browser that keeps nothing still shows the selection until the page is left.
  }
  document.dispatchEvent(new Event("selection"));
}

function toggle(id) {
  const ids = kept();
  keepAll(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
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
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-garder]");
  if (button) toggle(button.dataset.garder);
});
document.addEventListener("selection", showButtons);
document.addEventListener("cartes", showButtons);
addEventListener("storage", showButtons);
showButtons();

// The theme opens its menu with a checkbox that no keyboard reaches: a button stands in for it.
const drawer = document.getElementById("__drawer");
const menu = document.querySelector("[data-menu]");
menu.addEventListener("click", () => drawer.click());
drawer.addEventListener("change", () => {
  menu.setAttribute("aria-expanded", drawer.checked);
  if (drawer.checked) document.querySelector(".md-sidebar--primary a")?.focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drawer.checked) return;
  drawer.click();
  menu.focus();
});

for (const place of document.querySelectorAll("[data-adresse]")) {
  place.textContent = `${location.origin}${location.pathname}`;
}
