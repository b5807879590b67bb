// The page of the selection: compare, share, print, export, and a draft action plan.

import { kept, keepAll } from "./site.js";

const top = new URL("../", import.meta.url);
const shared = new URLSearchParams(location.search).get("fiches");
const page = document.getElementById("selection");
const part = (name) => page.querySelector(`[data-partie=${name}]`);
const PLAN = "plan";

const ids = () => (shared ? shared.split(",").filter((id) => /^[a-z0-9-]{1,80}$/.test(id)) : kept());

async function fiche(id) {
  const answer = await fetch(new URL(`fiches/${id}/fiche.json`, top)).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function element(tag, text = "", attributes = {}) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.textContent = text;
  return made;
}

function cell(value) {
  const made = document.createElement("td");
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
    title.append(element("a", one.titre, { href: new URL(one.url, top).href }));
    if (!shared) title.append(remove(one));
    head.append(title);
  }
  for (const row of table.tBodies[0].rows) {
    row.replaceChildren(row.cells[0], ...fiches.map((one) => cell(one[row.dataset.champ])));
  }
}

function remove(one) {
  const button = element("button", "Retirer", { type: "button", className: "bouton discret" });
  button.setAttribute("aria-label", `Retirer : ${one.titre}`);
  button.onclick = () => {
    keepAll(kept().filter((id) => id !== one.id));
    document.getElementById("bilan").focus();
  };
  return button;
}

/* The plan: what the visitor wrote stays in this browser; what was not touched follows the fiches. */
function written() {
  try {
    return JSON.parse(localStorage.getItem(PLAN) ?? "{}");
  } catch {
    return {};
  }
}

function plan(fiches) {
  const model = document.getElementById("action");
  const saved = written();
  const actions = fiches.map((one, number) => {
    const action = model.content.firstElementChild.cloneNode(true);
    action.dataset.id = one.id;
    action.querySelector("[data-titre]").textContent = `${number + 1}. ${one.titre}`;
    for (const field of action.querySelectorAll("textarea")) {
      const label = action.querySelector(`label[for=${field.name}]`);
      field.value = saved[one.id]?.[field.name] ?? one.plan[field.name] ?? "";
      field.id = label.htmlFor = `${field.name}-${one.id}`;
    }
    return action;
  });
  part("actions").replaceChildren(...actions);
}

part("actions").addEventListener("input", ({ target }) => {
  const saved = written();
  const { id } = target.closest("[data-id]").dataset;
  saved[id] = { ...saved[id], [target.name]: target.value };
  try {
    localStorage.setItem(PLAN, JSON.stringify(saved));
  } catch {
    // Nothing is kept then; what was typed is still on the page.
  }
});

/* A table of text: first the headings, then a row for each practice. */
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

/* Semicolons and a byte order mark: what a French spreadsheet opens rightly; no cell can become a formula. */
function csv(rows) {
  const safe = (value) => (/^[\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value);
  return `\uFEFF${rows.map((row) => row.map((value) => `"${safe(value).replaceAll('"', '""')}"`).join(";")).join("\r\n")}\r\n`;
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
  "plan-vider": () => {
    localStorage.removeItem(PLAN);
    show();
  },
  garder: () => {
    keepAll([...kept(), ...ids()]);
    location.assign(location.pathname);
  },
  vider: () => keepAll([]),
  lien: async (button) => {
    const link = new URL(`?fiches=${ids().join(",")}`, location.href).href;
    part("lien").textContent = link;
    part("lien").hidden = false;
    await navigator.clipboard?.writeText(link).then(
      () => (button.textContent = "Lien copié"),
      () => getSelection().selectAllChildren(part("lien")),
    );
  },
};
page.addEventListener("click", ({ target }) => does[target.dataset?.fait]?.(target));

async function show() {
  const wanted = ids();
  const found = (await Promise.all(wanted.map(fiche))).filter(Boolean);
  const number = `${found.length} pratique${found.length > 1 ? "s" : ""}`;
  const missing = wanted.length - found.length;
  document.getElementById("bilan").textContent =
    (shared ? `${number} partagée${found.length > 1 ? "s" : ""} avec vous` : number) + (missing ? ` (${missing} introuvable${missing > 1 ? "s" : ""})` : "");
  part("vide").hidden = found.length > 0;
  part("plein").hidden = !found.length;
  part("partagee").hidden = !shared || !found.length;
  for (const own of page.querySelectorAll("[data-propre]")) own.hidden = Boolean(shared);
  compare(found);
  plan(found);
  page.dataset.pret = found.length;
}

document.addEventListener("selection", show);
addEventListener("storage", show);
document.getElementById("bilan").tabIndex = -1;
await show();
