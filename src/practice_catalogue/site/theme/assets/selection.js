// The selection page: compare, share, print, export, draft an action plan.

import { isId, kept, keepAll } from "./site.js";
import { csv } from "./spreadsheet.js";
import { isObject, own, stored, tell } from "./storage.js";

const top = new URL("../", import.meta.url);
const shared = new URLSearchParams(location.search).get("fiches");
const page = document.getElementById("selection");
const bilan = document.getElementById("bilan");
const part = (name) => page.querySelector(`[data-partie=${name}]`);
const PLAN = "plan";
const AT_ONCE = 50; // fiches that are fetched and shown, until more are wanted
let room = AT_ONCE;

const ids = () => [...new Set(shared ? shared.split(",").filter(isId) : kept())];

/* Fetches a fiche; null if it does not exist, rejects on other failures. */
async function fiche(id) {
  const answer = await fetch(new URL(`fiches/${id}/fiche.json`, top));
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/* Sets a status text, unless unchanged: screen readers would announce it again. */
function say(place, words) {
  if (part(place).textContent !== words) part(place).textContent = words;
}

function element(tag, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.textContent = text;
  return made;
}

/* Rows whose text is in the language of the fiche. */
const OWN_WORDS = ["difficultes", "facteurs"];

function cell(value, language) {
  const made = document.createElement("td");
  if (language && value.length) made.lang = language;
  if (!Array.isArray(value)) made.textContent = value || "non précisé";
  else if (value.length < 2) made.textContent = value[0] ?? "non précisé";
  else {
    made.append(element("ul"));
    made.firstChild.append(...value.map((text) => element("li", text)));
  }
  return made;
}

function compare(fiches) {
  const table = part("comparer").querySelector("table");
  const head = table.tHead.rows[0];
  head.replaceChildren(head.cells[0]);
  for (const one of fiches) {
    const title = element("th", "", { scope: "col" });
    title.append(element("a", one.titre, { href: new URL(one.url, top).href, lang: one.langue }));
    if (!shared) title.append(remove(one));
    head.append(title);
  }
  for (const row of table.tBodies[0].rows) {
    row.replaceChildren(row.cells[0], ...fiches.map((one) => cell(one[row.dataset.champ], OWN_WORDS.includes(row.dataset.champ) ? one.langue : "")));
  }
}

function remove(one) {
  const button = element("button", "Retirer", { type: "button", className: "bouton discret" });
  button.setAttribute("aria-label", `Retirer : ${one.titre}`);
  button.onclick = () => {
    keepAll(kept().filter((id) => id !== one.id));
    bilan.focus();
  };
  return button;
}

/* The plan: edited answers are stored in this browser, unedited ones are updated from the fiches. */
function written() {
  const lost = () => tell("Le plan d’actions gardé dans ce navigateur était illisible : il repart des fiches.");
  return stored(PLAN, (saved) => isObject(saved) && Object.values(saved).every(isObject), lost) ?? {};
}

function keepWritten(saved) {
  try {
    localStorage.setItem(PLAN, JSON.stringify(saved));
    say("avis-plan", "");
  } catch {
    say("avis-plan", "Ce navigateur ne garde pas ce que vous écrivez : téléchargez votre plan avant de quitter cette page.");
  }
}

function draft(one) {
  const action = document.getElementById("action").content.firstElementChild.cloneNode(true);
  const saved = own(written(), one.id) ?? {};
  action.dataset.id = one.id;
  for (const field of action.querySelectorAll("textarea")) {
    const label = action.querySelector(`label[for=${field.name}]`);
    field.defaultValue = one.plan[field.name] ?? "";
    const text = own(saved, field.name);
    field.value = typeof text === "string" ? text : field.defaultValue;
    field.id = label.htmlFor = `${field.name}-${one.id}`;
  }
  return action;
}

/* Existing elements are not moved: the user may be typing in them. */
function plan(fiches) {
  const place = part("actions");
  const drawn = new Map([...place.children].map((action) => [action.dataset.id, action]));
  const actions = fiches.map((one) => drawn.get(one.id) ?? draft(one));
  for (const action of drawn.values()) if (!actions.includes(action)) action.remove();
  actions.forEach((action, number) => {
    action.querySelector("[data-titre]").textContent = `${number + 1}. ${fiches[number].titre}`;
    if (place.children[number] !== action) place.insertBefore(action, place.children[number]);
  });
}

part("actions").addEventListener("input", ({ target }) => {
  const saved = written();
  const { id } = target.closest("[data-id]").dataset;
  saved[id] = { ...own(saved, id), [target.name]: target.value };
  keepWritten(saved);
});

function startAgain() {
  const fields = [...part("actions").querySelectorAll("textarea")];
  const changed = fields.some((field) => field.value !== field.defaultValue);
  if (changed && !confirm("Repartir des fiches ? Ce que vous avez écrit dans le plan affiché sera effacé.")) return;
  const saved = written();
  for (const action of part("actions").children) delete saved[action.dataset.id];
  for (const field of fields) field.value = field.defaultValue;
  keepWritten(saved);
}

/* Returns the table as text: the headings, then a row per practice. */
function comparison() {
  const { tHead, tBodies } = part("comparer").querySelector("table");
  const columns = [...tHead.rows[0].cells].slice(1).map((title) => title.querySelector("a").textContent);
  const rows = [...tBodies[0].rows];
  const names = ["Pratique", ...rows.map((row) => row.cells[0].textContent)];
  return [names, ...columns.map((title, number) => [title, ...rows.map((row) => text(row.cells[number + 1]))])];
}

const text = (td) => ([...td.querySelectorAll("li")].map((item) => item.textContent).join(" ; ") || td.textContent).trim();

function actions() {
  const labels = [...document.getElementById("action").content.querySelectorAll("label")].map((label) => label.textContent);
  const rows = [...part("actions").children].map((action) => [
    action.querySelector("[data-titre]").textContent,
    ...[...action.querySelectorAll("textarea")].map((field) => field.value.trim()),
  ]);
  return [["Action", ...labels], ...rows];
}

function rtf([names, ...rows]) {
  const escape = (value) =>
    [...value.replace(/[\\{}]/g, "\\$&").replaceAll("\n", "\\line ")]
      .flatMap((char) => (char.codePointAt(0) < 128 ? char : [...char].flatMap((c) => c.split("")).map((u) => `\\u${(u.charCodeAt(0) << 16) >> 16}?`)))
      .join("");
  const paragraph = (style, value) => `{\\pard\\sa120${style} ${escape(value)}\\par}\n`;
  const body = rows.map(([title, ...values]) =>
    paragraph("\\sb360\\b\\fs28", title) +
    values.map((value, number) => paragraph("\\b", names[number + 1]) + paragraph("", value || "…")).join(""),
  );
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\\fs22\n${paragraph("\\b\\fs36", "Projet de plan d’actions")}${body.join("")}}`;
}

function download(name, type, content) {
  const link = element("a", "", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const does = {
  imprimer: () => print(),
  "comparer-csv": () => download("selection.csv", "text/csv", csv(comparison())),
  "plan-csv": () => download("plan-d-actions.csv", "text/csv", csv(actions())),
  "plan-rtf": () => download("plan-d-actions.rtf", "application/rtf", rtf(actions())),
  "plan-vider": startAgain,
  reessayer: () => {
    bilan.focus();
    show();
  },
  garder: () => {
    if (keepAll([...kept(), ...ids()])) location.assign(location.pathname);
    else say("avis", "Ce navigateur ne garde pas de sélection : gardez plutôt l’adresse de cette page, par exemple dans vos favoris.");
  },
  suite: () => {
    room += AT_ONCE;
    bilan.focus();
    show();
  },
  vider: () => {
    keepAll([]);
    bilan.focus();
  },
  lien: async () => {
    const link = new URL(`?fiches=${ids().join(",")}`, location.href).href;
    part("lien").textContent = link;
    part("lien").hidden = false;
    try {
      await navigator.clipboard.writeText(link);
      say("avis", "Le lien est copié.");
    } catch {
      getSelection().selectAllChildren(part("lien"));
      say("avis", "Le lien est surligné : copiez-le.");
    }
  },
};
page.addEventListener("click", ({ target }) => does[target.dataset?.fait]?.());

const count = (number, ...words) => [number, ...words.map((word) => (number > 1 ? `${word}s` : word))].join(" ");

function summary(found, unknown, unread) {
  const shown = shared ? `${count(found, "pratique", "partagée")} avec vous` : count(found, "pratique");
  const gaps = [unknown && count(unknown, "introuvable"), unread && count(unread, "non chargée")].filter(Boolean);
  return gaps.length ? `${shown} (${gaps.join(", ")})` : shown;
}

async function show() {
  const wanted = ids();
  say("avis", "");
  part("lien").hidden = true; // the link is that of the previous selection
  const asked = wanted.slice(0, room);
  const answers = await Promise.allSettled(asked.map(fiche));
  const found = answers.map(({ value }) => value).filter(Boolean);
  const unread = answers.filter(({ status }) => status === "rejected").length;
  const unknown = asked.length - found.length - unread;
  const more = wanted.length - asked.length;
  bilan.textContent = summary(found.length, unknown, unread);
  part("vide").hidden = wanted.length > 0;
  part("suite").hidden = !more;
  part("suite").querySelector("span").textContent = count(more, "autre");
  part("inconnues").hidden = !unknown || unknown < wanted.length;
  part("coupee").hidden = !unread;
  part("plein").hidden = !found.length;
  part("partagee").hidden = !shared || !found.length;
  for (const own of page.querySelectorAll("[data-propre]")) own.hidden = Boolean(shared);
  compare(found);
  plan(found);
  page.dataset.pret = found.length;
}

document.addEventListener("selection", show);
bilan.tabIndex = -1;
page.hidden = false;
await show();
