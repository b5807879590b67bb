// The search dialog: each key asks Pagefind, and what a key needs is on its way before the next one.

const dialog = document.getElementById("recherche");
const form = dialog.querySelector("form");
const field = form.elements.q;
const summary = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");
const all = dialog.querySelector("[data-toutes]");
const model = document.getElementById("modele-trouve");
const SHOWN = 10;
const WORTH_ASKING = 3; // letters: fewer are most often the beginning of a word, and begin thousands
const PAUSE = 300;
const pause = (time) => new Promise((done) => setTimeout(done, time));
const folder = new URL("../pagefind/", import.meta.url);
const top = new URL("../", import.meta.url);
let loading;
let asked = 0;

/* Pagefind asks for its files one after the other: here they all come at once, so that it finds them in the cache. */
const engine = () => (loading ??= load());
async function load() {
  const tag = String(Date.now());
  fetched("pagefind-worker.js");
  fetched("wasm.fr.pagefind");
  fetched(`pagefind-entry.json?ts=${tag}`).then((entry) => fetched(`pagefind.${entry.languages.fr.hash}.pf_meta`));
  const pagefind = await import(new URL("pagefind.js", folder));
  await pagefind.options({ metaCacheTag: tag });
  await pagefind.init();
  return pagefind;
}

async function fetched(file) {
  const answer = await fetch(new URL(file, folder));
  return file.includes(".json") ? answer.json() : answer.arrayBuffer();
}

async function ask() {
  const turn = ++asked;
  const late = () => turn !== asked;
  const words = field.value.trim();
  if (!words) return clear();
  try {
    const pagefind = await engine();
    await pause(words.split(/\s+/).at(-1).length < WORTH_ASKING ? PAUSE : 0);
    if (late()) return;
    await pagefind.preload(words);
    if (late()) return;
    const { results } = await pagefind.search(words);
    if (!late()) await show(words, results, late);
  } catch {
    if (!late()) clear("La recherche ne répond pas. Vérifiez la connexion, puis réessayez.");
    loading = undefined;
  }
}

/* In their order, each as soon as it is there; what was shown before stays until the first one is. */
async function show(words, results, late) {
  const fragments = results.slice(0, SHOWN).map((result) => result.data());
  for (const [place, fragment] of fragments.entries()) {
    const item = made(await fragment);
    if (late()) return;
    place ? list.append(item) : list.replaceChildren(item);
  }
  if (!results.length) list.replaceChildren();
  summary.textContent = said(words, results.length);
  all.hidden = results.length <= SHOWN;
}

function made({ raw_url, meta }) {
  const item = model.content.firstElementChild.cloneNode(true);
  item.querySelector("a").href = new URL(raw_url.replace(/^\//, ""), top);
  item.querySelector("a").textContent = meta.title;
  item.querySelector("[data-lieu]").textContent = [meta.lieu, meta.domaine].filter(Boolean).join(" · ");
  item.querySelector("[data-resume]").textContent = meta.resume;
  return item;
}

function said(words, number) {
  if (!number) return `Aucun résultat pour « ${words} »`;
  return `${number} résultat${number > 1 ? "s" : ""} pour « ${words} »`;
}

function clear(message = "") {
  ++asked;
  list.replaceChildren();
  summary.textContent = message;
  all.hidden = true;
}

function open() {
  if (dialog.open) return;
  engine();
  dialog.showModal();
  field.focus();
}

/* From the field down through the results, and back; the first Escape closes, though a field of this type would only empty itself. */
function move(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    return dialog.close();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  const stops = [field, ...list.querySelectorAll("a"), ...(all.hidden ? [] : [all])];
  if (!stops.includes(document.activeElement)) return;
  event.preventDefault();
  stops[stops.indexOf(document.activeElement) + step]?.focus();
}

for (const button of document.querySelectorAll("[data-rechercher]")) {
  button.addEventListener("pointerdown", engine);
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
