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
let thread;
let asked = 0;
let shown = 0; // the words of which turn
let answer;

/* The search works in a thread of its own, shared with the explorer: `engine()("search", …)` asks it. */
export const engine = () => (thread ??= begun());
function begun() {
  const tag = String(Date.now());
  fetchAll(tag);
  const worker = new Worker(new URL("engine.js", import.meta.url), { type: "module", name: tag });
  const waiting = new Map();
  let turns = 0;
  worker.onmessage = ({ data: { turn, value, error } }) => (error ? worker.onerror() : waiting.get(turn).done(value));
  worker.onerror = () => {
    thread = undefined; // the next question begins anew
    worker.terminate();
    for (const { failed } of waiting.values()) failed(new Error("no search"));
  };
  return (method, ...values) =>
    new Promise((done, failed) => {
      waiting.set(++turns, { done, failed });
      worker.postMessage({ turn: turns, method, values });
    });
}

/* The thread asks for these one after the other: here they all come at once, so that it finds them in the cache. */
function fetchAll(tag) {
  const parts = new URL("parts.js", import.meta.url);
  for (const file of [parts, `parts.json?ts=${tag}`, "pagefind.js", "wasm.fr.pagefind"]) {
    fetch(new URL(file, folder)).catch(() => undefined); // whoever needs it will tell
  }
}

/* At each key, what its words need is on its way. They are looked for when those before them have been, or wait for
   something else; those that others have followed by then are not. */
async function ask() {
  const turn = ++asked;
  const words = field.value.trim();
  if (!words) return clear();
  if (words.split(/\s+/).at(-1).length < WORTH_ASKING) await pause(PAUSE);
  if (turn !== asked) return;
  await Promise.race([engine()("preload", words), answer]).catch(() => undefined); // the answer will tell
  if (turn !== asked) return;
  try {
    answer = engine()("search", words, SHOWN);
    await show(words, await answer, turn);
  } catch {
    if (turn === asked) clear("La recherche ne répond pas. Vérifiez la connexion, puis réessayez.");
  }
}

/* In their order, each as soon as it is there; what was shown before stays until the first one is. Results of words
   that others have followed are better than nothing. */
async function show(words, { total, numbers }, turn) {
  const late = () => turn < shown || (turn !== asked && (!total || list.hasChildNodes()));
  if (late()) return;
  const cards = numbers.map((number) => engine()("card", number));
  const first = cards.length ? [made(await cards[0])] : [];
  if (late()) return;
  shown = turn;
  list.replaceChildren(...first);
  summary.textContent = said(words, total);
  all.hidden = total <= SHOWN;
  for (const card of cards.slice(1)) {
    const item = made(await card);
    if (shown !== turn) return;
    list.append(item);
  }
}

function made({ page, title, lieu, domaine, resume }) {
  const item = model.content.firstElementChild.cloneNode(true);
  item.querySelector("a").href = new URL(page, top);
  item.querySelector("a").textContent = title;
  item.querySelector("[data-lieu]").textContent = [lieu, domaine].filter(Boolean).join(" · ");
  item.querySelector("[data-resume]").textContent = resume;
  return item;
}

function said(words, total) {
  if (!total) return `Aucun résultat pour « ${words} »`;
  return `${total} résultat${total > 1 ? "s" : ""} pour « ${words} »`;
}

function clear(message = "") {
  shown = ++asked;
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
