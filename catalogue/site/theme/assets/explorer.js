// The explorer: the form is the state, the address mirrors it, Pagefind answers.

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
const ready = new Map([...list.children].map((card) => [card.querySelector("h3 a").href, card]));
const untouched = [...list.children];
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

function anyOf(filters) {
  return Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
}

function find(filters, words = form.q.value.trim(), most = Infinity) {
  const order = form.tri.value || (words ? "" : "titre");
  return engine()("search", words || null, { filters: { nature: "fiche", ...anyOf(filters) }, order, most, counts: true });
}

const without = (filters, name) => Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));

/* How many practices each box would show: within a facet choices widen, so its own choices do not count. */
async function count(filters, found) {
  for (const facet of facets()) {
    const name = facet.dataset.facette;
    const counts = (filters[name] ? await find(without(filters, name), undefined, 0) : found).filters[name] ?? {};
    for (const number of facet.querySelectorAll("[data-valeur]")) {
      const value = counts[number.dataset.valeur] ?? 0;
      number.textContent = value;
      number.closest("label").classList.toggle("sans", value === 0);
    }
  }
}

async function card(id) {
  const { raw_url, meta } = await engine()("data", id);
  const address = new URL(raw_url.replace(/^\//, ""), top).href;
  return ready.get(address) ?? made(address, meta);
}

function made(address, meta) {
  const card = model.content.firstElementChild.cloneNode(true);
  for (const field of card.querySelectorAll("[data-champ]")) field.textContent = meta[field.dataset.champ] ?? "";
  if (!meta.depuis) card.querySelector("[data-champ=depuis]").parentElement.remove();
  card.classList.add(`domaine-${meta.couleur}`);
  card.querySelector("a").href = address;
  Object.assign(card.querySelector("[data-garder]").dataset, { garder: address.split("/").at(-2), titre: meta.title });
  ready.set(address, card);
  return card;
}

async function show(ids, from, turn) {
  const cards = await Promise.all(ids.slice(from, from + PAGE).map(card));
  if (turn !== asked) return; // the visitor has asked something else meanwhile
  from ? list.append(...cards) : list.replaceChildren(...cards);
  more.hidden = ids.length <= from + PAGE;
  more.onclick = async () => {
    await show(ids, from + PAGE, turn);
    cards.at(-1).nextElementSibling?.querySelector("a").focus();
  };
  document.dispatchEvent(new Event("cartes"));
}

async function offer(filters) {
  const items = [];
  for (const box of boxes().filter((box) => box.checked)) {
    const others = { ...filters, [box.name]: filters[box.name].filter((value) => value !== box.value) };
    if (!others[box.name].length) delete others[box.name];
    const { number } = await find(others, undefined, 0);
    items.push(drop(box.nextElementSibling.textContent, number, () => (box.checked = false)));
  }
  const words = form.q.value.trim();
  if (words) items.push(drop(`« ${words} »`, (await find(filters, "", 0)).number, () => (form.q.value = "")));
  nothing.querySelector("ul").replaceChildren(...items);
}

function drop(name, number, act) {
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
  const filters = chosen();
  const active = Object.values(filters).flat().length;
  const words = form.q.value.trim();
  document.getElementById("actifs").textContent = active ? `(${active})` : "";
  reset.hidden = !active && !words;
  if (!active && !words && form.tri.value in { "": 0, titre: 0 } && whole) return asItCame(turn);
  const found = await find(filters);
  if (turn !== asked) return;
  await count(filters, found);
  if (turn !== asked) return;
  await show(found.ids, 0, turn);
  if (turn !== asked) return;
  summary.textContent = found.number ? plural(found.number) : "Aucune pratique";
  nothing.hidden = found.number > 0;
  if (!found.number) await offer(filters);
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
/* The page comes whole: the search is only fetched for the first question, or when the browser has nothing to do. */
(globalThis.requestIdleCallback ?? setTimeout)(() => engine()("filters"));
