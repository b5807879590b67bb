// The search at work, in a thread of its own: Pagefind over all parts of the index. Only what is shown leaves it.

const folder = new URL("../pagefind/", import.meta.url);
const tag = self.name; // what makes this visit's files new ones
const network = self.fetch;
const utf8 = new TextEncoder();
const SIGNATURE = "pagefind_dcd";
const file = (name) => network(new URL(name, folder));
const json = async (name) => (await file(`${name}?ts=${tag}`)).json();
const overview = json("parts.json");
const metadata = overview.then(metadataOf);
const loading = load();
const found = new Map();
let counted;
let dates;

async function load() {
  const { createInstance } = await import("../pagefind/pagefind.js");
  const [main, ...others] = (await overview).parts.map((_, place) => `${folder}${place}/`);
  const pagefind = createInstance({ basePath: main, metaCacheTag: tag });
  await pagefind.preload(""); // `init` comes back before all is there, and does not tell what went wrong
  await Promise.all(others.map((part) => pagefind.mergeIndex(part, { metaCacheTag: tag })));
  return pagefind;
}

/* Pagefind looks every 50 ms whether it is ready, while a visitor waits: here it looks ten times as often. */
const { setTimeout: wait } = self;
self.setTimeout = (act, time) => wait(act, time / 10);

/* Pagefind fetches files of each part, in a folder of its number. Here it gets them, of files that are for all parts. */
self.fetch = async (address) => {
  const [place, kind, name] = address.slice(folder.href.length).split(/[/.?]/);
  return GIVEN[kind](Number(place), name);
};
const GIVEN = {
  "pagefind-entry": async () => new Response(JSON.stringify((await overview).entry)),
  pagefind: async (place) => new Response((await metadata)[place]),
  wasm: () => file("wasm.fr.pagefind"),
  index: async (place, name) => new Response((await piece(Number(name)))[place]),
  fragment: async (place, name) => file(`fragment/${(await overview).parts[place].fragments}/${name}.pf_fragment`),
  filter: (_, name) => file(`filter/${name}.pf_filter`),
};

/* What Pagefind has to know of each part: its pages, each with its length, and what the pieces are called. */
function metadataOf({ parts, part_of, lengths, nearly, words }) {
  const pages = parts.map(() => []);
  part_of.forEach((place, number) => pages[place].push([String(number), lengths[number] * nearly]));
  const named = [];
  for (let at = 0; at < words.length; at += 2) named.push([words[at], words[at + 1], String(at / 2)]);
  return parts.map(({ version, fields, filters }, place) => cbor([version, pages[place], named, filters, [], fields]));
}

/* The same words of all parts: how many bytes are of which part, and these. */
const pieces = new Map();
function piece(number) {
  if (!pieces.has(number)) pieces.set(number, fetched(number));
  return pieces.get(number);
}

async function fetched(number) {
  const { parts, index } = await overview;
  const content = await (await file(`index/${index}/${number}.pf_index`)).arrayBuffer();
  const sizes = new DataView(content);
  let end = 4 * parts.length;
  return parts.map((_, place) => content.slice(end, (end += sizes.getUint32(4 * place, true))));
}

/* Pagefind knows which pieces it needs when it is there; those where the words themselves would stand are among them. */
async function fetchEarly(text) {
  const { words } = await overview;
  const plain = text.normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").toLowerCase();
  for (const [word] of plain.matchAll(/\S+/g)) {
    const at = words.findIndex((_, at) => at % 2 === 0 && !(words[at + 2] <= word));
    const last = words[at + 1]; // the beginning of it
    if (word.slice(0, last.length) <= last) piece(at / 2).catch(() => pieces.delete(at / 2)); // whoever needs it will tell
  }
}

/* Texts, natural numbers and arrays of them in CBOR, after the name by which Pagefind knows its files. */
function cbor(value) {
  const bytes = new Uint8Array(SIGNATURE.length + 3 * JSON.stringify(value).length); // never longer than that
  const { written } = utf8.encodeInto(SIGNATURE, bytes);
  return bytes.subarray(0, write(value, bytes, written));
}

function write(value, bytes, start) {
  if (typeof value === "number") return head(0, value, bytes, start);
  if (typeof value === "string") {
    const { written } = utf8.encodeInto(value, bytes.subarray(start + 3));
    const end = head(3, written, bytes, start);
    bytes.copyWithin(end, start + 3, start + 3 + written);
    return end + written;
  }
  let end = head(4, value.length, bytes, start);
  for (const item of value) end = write(item, bytes, end);
  return end;
}

function head(kind, size, bytes, start) {
  if (size < 24) {
    bytes[start] = (kind << 5) | size;
    return start + 1;
  }
  bytes[start] = (kind << 5) | 25;
  bytes[start + 1] = size >> 8;
  bytes[start + 2] = size;
  return start + 3;
}

/* A result is named after its place among all titles; sorted here, since Pagefind knows only the places within a part. */
const ORDERS = {
  titre: (one, other) => one.place - other.place,
  date: (one, other) => Number(one.date < other.date) - Number(one.date > other.date) || one.place - other.place,
};

async function ordered(results, order) {
  if (!order) return results;
  if (order === "date") dates ??= await json("dates.json");
  const keyed = results.map((result) => ({ result, place: Number(result.id), date: dates?.[Number(result.id)] }));
  return keyed.sort(ORDERS[order]).map(({ result }) => result);
}

const METHODS = {
  async preload(words) {
    await fetchEarly(words);
    await (await loading).preload(words);
  },
  filters: async () => void (await (counted ??= (await loading).filters())), // only those that are loaded are counted
  async search(words, { filters = {}, order = "", most = Infinity, counts = false } = {}) {
    if (counts) await METHODS.filters();
    const answer = await (await loading).search(words, { filters });
    const results = (await ordered(answer.results, order)).slice(0, most);
    for (const result of results) found.set(result.id, result.data);
    if (most < Infinity) for (const { data } of results) data().catch(() => undefined); // who asks for it next will tell
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
