// The explorer: the form is the state, mirrored in the URL; facets filter, and the search engine handles words.

import { narrowed } from "./facets.js";
import { engine, prepare } from "./search.js";
import { records, withDetails } from "./search/files.js";

const form = document.getElementById("explorer");
const list = document.getElementById("cartes");
const summary = document.getElementById("bilan");
const nothing = document.getElementById("rien");
const communes = document.getElementById("lieux");
const more = document.getElementById("suite");
const reset = document.getElementById("effacer");
const model = document.getElementById("modele");
const PAGE = 24;
const whole = "entiere" in list.dataset; // the page contains all cards

const top = new URL("../", import.meta.url);
const untouched = [...list.children];
const ready = new Map(untouched.map((card, number) => [number, card]));
const initial = { summary: summary.textContent, numbers: new Map() };
for (const number of form.querySelectorAll("[data-valeur]")) initial.numbers.set(number, number.textContent);
let asked = 0;

const facets = () => [...form.querySelectorAll("[data-facette]")];
const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];

const indexOf = (box) => box.closest("[data-index]").dataset.index;

function chosen() {
  const filters = {};
  for (const box of boxes()) if (box.checked) (filters[indexOf(box)] ??= []).push(box.value);
  return filters;
}

/* Filters the practices that match the words; only practices have an id, pages do not. */
async function find(filters, words = form.q.value.trim()) {
  const { fiches } = await records();
  const answer = words ? await answered(words) : { places: [], near: false };
  const among = answer.found?.map(({ record }) => record).filter(({ id }) => id) ?? fiches;
  return { ...narrowed(among, filters), places: answer.places, near: answer.near };
}

async function answered(words) {
  const { search, whole } = await engine();
  return search(await whole(), words);
}

/* Sorts as chosen in the form; by default by relevance if there are words, else by title. */
function inOrder(found) {
  const order = form.tri.value || (form.q.value.trim() ? "" : "titre");
  return order ? [...found].sort(ORDERS[order]) : found;
}

const ORDERS = {
  titre: (one, other) => one.number - other.number,
  date: (one, other) => Number(one.date < other.date) - Number(one.date > other.date) || one.number - other.number,
};

/* Shows the number of practices at each checkbox. */
function count(result) {
  for (const facet of facets()) {
    for (const number of facet.querySelectorAll("[data-valeur]")) {
      const value = result.count(facet.dataset.index, number.dataset.valeur);
      number.textContent = value;
      number.closest("label").classList.toggle("sans", value === 0);
    }
  }
}

async function card(record) {
  if (!ready.has(record.number)) ready.set(record.number, made(await withDetails(record)));
  return ready.get(record.number);
}

function made(record) {
  const card = model.content.firstElementChild.cloneNode(true);
  for (const field of card.querySelectorAll("[data-champ]")) field.textContent = record[field.dataset.champ] ?? "";
  if (!record.depuis) card.querySelector("[data-champ=depuis]").parentElement.remove();
  card.classList.add(`domaine-${record.couleur}`);
  card.querySelector("a").href = new URL(record.page, top);
  if (record.langue) for (const text of card.querySelectorAll("a, .carte-resume")) text.lang = record.langue;
  Object.assign(card.querySelector("[data-garder]").dataset, { garder: record.id, titre: record.title });
  return card;
}

async function show(found, from, turn) {
  const cards = await Promise.all(found.slice(from, from + PAGE).map(card));
  if (turn !== asked) return; // there is a newer query
  from ? list.append(...cards) : list.replaceChildren(...cards);
  more.hidden = found.length <= from + PAGE;
  more.onclick = () =>
    orSaid(turn, async () => {
      await show(found, from + PAGE, turn);
      cards.at(-1).nextElementSibling?.querySelector("a").focus();
    });
  document.dispatchEvent(new Event("cartes"));
}

/* Suggests filters whose removal gives results; else the removal of all. */
async function offer(filters, turn) {
  const ways = [];
  for (const box of boxes().filter((box) => box.checked)) {
    const index = indexOf(box);
    const others = { ...filters, [index]: filters[index].filter((value) => value !== box.value) };
    if (!others[index].length) delete others[index];
    const { found } = await find(others);
    ways.push({ name: box.nextElementSibling.textContent, number: found.length, act: () => (box.checked = false) });
  }
  const words = form.q.value.trim();
  if (words) {
    const { found } = await find(filters, "");
    ways.push({ name: `« ${words} »`, number: found.length, act: () => (form.q.value = "") });
  }
  const useful = ways.filter(({ number }) => number);
  const { fiches } = await records();
  if (turn !== asked) return;
  const all = { name: "tout", number: fiches.length, act: () => form.reset() };
  nothing.querySelector("ul").replaceChildren(...(useful.length ? useful : [all]).map(drop));
}

function drop({ name, number, act }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bouton";
  button.textContent = `Enlever ${name} (${plural(number)})`;
  button.onclick = () => {
    act();
    changed();
    summary.focus();
  };
  const item = document.createElement("li");
  item.append(button);
  return item;
}

const plural = (number) => `${number} pratique${number > 1 ? "s" : ""}`;

async function update() {
  const turn = ++asked;
  await orSaid(turn, () => answer(turn));
}

/* Runs an action; on failure, the results remain, but suggestions are removed. */
async function orSaid(turn, act) {
  try {
    await act();
  } catch {
    if (turn !== asked) return;
    nothing.hidden = communes.hidden = true;
    summary.textContent = "La recherche ne répond pas. Vérifiez la connexion, puis réessayez.";
  }
}

async function answer(turn) {
  const filters = chosen();
  const active = Object.values(filters).flat().length;
  const words = form.q.value.trim();
  document.getElementById("actifs").textContent = active ? `(${active})` : "";
  reset.hidden = !active && !words;
  if (!active && !words && form.tri.value in { "": 0, titre: 0 } && whole) return asItCame(turn);
  const result = await find(filters);
  if (turn !== asked) return;
  const found = inOrder(result.found);
  count(result);
  await show(found, 0, turn);
  if (turn !== asked) return;
  summary.textContent = said(found.length, result.near);
  point(result.places);
  nothing.hidden = found.length > 0;
  if (!found.length) await offer(filters, turn);
  list.dataset.pret = turn;
}

function said(number, near) {
  if (!number) return "Aucune pratique";
  return near ? `${plural(number)} proche${number > 1 ? "s" : ""} de votre question` : plural(number);
}

/* Shows links to the communes named in the query. */
function point(places) {
  const links = places.map(({ id, name, by }) => {
    const link = document.createElement("a");
    link.href = new URL(`communes/${id}/`, top);
    link.textContent = by ? `${name} (${by})` : name;
    return [link, " "];
  });
  communes.replaceChildren(places.length > 1 ? "Quelle commune ? " : "La page de la commune : ", ...links.flat());
  communes.hidden = !places.length;
}

function asItCame(turn) {
  communes.hidden = true;
  summary.textContent = untouched.length ? initial.summary : "Aucune pratique";
  nothing.hidden = true;
  more.hidden = true;
  list.replaceChildren(...untouched);
  for (const [number, text] of initial.numbers) {
    number.textContent = text;
    number.closest("label").classList.remove("sans");
  }
  list.dataset.pret = turn;
}

/* Returns the URL for the current state, with parameters in the order of the form. */
function address() {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) state.append(name, value);
  return state.size ? `?${state}` : location.pathname;
}

function restore() {
  const state = new URLSearchParams(location.search);
  form.q.value = state.get("q") ?? "";
  form.tri.value = state.get("tri") ?? "";
  if (form.tri.selectedIndex < 0) form.tri.value = ""; // unknown sort order in the URL
  for (const box of boxes()) box.checked = state.getAll(box.name).includes(box.value);
  for (const facet of facets()) if (facet.querySelector(":checked")) facet.parentElement.open = true;
  return update();
}

function changed(replace = false) {
  if (address() !== (location.search || location.pathname)) history[replace ? "replaceState" : "pushState"](null, "", address());
  return update();
}

let typing = 0;
let typed = false;
form.q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    changed(typed);
    typed = true;
  }, 200);
});
form.q.addEventListener("blur", () => (typed = false));
form.addEventListener("change", (event) => event.target !== form.q && changed());
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(changed));
addEventListener("popstate", restore);
summary.tabIndex = -1;
if (matchMedia("(max-width: 60em)").matches) form.querySelector(".facettes").open = false;
await restore();
/* The page is complete without scripts: the records are fetched for the first query or when the browser is idle, the
   rest of the index when the user is about to type. */
(globalThis.requestIdleCallback ?? setTimeout)(() => records().catch(() => undefined)); // the first query reports the error
form.q.addEventListener("focus", prepare, { once: true });
