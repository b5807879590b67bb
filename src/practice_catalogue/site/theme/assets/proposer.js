// The page « Proposer une fiche »: steps, errors, draft, preview, sending. Nothing is sent without a click.

import { problemsOf, problemsOfId, say } from "./proposer/checks.js";
import { announce, fold, h, lowered } from "./proposer/dom.js";
import { field } from "./proposer/fields.js";
import { json, loadForm } from "./proposer/form.js";
import { card, page as fichePage, french } from "./proposer/preview.js";
import { ways } from "./proposer/sending.js";
import { filledIn } from "./proposer/values.js";
import { corrected, fileText } from "./proposer/yaml.js";
import { isObject, stored } from "./storage.js";

const LAST = "envoyer";
const LONGEST_DRAFT = 200_000; // characters: three times the longest file

const top = new URL("../", import.meta.url);
const here = document.getElementById("proposer");
const part = (name) => here.querySelector(`[data-partie=${name}]`);
const query = new URLSearchParams(location.search);
const idIn = (name) => /^[a-z0-9-]{1,80}$/.exec(query.get(name) ?? "")?.[0] ?? "";
const fixed = idIn("fiche");
const taken = fixed ? "" : idIn("reprise"); // the practice of others that a new fiche takes up
const KEY = `brouillon-${fixed || (taken ? `reprise-de-${taken}` : "nouvelle-fiche")}`;

const form = await loadForm(here);
if (taken) askFirstWhatWasChanged();
const { prepare, copy, download } = ways({ part, form, fixed });

const fields = Object.fromEntries(Object.values(form.fields).map((spec) => [spec.name, field(spec, form)]));
let others = {};
let original = null; // of a corrected fiche: its data as read by this form, and the text of its file
let prefilled = {}; // of a practice that is taken up: the data that the form begins with
let unplaced = [];
let step = "";
let idTouched = Boolean(fixed);
let complained = false;

/* The data of the form */

const read = () =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([name, one]) => [name, one.read()])
      .filter(([, value]) => value !== undefined),
  );

/** Fills the form; returns `[path, value]` for data that does not fit. */
function fill(data) {
  const strangers = Object.entries(data)
    .filter(([name]) => !Object.hasOwn(fields, name))
    .map(([name, value]) => [[name], value]);
  const lost = Object.entries(fields).flatMap(([name, one]) =>
    one.fill(data[name]).map(([path, value]) => [[name, ...path], value]),
  );
  return [...strangers, ...lost];
}

const text = (data = read()) =>
  original ? corrected(original.text, original.data, data, form) : fileText(data, form, form.heading);
const unchanged = (data) => original !== null && JSON.stringify(data) === JSON.stringify(original.data);
const fileId = () => fixed || idField.value.trim();
const slug = (title) =>
  fold(title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, form.limits.id)
    .replace(/-+$/, "");

/* Steps */

const steps = [...form.steps, { id: LAST, title: "Relire et envoyer", fields: [] }];
const sections = new Map(steps.map((one, index) => [one.id, section(one, index)]));
part("etapes").replaceChildren(...sections.values());
part("chemin").replaceChildren(
  ...steps.map((one) =>
    h(
      "li",
      {},
      h(
        "a",
        { href: `#${one.id}`, "data-etape": one.id },
        one.title,
        one.required === false && h("span", { class: "facultatif" }, " facultatif"),
      ),
    ),
  ),
);
const idField = document.getElementById("nom-du-fichier");

function section(one, index) {
  const last = one.id === LAST;
  const made = h(
    "section",
    {
      "data-etape": one.id,
      class: one.required === false ? "toute-facultative" : null,
      "aria-labelledby": `titre-${one.id}`,
      hidden: true,
    },
    h("p", { class: "etape-numero" }, `Étape ${index + 1} sur ${steps.length}`),
    h("h2", { id: `titre-${one.id}`, tabindex: "-1" }, one.title),
    one.help && h("p", { class: "etape-aide" }, one.help),
    one.required === false &&
      h("p", { class: "etape-aide" }, "Tout est facultatif ici : passez ce que vous ne savez pas."),
    one.fields.map((name) => fields[name].element),
  );
  if (last) made.append(part("fin").content.cloneNode(true));
  return made;
}

const number = () => steps.findIndex(({ id }) => id === step);

function show(id, { focus = true } = {}) {
  step = sections.has(id) ? id : steps[0].id;
  for (const [name, one] of sections) one.hidden = name !== step;
  for (const link of part("chemin").querySelectorAll("a")) {
    if (link.dataset.etape === step) {
      link.setAttribute("aria-current", "step");
      link.parentElement.parentElement.scrollLeft = link.offsetLeft - 16; // the steps scroll horizontally on phones
    } else link.removeAttribute("aria-current");
  }
  part("precedent").hidden = number() === 0;
  part("suivant").hidden = step === LAST;
  part("a-la-fin").hidden = step === LAST || number() < form.steps.findIndex(({ required }) => !required) - 1;
  complained = false;
  advised = "";
  complain([]);
  if (step === LAST) finish();
  if (focus) {
    document.getElementById(`titre-${step}`).focus({ preventScroll: true });
    here.scrollIntoView({ block: "start" });
  }
}

function go(id) {
  if (`#${id}` === location.hash) show(id);
  else location.hash = id;
}

function next() {
  const found = errorsHere();
  if (found.length) complain(found, { focus: true });
  else go(steps[number() + 1].id);
}

const stepOf = ([name]) => form.steps.find((one) => one.fields.includes(name))?.id ?? LAST;

/* Problems: at each field, and in a summary with links */

const ORDER = form.steps.flatMap((one) => one.fields);
const problems = () =>
  problemsOf(read(), form, { id: fileId(), others }).sort(
    (one, other) => ORDER.indexOf(one.path[0]) - ORDER.indexOf(other.path[0]),
  );
const control = ([name, ...rest]) => (name === "id" ? idShown : (fields[name].at(rest) ?? fields[name]));
const errorsHere = () => problems().filter(({ path, warning }) => !warning && stepOf(path) === step);
/** Tells whether a problem is advice about a value of this step; advice on a whole list is shown at the end only. */
const adviceHere = () => problems().filter(({ path, warning }) => warning && path.length > 1 && stepOf(path) === step);
const placed = (found) =>
  found.map((problem) => [control(problem.path), { ...say(problem, form), warning: problem.warning }]);
let blamed = [];
let marked = [];
let advised = "";

/** Shows problems and advice at each field; advice is shown while typing, so that the layout does not shift later. */
function mark() {
  const advice = placed(adviceHere());
  marked.forEach((one) => one.show(null));
  marked = [];
  for (const [one, said] of [...advice, ...blamed]) {
    if (!one || marked.includes(one)) continue;
    one.show(said);
    marked.push(one);
  }
  const said = advice.map(([, { message, hint }]) => `${message} ${hint}`).join(" ");
  if (said && said !== advised) announce(said);
  advised = said;
}

function complain(found, { focus = false } = {}) {
  blamed = placed(found);
  mark();
  const errors = found.filter(({ warning }) => !warning);
  complained = complained || errors.length > 0;
  const summary = part("erreurs");
  summary.hidden = !errors.length;
  part("erreurs-titre").textContent = errors.length > 1 ? `${errors.length} points à corriger` : "Un point à corriger";
  part("erreurs-liste").replaceChildren(...errors.map(link));
  const { title } = steps[number()] ?? steps[0];
  document.title = `${errors.length ? `Erreur : ` : ""}${title}, étape ${number() + 1} sur ${steps.length} – ${pageTitle}`;
  if (focus && errors.length) {
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: "start" });
  }
}

function link(problem) {
  const { message } = say(problem, form);
  const where = problem.path.reduce(
    (said, one) =>
      typeof one === "number" ? `${said} ${one + 1}` : [said, labelOf(problem.path, one)].filter(Boolean).join(", "),
    "",
  );
  const lead = (event) => {
    event.preventDefault();
    const home = stepOf(problem.path);
    if (home !== step) {
      history.pushState(null, "", `#${home}`);
      show(home, { focus: false });
      complain(errorsHere());
    }
    const one = control(problem.path);
    one.focus();
    one.element.scrollIntoView({ block: "center" });
  };
  return h("li", {}, h("a", { href: `#${control(problem.path).id}`, onclick: lead }, `${where} : ${lowered(message)}`));
}

function labelOf(path, name) {
  if (name === "id") return "Nom du fichier";
  const spec = form.fields[path[0]];
  if (name === path[0]) return (path.length > 1 && spec.entry) || spec.title;
  return spec.fields?.find((sub) => sub.name === name)?.title.toLowerCase();
}

/* The draft, stored in this browser only */

let saving = 0;
let erased = false;

function save() {
  clearTimeout(saving);
  saving = 0;
  if (erased) return;
  const donnees = read();
  const same = original ? unchanged(donnees) : JSON.stringify(donnees) === JSON.stringify(prefilled);
  try {
    if (same && !unplaced.length) localStorage.removeItem(KEY);
    else
      localStorage.setItem(
        KEY,
        JSON.stringify({
          version: form.version,
          le: new Date().toISOString(),
          id: idTouched ? fileId() : "",
          donnees,
          reste: unplaced,
        }),
      );
    part("brouillon").textContent = "Votre brouillon est gardé dans ce navigateur, et nulle part ailleurs.";
  } catch {
    part("brouillon").textContent =
      "Ce navigateur ne garde pas de brouillon : ne fermez pas cette page avant d’avoir envoyé ou téléchargé la fiche.";
  }
}

/** Returns the stored draft; an unreadable one is shown as text, so that nothing of it is lost. */
function draft() {
  let broken = null;
  const isDraft = (kept) => isObject(kept) && isObject(kept.donnees) && JSON.stringify(kept).length <= LONGEST_DRAFT;
  const kept = stored(KEY, isDraft, (text) => {
    broken = { broken: true, donnees: {}, reste: [[["Brouillon illisible"], text.slice(0, LONGEST_DRAFT)]] };
  });
  return kept ? { ...kept, reste: placesIn(kept.reste) } : broken;
}

/** Returns the valid `[path, value]` pairs of a draft; other content was not stored by this form. */
const placesIn = (reste) =>
  Array.isArray(reste) ? reste.filter((one) => Array.isArray(one) && Array.isArray(one[0])) : [];

function restore({ le, id, donnees, reste, version, broken }) {
  const lost = fill(donnees);
  unplaced = [...reste, ...lost];
  if (!fixed) {
    idField.value = typeof id === "string" ? id : "";
    idTouched = Boolean(idField.value);
  }
  const day = new Date(le);
  const when = isNaN(day) ? "" : ` du ${day.toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })}`;
  const renewed = version !== form.version ? " Le formulaire a changé depuis : relisez chaque étape." : "";
  part("reprise-texte").textContent = broken
    ? "Le brouillon gardé dans ce navigateur était illisible : il est mis de côté ; son texte est montré ici, pour reprendre ce qui peut l’être."
    : `Votre brouillon${when} est rouvert.${renewed}`;
  part("reprise").hidden = false;
}

/** Loads the draft stored by another tab; otherwise two tabs would overwrite each other's drafts. */
function follow() {
  if (saving) return; // do not replace what is being typed in this tab
  const kept = draft();
  const donnees = kept?.donnees ?? original?.data ?? prefilled;
  if (JSON.stringify(donnees) === JSON.stringify(read())) return;
  restore({ reste: [], ...kept, donnees });
  if (kept?.broken) return showUnplaced();
  part("reprise-texte").textContent = kept
    ? "Votre brouillon a changé dans un autre onglet ; le voici tel qu’il est maintenant."
    : "Votre brouillon a été effacé dans un autre onglet.";
  showUnplaced();
  drawCard();
  show(step, { focus: false });
}

function showUnplaced() {
  part("reste").hidden = !unplaced.length;
  part("reste-liste").replaceChildren(
    ...unplaced.map(([path, value]) =>
      h(
        "li",
        {},
        h("strong", {}, path.map((one) => (typeof one === "number" ? one + 1 : one)).join(" › ")),
        h("pre", { tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 1)),
      ),
    ),
  );
}

function erase() {
  erased = true;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Without storage, there is nothing to remove.
  }
  location.hash = "";
  location.reload();
}

/* The last step: file name and sending */

const idShown = {
  id: "nom-du-fichier",
  element: idField.closest(".champ"),
  focus: () => idField.focus(),
  show(said) {
    const error = document.getElementById("nom-erreur");
    error.hidden = !said;
    error.replaceChildren(
      ...(said ? [h("span", { class: "cache" }, "Erreur : "), said.message, h("span", {}, said.hint)] : []),
    );
    idShown.element.classList.toggle("en-erreur", Boolean(said));
    if (said) idField.setAttribute("aria-invalid", "true");
    else idField.removeAttribute("aria-invalid");
  },
};

async function finish({ focus = false } = {}) {
  if (!idTouched) idField.value = slug(read().titre ?? "");
  others = await json("proposer/fiches.json").catch(() => others);
  const data = read();
  const id = fileId();
  const written = text(data);
  const size = new TextEncoder().encode(written).length;
  const large =
    size > form.limits.bytes
      ? [
          {
            path: ["description"],
            code: "fichier-trop-gros",
            details: { taille: size, maximum: form.limits.bytes, champ: "texte" },
          },
        ]
      : [];
  const unnamed = !id && !data.titre; // the id is derived from the title, which is missing
  const found = [...problems(), ...large, ...(fixed || unnamed ? [] : problemsOfId(id, form, others))];
  const errors = found.filter(({ warning }) => !warning);
  complain(found, { focus });
  const advice = found.filter(({ warning }) => warning).map((one) => say(one, form));
  part("conseils").hidden = !advice.length;
  part("conseils-liste").replaceChildren(...advice.map(({ message, hint }) => h("li", {}, `${message} ${hint}`)));
  part("texte").textContent = written;
  part("apercu-final").replaceChildren(fichePage(data, form));
  part("a-corriger").hidden = !errors.length;
  part("inchangee").hidden = !unchanged(data);
  part("voies").hidden = errors.length > 0 || unchanged(data);
  for (const name of here.querySelectorAll("[data-nom]")) name.textContent = id ? `${id}.yml` : "";
  prepare(id, written, data.titre ?? id);
}

function done(what) {
  part("fait").hidden = false;
  for (const one of part("fait").querySelectorAll("[data-quand]"))
    one.hidden = !one.dataset.quand.split(" ").includes(what);
  part("fait").focus();
}

const COPIED = "Le texte de la fiche est copié.";
const NOT_COPIED =
  "La copie automatique est refusée par ce navigateur : le texte est sélectionné ci-dessous, copiez-le.";

const does = {
  suivant: next,
  precedent: () => go(steps[number() - 1].id),
  "a-la-fin": () => go(LAST),
  "au-debut": () => go(steps[0].id),
  telecharger() {
    download(fileId());
    done("telecharger");
  },
  async copier() {
    announce((await copy()) ? COPIED : NOT_COPIED);
    part("copie-dite").textContent = document.getElementById("annonce").textContent;
  },
  async depot() {
    const link = part("depot-lien");
    const good = link.dataset.copier ? await copy() : true;
    part("depot-dit").textContent = link.dataset.copier ? (good ? COPIED : NOT_COPIED) : "";
    done("depot");
  },
  courriel() {
    download(fileId());
    done("courriel");
  },
  apercu() {
    const data = read();
    part("apercu-page").replaceChildren(h("div", { class: "apercu-carte" }, card(data, form)), fichePage(data, form));
    part("apercu").showModal();
  },
  fermer: () => part("apercu").close(),
  effacer: () => part("effacer").showModal(),
  "ne-pas-effacer": () => part("effacer").close(),
  "effacer-vraiment": erase,
  ranger() {
    unplaced = [];
    showUnplaced();
    save();
  },
  "voir-erreurs": () => finish({ focus: true }),
};

here.addEventListener("click", ({ target }) => does[target.closest?.("[data-fait]")?.dataset.fait]?.());
part("formulaire").addEventListener("submit", (event) => {
  event.preventDefault();
  if (step !== LAST) next();
});

let drawing = 0;
here.addEventListener("input", ({ target }) => {
  if (target === idField) idTouched = true;
  clearTimeout(saving);
  saving = setTimeout(save, 300);
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(() => {
    drawCard();
    mark();
  });
});
here.addEventListener("change", ({ target }) => {
  if (step === LAST && target === idField) finish();
  else if (complained && step !== LAST) complain(errorsHere());
});
addEventListener("pagehide", () => saving && save());
document.addEventListener("visibilitychange", () => saving && save()); // store the draft for the tab that becomes visible
addEventListener("hashchange", () => show(location.hash.slice(1)));

const drawCard = () => part("carte").replaceChildren(card(read(), form));

/* Correction of a fiche: its published data and its source file */

async function open(id) {
  const [{ fiche }, { texte }] = await Promise.all([json(`api/v1/fiches/${id}.json`), json(`proposer/fiches/${id}.json`)]);
  const { id: _, ...said } = fiche;
  const lost = fill(filledIn(said));
  if (lost.length) throw new Error(id);
  original = { data: read(), text: texte };
  part("retour").href = new URL(`fiches/${id}/`, top);
  for (const one of here.querySelectorAll("[data-titre-de-la-fiche]")) one.textContent = french(fiche.titre);
}

/* A practice of others that was taken up: what has to be the same is filled in, and nothing of who, where and whom to ask */

const ALIKE = ["types", "domaines", "publics", "objectifs"];

async function takeUp(id) {
  const { fiche } = await json(`api/v1/fiches/${id}.json`);
  const alike = Object.entries(filledIn(fiche)).filter(([name]) => ALIKE.includes(name));
  fill({ ...Object.fromEntries(alike), reprise_de: { fiche: id } });
  fields.reprise_de.at(["fiche"]).element.hidden = true; // its title stands at the top
  prefilled = read();
  part("pratique-reprise").textContent = french(fiche.titre);
}

function askFirstWhatWasChanged() {
  const name = "reprise_de";
  for (const one of form.steps) one.fields = one.fields.filter((other) => other !== name);
  form.steps[0].fields.unshift(name);
  const { fields: parts, ...spec } = form.fields[name];
  const [origin, changes] = parts;
  const first = { ...changes, title: "Qu’avez-vous changé ?" };
  form.fields[name] = { ...spec, fields: [first, origin] };
}

const opening = fixed ? open(fixed) : taken ? takeUp(taken) : Promise.resolve();
const opened = await opening.then(() => true, () => false);
here.dataset.mode = !opened ? "introuvable" : fixed ? "corriger" : taken ? "reprendre" : "proposer";
for (const one of document.querySelectorAll("[data-mode-de]"))
  one.hidden = !one.dataset.modeDe.split(" ").includes(here.dataset.mode);
const heading = (mode) => document.querySelector(`h1 [data-mode-de=${mode}]`).textContent;
const pageTitle = document.title.replace(heading("proposer"), heading(here.dataset.mode));
document.title = pageTitle;
if (here.dataset.mode !== "introuvable") {
  const kept = draft();
  if (kept) restore(kept);
  if (kept?.broken) save();
  showUnplaced();
  part("pret").hidden = false;
  drawCard();
  show(location.hash.slice(1), { focus: false });
  addEventListener("storage", follow);
  addEventListener("pageshow", ({ persisted }) => persisted && follow());
}
part("attente").hidden = true;
here.dataset.charge = "oui";

/** Exported so that the form can be filled, checked and read as a file without user input. */
export { fill, problems, read, text };
