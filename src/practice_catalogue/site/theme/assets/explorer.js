// The explorer: the form is the state, the address mirrors it; the facets answer, and the search where words are asked.

import { catalogue, narrowed } from "./facets.js";
import { engine } from "./search.js";

const form = document.getElementById("explorer");
const list = document.getElementById("cartes");
const summary = document.getElementById("bilan");
const nothing = document.getElementById("rien");
const more = document.getElementById("suite");
const reset = document.getElementById("effacer");
const model = document.getElementById("modele");
const PAGE = 24;
const whole = "entiere" in list.dataset; // all fiches are on the page

const top = new URL("../", import.meta.url);
const untouched = [...list.children];
const ready = new Map(untouched.map((card, number) => [number, card]));
const initial = { summary: summary.textContent, numbers: new Map() };
for (const number of form.querySelectorAll("[data-valeur]")) initial.numbers.set(number, number.textContent);
let asked = 0;

const facets = () => [...form.querySelectorAll("[data-facette]")];
const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];

function chosen() {
  const filters = {};
  for (const box of boxes()) if (box.checked) (filters[box.name] ??= []).push(box.value);
  return filters;
}

async function find(filters, words = form.q.value.trim()) {
  const [all, said] = await Promise.all([catalogue(), words && engine()("search", words)]);
  const isPractice = (number) => number < all.numbers.length; // other pages come behind them
  return narrowed(all, said ? said.numbers.filter(isPractice) : all.numbers, filters);
}

/* As the form asks, which is by relevance where words are asked and nothing else. */
async function inOrder(found) {
  const { dates } = await catalogue();
  const order = form.tri.value || (form.q.value.trim() ? "" : "titre");
  return order ? [...found].sort(ORDERS[order](dates)) : found;
}

const ORDERS = {
  titre: () => (one, other) => one - other,
  date: (dates) => (one, other) => Number(dates[one] < dates[other]) - Number(dates[one] > dates[other]) || one - other,
};

/* How many practices each box would show. */
function count(result) {
  for (const facet of facets()) {
    for (const number of facet.querySelectorAll("[data-valeur]")) {
      const value = result.count(facet.dataset.facette, number.dataset.valeur);
      number.textContent = value;
      number.closest("label").classList.toggle("sans", value === 0);
    }
  }
}

async function card(number) {
  if (!ready.has(number)) ready.set(number, made(await (await catalogue()).card(number)));
  return ready.get(number);
}

function made({ page, ...known }) {
  const card = model.content.firstElementChild.cloneNode(true);
  for (const field of card.querySelectorAll("[data-champ]")) field.textContent = known[field.dataset.champ] ?? "";
  if (!known.depuis) card.querySelector("[data-champ=depuis]").parentElement.remove();
  card.classList.add(`domaine-${known.couleur}`);
  card.querySelector("a").href = new URL(page, top);
  Object.assign(card.querySelector("[data-garder]").dataset, { garder: page.split("/").at(-2), titre: known.title });
  return card;
}

async function show(numbers, from, turn) {
  const cards = await Promise.all(numbers.slice(from, from + PAGE).map(card));
  if (turn !== asked) return; // the visitor has asked something else meanwhile
  from ? list.append(...cards) : list.replaceChildren(...cards);
  more.hidden = numbers.length <= from + PAGE;
  more.onclick = () =>
    orSaid(turn, async () => {
      await show(numbers, from + PAGE, turn);
      cards.at(-1).nextElementSibling?.querySelector("a").focus();
    });
  document.dispatchEvent(new Event("cartes"));
}

/* What to give up, where that alone finds anything; else all of it. */
async function offer(filters, turn) {
  const ways = [];
  for (const box of boxes().filter((box) => box.checked)) {
    const others = { ...filters, [box.name]: filters[box.name].filter((value) => value !== box.value) };
    if (!others[box.name].length) delete others[box.name];
    const { found } = await find(others);
    ways.push({ name: box.nextElementSibling.textContent, number: found.length, act: () => (box.checked = false) });
  }
  const words = form.q.value.trim();
  if (words) {
    const { found } = await find(filters, "");
    ways.push({ name: `« ${words} »`, number: found.length, act: () => (form.q.value = "") });
  }
  const useful = ways.filter(({ number }) => number);
  const { numbers } = await catalogue();
  if (turn !== asked) return;
  const all = { name: "tout", number: numbers.length, act: () => form.reset() };
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

/* What was shown before stays, but for what to do about an empty list. */
async function orSaid(turn, act) {
  try {
    await act();
  } catch {
    if (turn !== asked) return;
    nothing.hidden = true;
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
  const numbers = await inOrder(result.found);
  if (turn !== asked) return;
  count(result);
  await show(numbers, 0, turn);
  if (turn !== asked) return;
  summary.textContent = numbers.length ? plural(numbers.length) : "Aucune pratique";
  nothing.hidden = numbers.length > 0;
  if (!numbers.length) await offer(filters, turn);
  list.dataset.pret = turn;
}

function asItCame(turn) {
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

/* The address holds the whole state, in the order of the form. */
function address() {
  const state = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) state.append(name, value);
  return state.size ? `?${state}` : location.pathname;
}

function restore() {
  const state = new URLSearchParams(location.search);
  form.q.value = state.get("q") ?? "";
  form.tri.value = state.get("tri") ?? "";
  if (form.tri.selectedIndex < 0) form.tri.value = ""; // an order that nobody knows
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
/* The page comes whole: the catalogue is only fetched for the first question, or when the browser has nothing to do; the
   search when somebody is about to type. */
(globalThis.requestIdleCallback ?? setTimeout)(() => catalogue().catch(() => undefined)); // the first question will tell
form.q.addEventListener("focus", engine, { once: true });
