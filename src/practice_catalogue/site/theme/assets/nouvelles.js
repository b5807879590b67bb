// The page « Donner des nouvelles »: three short answers about a fiche. Nothing is sent without a click.

import { problemsOf, say } from "./proposer/checks.js";
import { announce, fresh, h, lowered } from "./proposer/dom.js";
import { field } from "./proposer/fields.js";
import { json, loadForm } from "./proposer/form.js";
import { french } from "./proposer/preview.js";
import { ways } from "./proposer/sending.js";
import { filledIn, today } from "./proposer/values.js";
import { corrected } from "./proposer/yaml.js";

const top = new URL("../", import.meta.url);
const here = document.getElementById("donner");
const part = (name) => here.querySelector(`[data-partie=${name}]`);
const query = new URLSearchParams(location.search);
const asked = query.get("fiche") ?? "";
const id = /^[a-z0-9-]{1,80}$/.test(asked) ? asked : "";

const STATES = { exact: "en-cours", change: "modifiee", termine: "terminee" };
const CORRECTED = ["contacts", "couts", "calendrier"]; // in the order of form.reply.changes

const form = await loadForm(here);
const { prepare, copy, download } = ways({ part, form, fixed: id });

/* The fields that are asked */

const inside = (name, sub) => form.fields[name].fields.find((one) => one.name === sub);
const withoutDay = ({ fields, ...spec }) => ({ ...spec, fields: fields.filter(({ name }) => name !== "confirme_le") });
const texte = inside("nouvelles", "texte");

const source = field(inside("nouvelles", "source"), form);
const mots = field({ ...texte, help: "En une ou deux phrases." }, form);
const fin = field({ ...inside("calendrier", "fin"), title: "Depuis quand", help: "L’année suffit." }, form);
const why = field(
  { ...texte, title: "Pourquoi", help: "Pourquoi cela s’est arrêté.", example: "La personne qui l’animait est partie." },
  form,
);
const avoid = field(inside("nouvelles", "a_eviter"), form);
const edited = {
  contacts: field(withoutDay(form.fields.contacts), form),
  couts: field(form.fields.couts, form),
  calendrier: field(form.fields.calendrier, form),
};
part("source").append(source.element);
part("mots").append(mots.element);
part("fin").append(fin.element, why.element, avoid.element);
for (const [name, one] of Object.entries(edited)) part(`${name}-corriger`).append(one.element);

let before = null; // the published data of the fiche
let file = ""; // the text of its file
const read = {}; // the corrected fields as this form read them when the page opened

const answer = () => part("formulaire").elements.reponse.value;
const words = () => form.reply.answers[STATES[answer()]];
const changed = (name) => JSON.stringify(edited[name].read()) !== read[name];
const boxes = () => [...part("contacts").querySelectorAll("input")];

/* The new data of the fiche */

const NEWS = {
  exact: () => ({}),
  change: () => ({ texte: mots.read() }),
  termine: () => ({ texte: why.read(), a_eviter: avoid.read() }),
};

const DATA = {
  exact: () => ({ contacts: before.contacts.map((one, index) => (boxes()[index].checked ? confirmed(one) : one)) }),
  change() {
    const values = Object.keys(edited)
      .filter(changed)
      .map((name) => [name, edited[name].read()]);
    const data = Object.fromEntries(values);
    if (data.contacts) data.contacts = data.contacts.map(known);
    return data;
  },
  termine: () => (fin.read() ? { calendrier: { ...before.calendrier, fin: fin.read() } } : {}),
};

const confirmed = (contact) => ({ ...contact, confirme_le: today() });

/** Returns a contact that the fiche has already with the day of its confirmation; a new one is confirmed today. */
function known(contact) {
  const bare = ({ confirme_le, ...rest }) => JSON.stringify(rest);
  return before.contacts.find((one) => bare(one) === bare(contact)) ?? confirmed(contact);
}

function news() {
  const said = { le: today(), etat: STATES[answer()], source: source.read(), ...NEWS[answer()]() };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

const data = () => ({ ...before, ...DATA[answer()](), nouvelles: [...(before.nouvelles ?? []), news()] });

/* What is wrong */

/** Returns the problems of an answer: those of the form, and two that only this page can have. */
function problems(made, others) {
  const found = problemsOf(made, form, { id, others }).filter(({ warning }) => !warning);
  const said = found.map((problem) => ({ control: control(problem.path), ...say(problem, form) }));
  if (answer() === "change" && !mots.read() && !Object.keys(edited).some(changed))
    said.push({ control: mots, ...say({ code: "changement-manquant" }, form) });
  const end = fin.read() ?? "";
  if (answer() === "termine" && new RegExp(`^${form.patterns["partial-date"]}$`).test(end) && end > today().slice(0, end.length))
    said.push({ control: fin, ...say({ code: "fin-a-venir" }, form) });
  return said;
}

function control([name, ...rest]) {
  if (name === "nouvelles") return { source, texte: answer() === "termine" ? why : mots, a_eviter: avoid }[rest[1]];
  if (answer() === "termine" && name === "calendrier") return fin;
  return answer() === "change" ? (edited[name]?.at(rest) ?? edited[name]) : undefined;
}

let marked = [];

function complain(found) {
  marked.forEach((one) => one.show(null));
  marked = found.map((one) => one.control).filter(Boolean);
  for (const { control: one, message, hint } of found) {
    one?.show({ message, hint });
    one?.element.closest("details")?.setAttribute("open", "");
  }
  part("erreurs").hidden = !found.length;
  part("erreurs-titre").textContent = found.length > 1 ? `${found.length} points à corriger` : "Un point à corriger";
  part("erreurs-liste").replaceChildren(...found.map(link));
  if (found.length) part("erreurs").focus();
}

function link({ control: one, message }) {
  if (!one) return h("li", {}, message);
  const lead = (event) => {
    event.preventDefault();
    one.focus();
    one.element.scrollIntoView({ block: "center" });
  };
  const name = one.element.querySelector("label, legend").firstChild.textContent;
  return h("li", {}, h("a", { href: `#${one.id}`, onclick: lead }, `${name} : ${lowered(message)}`));
}

/* The answer in plain words; a line of the answer is read on to the next one, so the rest stands before */

function letter() {
  const { titre } = before;
  const { answer: asks, changes, ending } = form.reply;
  const { texte: said, a_eviter: better } = news();
  const lines = {
    exact: () => [],
    change: () => [
      ...CORRECTED.map((name, at) => [changes[at], changed(name) && inWords(form.fields[name], DATA.change()[name])]),
      [changes[CORRECTED.length], said],
    ],
    termine: () => [fin.read(), said, better].map((value, at) => [ending[at], value]),
  }[answer()]();
  const told = [[`[${id}] ${asks}`, words()], ...lines].filter(([, value]) => value);
  const sure = answer() === "exact" ? boxes().filter(({ checked }) => checked) : [];
  const introduction = [
    `Voici des nouvelles de la pratique « ${titre} », d’après ${source.read()}.`,
    ...sure.map(({ value }) => `Ce contact est encore juste : ${value}.`),
  ];
  return {
    subject: `Des nouvelles : « ${titre} » [${id}]`,
    body: `Bonjour,\n\n${introduction.join("\n")}\n\n${told.map(([name, value]) => `${name} : ${value}`).join("\n")}\n`,
  };
}

/** Returns the values of a field on one line. */
function inWords(spec, value) {
  if (value === undefined) return "retiré";
  if (Array.isArray(value)) return value.map((one) => inWords({ ...spec, most: 0 }, one)).join(" ; ");
  if (spec.kind === "terms") return form.terms[spec.terms].find((term) => term.id === value)?.title ?? value;
  if (spec.kind !== "group") return String(value).replace(/\s+/g, " ");
  return spec.fields
    .filter((sub) => value[sub.name] !== undefined && sub.name !== "confirme_le")
    .map((sub) => inWords(sub, value[sub.name]))
    .join(", ");
}

/* The page */

function choose() {
  for (const one of here.querySelectorAll("[data-pour]")) one.hidden = !one.dataset.pour.split(" ").includes(answer());
  part("voies").hidden = true;
  complain([]);
}

async function finish(event) {
  event.preventDefault();
  const others = await json("proposer/fiches.json").catch(() => ({}));
  const made = data();
  const found = problems(made, others);
  complain(found);
  part("voies").hidden = found.length > 0;
  if (found.length) return;
  const written = corrected(file, before, made, form);
  part("texte").textContent = written;
  part("resume").textContent = `${words()}.`;
  part("fait").hidden = true;
  prepare(id, written, before.titre, letter());
  part("voies-titre").focus();
}

const COPIED = "Le texte de la fiche est copié.";
const NOT_COPIED =
  "La copie automatique est refusée par ce navigateur : le texte est sélectionné ci-dessous, copiez-le.";

function done(said) {
  part("fait-dit").textContent = said;
  part("fait").hidden = false;
  part("fait").focus();
}

const does = {
  telecharger() {
    download(id);
    done(`Le fichier ${id}.yml est téléchargé : remettez-le à l’équipe du catalogue.`);
  },
  async copier() {
    announce((await copy()) ? COPIED : NOT_COPIED);
    part("copie-dite").textContent = document.getElementById("annonce").textContent;
  },
  async depot() {
    const good = await copy();
    done(`Le dépôt s’ouvre dans un nouvel onglet. ${good ? COPIED : NOT_COPIED}`);
  },
  courriel: () => done("Votre messagerie s’ouvre : relisez le message, puis envoyez-le."),
};

function contactBox(contact) {
  const own = fresh();
  const { organisation, nom, telephone, courriel } = contact;
  const said = [organisation, nom, telephone, courriel].filter(Boolean).join(", ");
  const box = h("input", { type: "checkbox", id: own, value: said });
  return h("div", { class: "option" }, box, h("div", {}, h("label", { for: own }, said)));
}

async function open() {
  const [{ fiche }, { texte: text }] = await Promise.all([
    json(`api/v1/fiches/${id}.json`),
    json(`proposer/fiches/${id}.json`),
  ]);
  const { id: _, ...said } = filledIn(fiche);
  before = Object.fromEntries(Object.entries(said).filter(([name, value]) => form.fields[name]?.default !== value));
  file = text;
  for (const [name, one] of Object.entries(edited)) {
    one.fill(name === "contacts" ? before.contacts.map(({ confirme_le, ...rest }) => rest) : before[name]);
    read[name] = JSON.stringify(one.read());
  }
  fin.fill(before.calendrier?.fin);
  part("contacts").replaceChildren(...before.contacts.map(contactBox));
  part("fiche").textContent = french(before.titre);
  part("fiche").href = new URL(`fiches/${id}/`, top);
  for (const name of here.querySelectorAll("[data-nom]")) name.textContent = `${id}.yml`;
}

here.addEventListener("click", ({ target }) => does[target.closest?.("[data-fait]")?.dataset.fait]?.());
part("formulaire").addEventListener("submit", finish);
part("formulaire").addEventListener("input", () => (part("voies").hidden = true));
part("formulaire").addEventListener("change", ({ target }) => target.name === "reponse" && choose());

const opened = id ? await open().then(() => true, () => false) : false;
part("introuvable").hidden = opened;
part("pret").hidden = !opened;
const first = document.getElementById(`reponse-${query.get("reponse")}`);
if (opened && first) {
  first.checked = true;
  choose();
}
part("attente").hidden = true;
here.dataset.charge = "oui";
