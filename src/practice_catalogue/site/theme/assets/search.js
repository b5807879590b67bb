// The search dialog: answers each keystroke from the index, which is fetched as soon as the user is about to type.

import { fetchEarly, once, records, withDetails } from "./search/files.js";

const dialog = document.getElementById("recherche");
const form = dialog.querySelector("form");
const field = form.elements.q;
const summary = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");
const all = dialog.querySelector("[data-toutes]");
const help = dialog.querySelector("[data-impasse]");
const model = document.getElementById("modele-trouve");
const SHOWN = 10;
const top = new URL("../", import.meta.url);
const BROKEN = "La recherche ne répond pas. Vérifiez la connexion, puis réessayez.";
let asked = 0;

/** Loads the search engine on first use. */
export const engine = once(() => import("./search/engine.js"));

export function prepare() {
  engine().catch(() => undefined); // the first query reports the error
  fetchEarly();
}

/* Answers from titles and terms first, then from all words; outdated queries are dropped. */
async function ask() {
  const turn = ++asked;
  const words = field.value.trim();
  if (!words) return clear();
  list.ariaBusy = "true"; // until all words are searched
  try {
    const { beginning, whole, search, ofCanton } = await engine();
    for (const part of [beginning, whole]) {
      const index = await part();
      if (turn !== asked) return;
      const answer = await search(index, words);
      if (turn !== asked) return;
      show(words, answer, ofCanton);
    }
    list.ariaBusy = "false";
  } catch {
    if (turn === asked) clear(BROKEN);
  }
}

function show(words, answer, ofCanton) {
  const { places, found } = answer;
  list.replaceChildren(...places.map((place) => placed(place, ofCanton(place.canton))), ...found.slice(0, SHOWN).map(fiche));
  summary.textContent = said(words, answer);
  all.hidden = found.length <= SHOWN;
  help.hidden = places.length + found.length > 0;
  if (!help.hidden) offer(answer);
}

function said(words, { nothing, near, places, found }) {
  if (nothing) return "Écrivez un mot de plus : un lieu, un public, une idée.";
  if (places.length > 1 && places.whole) return `Plusieurs communes répondent au nom « ${words} » : laquelle ?`;
  const total = places.length + found.length;
  if (!total) return `Aucun résultat pour « ${words} »`;
  const number = `${total} résultat${total > 1 ? "s" : ""}`;
  return near ? `${number} proche${total > 1 ? "s" : ""} de votre question` : `${number} pour « ${words} »`;
}

/* Creates the item of a fiche; a summary in a separate file is added later. */
function fiche({ record, why }) {
  const item = made({ ...record, why });
  const summary = item.querySelector("[data-resume]");
  if (record.resume === undefined) withDetails(record).then(({ resume }) => (summary.textContent = resume), () => undefined); // without a summary, the title is enough
  return item;
}

/* Creates the item of a commune: the name that matched, and its number of practices. */
function placed({ id, name, by, here }, canton) {
  const number = `${here.length} pratique${here.length > 1 ? "s" : ""} sur place, puis celles de tout le pays.`;
  const none = `Aucune pratique sur place : voici celles du canton ${canton} et de tout le pays.`;
  return made({
    page: `communes/${id}/`,
    title: name,
    lieu: [by && `${by} en fait partie`, "Commune", `canton ${canton}`].filter(Boolean).join(" · "),
    resume: here.length ? number : none,
  });
}

function made({ page, title, why, lieu, domaine, resume, langue }) {
  const item = model.content.firstElementChild.cloneNode(true);
  item.querySelector("a").href = new URL(page, top);
  item.querySelector("a").textContent = title;
  item.querySelector("[data-lieu]").textContent = [why, lieu, domaine].filter(Boolean).join(" · ");
  item.querySelector("[data-resume]").textContent = resume ?? "";
  if (langue) for (const text of item.querySelectorAll("a, [data-resume]")) text.lang = langue;
  return item;
}

/* Suggests existing words or, if there are none, domains. */
async function offer({ instead }) {
  const words = help.querySelector("[data-essayer]");
  words.hidden = !instead.length;
  words.querySelector("span").replaceChildren(...instead.map(tried));
  const { index } = await records();
  help.querySelector("ul").replaceChildren(...index.domaines.map(picked));
}

function tried(word) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = word;
  button.onclick = () => {
    field.value = word;
    field.focus();
    ask();
  };
  return button;
}

function picked([id, name]) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(`domaines/${id}/`, top);
  link.textContent = name;
  item.append(link);
  return item;
}

function clear(message = "") {
  asked++;
  list.replaceChildren();
  list.ariaBusy = "false";
  summary.textContent = message;
  all.hidden = help.hidden = true;
}

function open() {
  if (dialog.open) return;
  prepare();
  dialog.showModal();
  field.focus();
}

/* Moves between the field and the results; the first Escape closes the dialog, although a search field would be cleared. */
function move(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    return dialog.close();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [field, ...dialog.querySelectorAll(".recherche-corps :is(a, button)")].filter((one) => one.offsetParent);
  if (!stops.includes(document.activeElement)) return;
  event.preventDefault();
  stops[stops.indexOf(document.activeElement) + step]?.focus();
}

for (const button of document.querySelectorAll("[data-rechercher]")) {
  button.addEventListener("pointerdown", prepare);
  button.addEventListener("click", open);
}
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  open();
});
field.addEventListener("input", ask);
dialog.addEventListener("keydown", move);
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.querySelector("[data-fermer]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  form.reset();
  clear();
});
