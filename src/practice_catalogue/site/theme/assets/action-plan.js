// The action plan of the visitor's commune: drafts that stay in this browser, one plan a commune.

import { myCommune } from "./my-commune.js";
import { isObject, own, stored, tell } from "./storage.js";

const KEY = "plans"; // commune → {commun: question → text, actions: fiche → question → text}; "" before one is chosen
const FORMER_KEY = "plan"; // fiche → question → text, of earlier versions of this page
let unkept = null; // the plans, if this browser refuses to store them
let shown = []; // the fiches on the page

const plan = document.querySelector("#selection .plan");
const groups = [...plan.querySelectorAll("[data-theme]")];
const questions = document.getElementById("action").content;
const part = (name) => plan.querySelector(`[data-partie=${name}]`);

/* Sets a status text, unless unchanged: screen readers would announce it again. */
function say(words) {
  if (part("avis-plan").textContent !== words) part("avis-plan").textContent = words;
}

/** Returns the chosen commune as `{id, name}`, both empty if none of the catalogue is chosen. */
export function chosenCommune() {
  const id = myCommune();
  const option = id && [...document.querySelectorAll("#ma-commune option")].find((one) => one.value === id);
  return option ? { id, name: option.textContent } : { id: "", name: "" };
}

const ofObjects = (value) => isObject(value) && Object.values(value).every(isObject);
const arePlans = (value) => ofObjects(value) && Object.values(value).every(({ commun = {}, actions = {} }) => isObject(commun) && ofObjects(actions));

function written() {
  if (unkept) return unkept;
  const lost = () => tell("Le plan d’actions gardé dans ce navigateur était illisible : il repart des fiches.");
  return stored(KEY, arePlans, lost) ?? {};
}

function keepWritten(plans) {
  try {
    localStorage.setItem(KEY, JSON.stringify(plans));
    unkept = null;
    say("");
  } catch {
    unkept = plans;
    say("Ce navigateur ne garde pas ce que vous écrivez : téléchargez votre plan avant de quitter cette page.");
  }
  return !unkept;
}

/* Joins the texts of two plans, question by question: nothing that was written is lost. */
function join(texts = {}, others = {}) {
  const both = { ...texts };
  for (const [question, text] of Object.entries(others)) {
    const there = own(both, question);
    if (typeof text === "string") both[question] = typeof there === "string" && there !== text ? `${there}\n${text}` : text;
  }
  return both;
}

function joinPlans(one = {}, other = {}) {
  const actions = { ...one.actions };
  for (const [id, texts] of Object.entries(other.actions ?? {})) actions[id] = join(own(actions, id), texts);
  return { commun: join(one.commun, other.commun), actions };
}

/* Takes over what an earlier version of this page stored, and what was written before a commune was chosen. */
function takeOver() {
  const { id, name } = chosenCommune();
  const lost = () => tell("Le plan d’actions gardé dans ce navigateur était illisible : il repart des fiches.");
  const former = stored(FORMER_KEY, ofObjects, lost);
  const plans = written();
  if (former) plans[""] = joinPlans(own(plans, ""), { actions: former });
  const waiting = id && own(plans, "");
  if (waiting) {
    plans[id] = joinPlans(own(plans, id), waiting);
    delete plans[""];
  }
  if ((former || waiting) && keepWritten(plans)) {
    localStorage.removeItem(FORMER_KEY);
    if (waiting) say(`Ce que vous aviez déjà écrit est maintenant dans le plan de la commune choisie : ${name}.`);
  }
}

const writtenHere = () => own(written(), chosenCommune().id) ?? {};

function fill(field, saved, question) {
  const text = own(saved ?? {}, question);
  field.value = typeof text === "string" ? text : field.defaultValue;
}

function draft(one) {
  const action = questions.firstElementChild.cloneNode(true);
  const saved = own(writtenHere().actions ?? {}, one.id);
  const place = one.communes.includes(chosenCommune().id) ? "Chez vous" : one.la_bas;
  action.dataset.id = one.id;
  action.dataset.place = place;
  const source = action.querySelector("[data-source]");
  Object.assign(source, { textContent: one.titre, href: new URL(`../${one.url}`, import.meta.url).href, lang: one.langue });
  for (const field of action.querySelectorAll("textarea")) {
    const label = action.querySelector(`label[for=${field.name}]`);
    const example = action.querySelector(`[data-exemple=${field.name}]`);
    const words = one.exemples[field.name];
    field.defaultValue = one.plan[field.name] ?? "";
    fill(field, saved, field.name);
    field.id = label.htmlFor = `${field.name}-${one.id}`;
    if (!words) continue;
    example.id = `exemple-${field.id}`;
    example.hidden = false;
    example.dataset.texte = words;
    example.textContent = `${place} : ${words.includes("\n") ? `\n${words}` : words}`;
    if (one.langue !== "fr") example.lang = one.langue;
    field.setAttribute("aria-describedby", example.id);
  }
  return action;
}

/* The name of an action is what its first question says, by default what kind of practice it is. */
function showName(action) {
  const name = action.querySelector("textarea[name=nom]").value.trim();
  action.querySelector("[data-titre]").textContent = `${action.dataset.number}. ${name || "Action"}`;
}

const drawn = () => [...plan.querySelectorAll("fieldset.action")];
const common = () => [...plan.querySelectorAll("[data-etape] > .champ textarea")];

/** Shows the actions of fiches under their themes. Existing elements are not moved: the user may be typing in them. */
export function showPlan(fiches) {
  shown = fiches;
  const before = new Map(drawn().map((action) => [action.dataset.id, action]));
  for (const [id, action] of before) if (!fiches.some((one) => one.id === id)) action.remove();
  let number = 0;
  groups.forEach((group, position) => {
    const last = position === groups.length - 1;
    const themes = groups.map(({ dataset }) => dataset.theme);
    const here = fiches.filter(({ theme }) => theme === group.dataset.theme || (last && !themes.includes(theme)));
    group.hidden = !here.length;
    here.forEach((one, place) => {
      const action = before.get(one.id) ?? draft(one);
      number += 1;
      action.dataset.number = number;
      showName(action);
      if (group.children[place + 1] !== action) group.insertBefore(action, group.children[place + 1] ?? null);
    });
  });
}

/* Shows the plan of the chosen commune in place of another one. */
function showCommune() {
  takeOver();
  const { commun } = writtenHere();
  const { name } = chosenCommune();
  part("commune").textContent = name && ` : ${name}`;
  for (const field of common()) fill(field, commun, field.name);
  for (const action of drawn()) action.remove();
  showPlan(shown);
}

plan.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea")) return;
  const plans = written();
  const { id } = chosenCommune();
  const here = own(plans, id) ?? {};
  const fiche = target.closest("[data-id]")?.dataset.id;
  if (fiche) here.actions = { ...here.actions, [fiche]: { ...own(here.actions ?? {}, fiche), [target.name]: target.value } };
  else here.commun = { ...here.commun, [target.name]: target.value };
  plans[id] = here;
  keepWritten(plans);
  if (target.name === "nom") showName(target.closest("[data-id]"));
});

/** Puts the actions on the page back to what the fiches say, after asking. */
export function startAgain() {
  const fields = drawn().flatMap((action) => [...action.querySelectorAll("textarea")]);
  const changed = fields.some((field) => field.value !== field.defaultValue);
  if (changed && !confirm("Repartir des fiches ? Ce que vous avez écrit dans les actions affichées sera effacé.")) return;
  const plans = written();
  const actions = own(plans, chosenCommune().id)?.actions ?? {};
  for (const action of drawn()) delete actions[action.dataset.id];
  for (const field of fields) field.value = field.defaultValue;
  drawn().forEach(showName);
  keepWritten(plans);
}

const labelled = (place) =>
  [...place.querySelectorAll(":scope > .champ")].map((champ) => ({
    question: champ.querySelector("label").textContent,
    answer: champ.querySelector("textarea").value.trim(),
    example: champ.querySelector("[data-exemple]")?.dataset.texte ?? "",
    id: champ.querySelector("textarea").name,
  }));

const title = (action) => action.querySelector("[data-titre]").textContent;

/** Returns the actions as rows of text, after a row of headings. */
export function actionRows() {
  const head = ["Numéro", "Thème", ...[...questions.querySelectorAll("label")].map((label) => label.textContent)];
  const theme = (action) => action.closest("[data-theme]").querySelector("h4").textContent;
  return [head, ...drawn().map((action) => [action.dataset.number, theme(action), ...labelled(action).map(({ answer }) => answer)])];
}

const answers = (place) => ({ columns: ["Question", "Réponse"], widths: [1, 2], rows: labelled(place).filter(({ id }) => id !== "nom").map(({ question, answer }) => [question, answer]) });

function actionBlocks(action) {
  return [{ heading: 3, text: title(action) }, answers(action)];
}

/* What was measured is judged in the last step: the measures of all actions, with room for the result. */
function measures() {
  const rows = drawn().map((action) => [title(action), labelled(action).find(({ id }) => id === "indicateurs")?.answer ?? "", ""]);
  return { columns: ["Action", "À quoi verra-t-on que c’est réussi ?", "Résultat"], widths: [2, 3, 2], rows };
}

function annex() {
  const blocks = drawn().flatMap((action) => {
    const rows = labelled(action).filter(({ example }) => example).map(({ question, example }) => [question, example]);
    const source = action.querySelector("[data-source]");
    const about = { style: "Source", text: `D’après « ${source.textContent} » : ${source.href}` };
    return [{ heading: 2, text: title(action) }, about, ...(rows.length ? [{ columns: ["Question", action.dataset.place], widths: [1, 2], rows }] : [])];
  });
  const intro = { text: "Ce que disent les fiches des autres communes. Cette annexe peut être supprimée." };
  return blocks.length ? [{ heading: 1, text: "Annexe : les exemples", newPage: true }, intro, ...blocks] : [];
}

/** Returns the plan as title and blocks for `wordDocument`: steps, themes, actions, then the examples as an annex. */
export function planDocument() {
  const { name } = chosenCommune();
  const day = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" }).replace(/^1 /, "1er ");
  const steps = [...plan.querySelectorAll("[data-etape]")].flatMap((step) => {
    const actions = [...step.querySelectorAll("[data-theme]:not([hidden])")];
    const isLast = !step.nextElementSibling;
    return [
      { heading: 1, text: step.querySelector("h3").textContent },
      ...(labelled(step).length ? [answers(step)] : []),
      ...actions.flatMap((group) => [{ heading: 2, text: group.querySelector("h4").textContent }, ...[...group.querySelectorAll("fieldset")].flatMap(actionBlocks)]),
      ...(isLast ? [measures()] : []),
    ];
  });
  const text = "Plan d’actions";
  return [name ? `${text} : ${name}` : text, [{ style: "Title", text }, { style: "Subtitle", text: [name, `projet du ${day}`].filter(Boolean).join(", ") }, ...steps, ...annex()]];
}

document.addEventListener("commune", showCommune);
showCommune();
