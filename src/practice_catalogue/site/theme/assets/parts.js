// The index as Pagefind asks for it, in files of each part, out of those that all parts share. It stands in for `fetch`.

const folder = new URL("../pagefind/", import.meta.url);
const tag = self.name; // what makes this visit's files new ones
const network = self.fetch;
const utf8 = new TextEncoder();
const SIGNATURE = "pagefind_dcd";
let missing;
const overview = file(`parts.json?ts=${tag}`).then((answer) => answer.json());
const metadata = overview.then(metadataOf);

/* The folders in which Pagefind looks for the parts. */
export async function places() {
  return (await overview).parts.map((_, place) => `${folder}${place}/`);
}

async function file(name) {
  const answer = await network(new URL(name, folder));
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

/* Pagefind fetches the files of a part in a folder of its number. */
self.fetch = async (address) => {
  const [place, kind, name] = address.slice(folder.href.length).split(/[/.?]/);
  try {
    return await GIVEN[kind](Number(place), name);
  } catch (error) {
    missing = error;
    throw error;
  }
};

/* Pagefind keeps to itself that a file did not come, and finds too little from then on. */
export function assureWhole() {
  if (missing) throw missing;
}

const GIVEN = {
  "pagefind-entry": async () => new Response(JSON.stringify((await overview).entry)),
  pagefind: async (place) => new Response((await metadata)[place]),
  wasm: () => file("wasm.fr.pagefind"),
  index: async (place, name) => new Response((await piece(Number(name)))[place]),
};

/* What a result shows, by the number of its record. */
export async function card(number) {
  return (await file(`cards/${(await overview).cards}/${number}.json`)).json();
}

/* What Pagefind has to know of each part: its pages, each with its length, and what the pieces are called. */
function metadataOf({ parts, part_of, lengths, nearly, words }) {
  const pages = parts.map(() => []);
  part_of.forEach((place, number) => pages[place].push([String(number), lengths[number] * nearly]));
  const named = [];
  for (let at = 0; at < words.length; at += 2) named.push([words[at], words[at + 1], String(at / 2)]);
  return parts.map(({ version, fields }, place) => cbor([version, pages[place], named, [], [], fields]));
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
export async function fetchEarly(text) {
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
