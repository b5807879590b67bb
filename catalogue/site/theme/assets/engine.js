// The search at work, in a thread of its own: Pagefind over all parts of the index. Only what is shown leaves it.

import { createInstance } from "../pagefind/pagefind.js";

const folder = new URL("../pagefind/", import.meta.url);
const tag = self.name; // what makes this visit's files new ones
const found = new Map();
const json = async (file) => (await fetch(new URL(`${file}?ts=${tag}`, folder))).json();
const loading = load();
let counted;
let dates;

async function load() {
  const { parts } = await json("pagefind-entry.json");
  const pagefind = createInstance({ metaCacheTag: tag });
  const others = parts.slice(1).map((_, place) => new URL(`${place + 1}/`, folder).href);
  const ready = pagefind.preload(""); // `init` comes back before all is there, and does not tell what went wrong
  await Promise.all([ready, ...others.map((part) => pagefind.mergeIndex(part, { metaCacheTag: tag }))]);
  return pagefind;
}

/* A result is named after its place among all titles; sorted here, since Pagefind knows only the places within a part. */
const place = ({ id }) => Number(id.split("/").at(-1));
const ORDERS = {
  titre: (one, other) => one.place - other.place,
  date: (one, other) => Number(one.date < other.date) - Number(one.date > other.date) || one.place - other.place,
};

async function ordered(results, order) {
  if (!order) return results;
  if (order === "date") dates ??= await json("dates.json");
  const keyed = results.map((result) => ({ result, place: place(result), date: dates?.[place(result)] }));
  return keyed.sort(ORDERS[order]).map(({ result }) => result);
}

const METHODS = {
  preload: async (words) => (await loading).preload(words),
  filters: async () => void (await (counted ??= (await loading).filters())), // only those that are loaded are counted
  async search(words, { filters = {}, order = "", most = Infinity, counts = false } = {}) {
    if (counts) await METHODS.filters();
    const answer = await (await loading).search(words, { filters });
    const results = (await ordered(answer.results, order)).slice(0, most);
    for (const result of results) found.set(result.id, result.data);
    return { number: answer.results.length, filters: answer.filters, ids: results.map(({ id }) => id) };
  },
  async data(id) {
    const { raw_url, meta } = await found.get(id)();
    return { raw_url, meta };
  },
};

self.onmessage = async ({ data: { turn, method, values } }) => {
  try {
    self.postMessage({ turn, value: await METHODS[method](...values) });
  } catch (error) {
    self.postMessage({ turn, error: String(error) });
  }
};
