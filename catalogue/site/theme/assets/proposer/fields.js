// The fields of the form: each is `{element, read, fill, at, show, focus}`.
// `read` gives plain data, undefined where nothing was filled in; `fill` takes such data and gives back `[path, value]` for
// whatever has no place here; `at` finds the field of a path; `show` takes what is wrong with it, or null.

import { combobox } from "./combobox.js";
import { isoDate } from "./dates.js";
import { announce, fresh, h } from "./dom.js";

const FEW = 8;

/** A field, a list of fields or a group, as the model describes it. */
export function field(spec, form) {
  if (!spec.most) return single(spec, form);
  return spec.kind === "terms" ? termList(spec, form) : list(spec, form);
}

function single(spec, form, place = {}) {
  if (spec.kind === "group") return group(spec, form, place);
  if (spec.kind !== "terms") return text(spec, form, place);
  return form.terms[spec.terms].length > FEW ? term(spec, form, place) : choice(spec, form, place);
}

/* What all fields have around them: title, help, example, and what is wrong. */

const optional = (spec) => !spec.required && !spec.asked && h("span", { class: "facultatif" }, " facultatif");

const LAYOUT = "Pour une liste, mettez un tiret au début de chaque ligne\u202f; pour du gras, **deux étoiles** autour des mots.";

function help(spec, id) {
  const example = spec.example && h("span", { class: "exemple" }, `Par exemple : ${spec.example}`);
  const layout = spec.kind === "text" && ` ${LAYOUT}`;
  return h("p", { class: "aide", id: `${id}-aide` }, spec.help, layout, " ", example);
}

/** Tells controls what describes them, and shows or hides what is wrong; a group is described, but not itself invalid. */
function complaints(id, controls, element, { group = false } = {}) {
  const error = h("p", { class: "erreur", id: `${id}-erreur`, hidden: true });
  function described(more = "") {
    for (const control of controls) {
      const by = `${more} ${control.dataset.decrit ?? ""}`.trim();
      if (by) control.setAttribute("aria-describedby", by);
      else control.removeAttribute("aria-describedby");
    }
  }
  described();
  function show(said) {
    error.hidden = !said;
    error.className = said?.warning ? "erreur conseil" : "erreur";
    error.replaceChildren(
      ...(said
        ? [
            h("span", { class: "cache" }, said.warning ? "Conseil : " : "Erreur : "),
            said.message,
            said.hint && h("span", {}, said.hint),
          ].filter(Boolean)
        : []),
    );
    element.classList.toggle("en-erreur", Boolean(said) && !said.warning);
    for (const control of controls) {
      if (said && !said.warning && !group) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    described(said ? error.id : "");
  }
  return { error, show };
}

function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/* Text of one line or of several, dates, addresses, amounts. */

const MODES = { email: "email", phone: "tel", web: "url", amount: "numeric" };

function text(spec, form, { hiddenLabel = "" } = {}) {
  const id = fresh();
  const long = spec.kind === "text" || spec.max > 200;
  const control = h(long ? "textarea" : "input", {
    id,
    rows: long ? (spec.kind === "text" ? 6 : 2) : null,
    type: long ? null : "text",
    inputmode: MODES[spec.kind],
    autocomplete: "off",
    spellcheck: spec.kind in MODES || spec.kind === "id" ? "false" : null,
    "data-decrit": hiddenLabel ? null : `${id}-aide`,
    "aria-required": spec.required && !hiddenLabel ? "true" : null,
    class: ["date", "partial-date", "years", "amount", "phone"].includes(spec.kind)
      ? "court"
      : spec.kind === "text"
        ? "long"
        : null,
  });
  const note = h("p", { class: "note", role: "status" });
  const counter = spec.max && long ? h("p", { class: "compteur", "aria-hidden": "true" }) : null;
  const label = hiddenLabel
    ? h("label", { for: id, class: "cache" }, hiddenLabel)
    : h("label", { for: id }, spec.title, optional(spec) || null);
  const element = h("div", { class: "champ" });
  const { error, show } = complaints(id, [control], element);
  element.append(label, hiddenLabel ? "" : help(spec, id), error, control, counter ?? "", note);

  function count() {
    if (!counter) return;
    const length = [...control.value.trim()].length;
    const few = spec.min > 1;
    if (!length)
      counter.textContent = few ? `De ${spec.min} à ${spec.max} caractères` : `${spec.max} caractères au plus`;
    else if (few && length < spec.min) counter.textContent = `${length} sur ${spec.min} caractères au moins`;
    else counter.textContent = `${length} sur ${spec.max} caractères`;
    counter.classList.toggle("trop", length > spec.max);
  }
  function clean() {
    const { value, selectionStart } = control;
    const good = cleaned(value, spec, form);
    if (good === value) return;
    const before = cleaned(value.slice(0, selectionStart), spec, form).length;
    control.value = good;
    control.setSelectionRange(before, before);
    if (visible(value, form) !== value)
      note.textContent = "Des caractères invisibles, qui ne peuvent pas être publiés, ont été retirés.";
  }
  control.addEventListener("input", (event) => {
    note.textContent = "";
    if (!event.isComposing) clean();
    count();
  });
  control.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text/plain");
    const good = unbulleted(pasted, spec.kind === "text" ? "- " : "");
    if (good === pasted) return;
    event.preventDefault();
    control.setRangeText(good, control.selectionStart, control.selectionEnd, "end");
    changed(control);
  });
  control.addEventListener("change", () => {
    const date = ["date", "partial-date"].includes(spec.kind) && isoDate(control.value);
    if (!date || date === control.value) return;
    control.value = date;
    changed(control);
  });
  if (long)
    control.addEventListener("blur", () => control.value.length > 0.9 * spec.max && announce(counter.textContent));
  count();

  return {
    element,
    at: () => null,
    show,
    focus: () => control.focus(),
    id,
    read() {
      const value = control.value.normalize("NFC").trim();
      if (value === "" || value === spec.default) return undefined;
      const digits = spec.kind === "amount" && value.replace(/[\s€]/g, "");
      return digits && /^[0-9]{1,15}$/.test(digits) ? Number(digits) : value;
    },
    fill(value) {
      const fits = ["string", "number", "undefined"].includes(typeof value);
      control.value = fits ? cleaned(String(value ?? spec.default ?? ""), spec, form) : "";
      count();
      return fits ? [] : [[[], value]];
    },
  };
}

/** Pasted text whose lines begin with the bullets of a word processor, which have another sign instead. */
const unbulleted = (text, sign) => text.replace(/^[ \t]*[•·▪◦‣\uf0b7][ \t\u00a0]*/gm, sign);

/** Text as a file can hold it: what is pasted may bring invisible characters, and more than a line. */
function cleaned(value, spec, form) {
  const lines = value
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replaceAll("\t", " ");
  return visible(spec.kind === "text" ? lines : lines.replaceAll("\n", " "), form);
}

/** Text without control, invisible, private or unassigned characters, and without heaps of accents. */
const visible = (value, form) => value.replace(new RegExp(`[^\\P{C}\\n\\t\\r]|${form.patterns.unseen}`, "gu"), "");

/* A term: one of a few, or one of many. */

function choice(spec, form, { nested = false, free = !spec.required } = {}) {
  const id = fresh();
  const terms = form.terms[spec.terms];
  return nested ? select(spec, terms, id) : radios(spec, terms, id, free && !spec.default);
}

function select(spec, terms, id) {
  const control = h(
    "select",
    { id, "data-decrit": `${id}-aide`, "aria-required": spec.required ? "true" : null },
    h("option", { value: "" }, spec.required ? "Choisissez" : "Pas de réponse"),
    terms.map((term) => h("option", { value: term.id }, term.title)),
  );
  const element = h("div", { class: "champ" });
  const { error, show } = complaints(id, [control], element);
  element.append(h("label", { for: id }, spec.title, optional(spec) || null), help(spec, id), error, control);
  return {
    element,
    at: () => null,
    show,
    id,
    focus: () => control.focus(),
    read: () => (control.value === (spec.default ?? "") ? undefined : control.value),
    fill(value) {
      control.value = spec.default ?? "";
      if (value === undefined) return [];
      if (!terms.some((term) => term.id === value)) return [[[], value]];
      control.value = value;
      return [];
    },
  };
}

function radios(spec, terms, id, free) {
  const options = [...terms, ...(free ? [{ id: "", title: "Pas de réponse" }] : [])].map((term) => {
    const own = fresh();
    const input = h("input", {
      type: "radio",
      name: id,
      id: own,
      value: term.id,
      "aria-describedby": term.help ? `${own}-aide` : null,
    });
    const title = h("label", { for: own }, term.title);
    return {
      input,
      element: h(
        "div",
        { class: "option" },
        input,
        h("div", {}, title, term.help && h("p", { class: "aide", id: `${own}-aide` }, term.help)),
      ),
    };
  });
  const fallback = spec.default ?? (free ? "" : null);
  const choose = (value) => options.forEach(({ input }) => (input.checked = input.value === value));
  const element = h("fieldset", { class: "champ options", id });
  element.dataset.decrit = `${id}-aide`;
  const { error, show } = complaints(id, [element], element, { group: true });
  element.append(
    h("legend", {}, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    ...options.map((one) => one.element),
  );
  choose(fallback);
  return {
    element,
    at: () => null,
    show,
    id,
    focus: () => (options.find(({ input }) => input.checked) ?? options[0]).input.focus(),
    read() {
      const value = options.find(({ input }) => input.checked)?.input.value;
      return value && value !== spec.default ? value : undefined;
    },
    fill(value) {
      choose(fallback);
      if (value === undefined) return [];
      if (!terms.some((term) => term.id === value)) return [[[], value]];
      choose(value);
      return [];
    },
  };
}

function term(spec, form) {
  const id = fresh();
  const title = (one) => form.terms[spec.terms].find((found) => found.id === one)?.title;
  const control = h("input", {
    id,
    type: "text",
    "data-decrit": `${id}-aide`,
    "aria-required": spec.required ? "true" : null,
  });
  const element = h("div", { class: "champ" });
  const { error, show } = complaints(id, [control], element);
  const pick = (one) => {
    control.value = title(one);
    changed(element);
  };
  const list = combobox({ terms: form.lookup, vocabulary: spec.terms, input: control, pick });
  element.append(
    h("label", { for: id }, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    h("div", { class: "combobox" }, control, list),
  );
  return {
    element,
    at: () => null,
    show,
    id,
    focus: () => control.focus(),
    read: () =>
      control.value.trim() ? (form.lookup.resolve(spec.terms, control.value) ?? control.value.trim()) : undefined,
    fill(value) {
      const known = typeof value === "string" && form.lookup.get(spec.terms, value);
      control.value = known ? known.title : "";
      return known || value === undefined ? [] : [[[], value]];
    },
  };
}

/* Several terms, in an order. */

function termList(spec, form) {
  const id = fresh();
  const { lookup } = form;
  let chosen = [];
  const control = h("input", {
    id,
    type: "text",
    "data-decrit": `${id}-aide`,
    "aria-required": spec.required ? "true" : null,
  });
  const chips = h("ol", { class: "puces" });
  const limit = h("p", { class: "note" });
  const element = h("fieldset", { class: "champ" });
  const { error, show } = complaints(id, [control], element);
  const add = (one) => {
    if (!chosen.includes(one)) chosen.push(one);
    control.value = "";
    announce(`Ajouté : ${lookup.get(spec.terms, one).title}`);
    draw();
    changed(element);
  };
  const box = combobox({
    terms: lookup,
    vocabulary: spec.terms,
    input: control,
    pick: add,
    hidden: (one) => chosen.includes(one),
  });
  element.append(
    h("legend", {}, spec.title, optional(spec) || null),
    help(spec, id),
    error,
    chips,
    h(
      "div",
      { class: "combobox" },
      h("label", { for: id, class: "cache" }, `${spec.title} : chercher et ajouter`),
      control,
      box,
    ),
    limit,
  );
  control.placeholder = "Cherchez un nom, ou ouvrez la liste";

  function draw() {
    const most = chosen.length >= spec.most;
    chips.replaceChildren(...chosen.map(chip));
    chips.hidden = !chosen.length;
    control.parentElement.hidden = most;
    limit.textContent = most ? `${spec.most} au plus : retirez-en un pour en choisir un autre.` : "";
  }
  function chip(one, index) {
    const title = lookup.get(spec.terms, one).title;
    const act = (verb, sign, does, off) =>
      h(
        "button",
        {
          type: "button",
          class: "bouton discret signe",
          "aria-label": `${verb} : ${title}`,
          title: verb,
          disabled: off,
          onclick: does,
        },
        sign,
      );
    const swap = (step) => () => {
      [chosen[index], chosen[index + step]] = [chosen[index + step], chosen[index]];
      announce(`${title} : place ${index + step + 1} sur ${chosen.length}`);
      draw();
      focusOn(index + step, step < 0 ? 0 : 1);
      changed(element);
    };
    return h(
      "li",
      {},
      h("span", {}, title),
      chosen.length > 1 && act("Monter", "↑", swap(-1), index === 0),
      chosen.length > 1 && act("Descendre", "↓", swap(1), index === chosen.length - 1),
      act("Retirer", "×", () => {
        chosen.splice(index, 1);
        announce(`Retiré : ${title}`);
        draw();
        control.focus();
        changed(element);
      }),
    );
  }
  function focusOn(index, button) {
    const buttons = [...chips.children[index].querySelectorAll("button")];
    (buttons[button].disabled ? buttons.find((one) => !one.disabled) : buttons[button]).focus();
  }
  draw();

  return {
    element,
    at: () => null,
    show,
    id,
    focus: () => (control.parentElement.hidden ? chips.querySelector("button") : control).focus(),
    read() {
      const typed = control.value.trim();
      const all = typed ? [...chosen, lookup.resolve(spec.terms, typed) ?? typed] : chosen;
      return all.length ? [...all] : undefined;
    },
    fill(value = []) {
      const values = Array.isArray(value) ? value : [];
      const known = values.filter((one, index) => lookup.get(spec.terms, one) && values.indexOf(one) === index);
      const lost = values.flatMap((one, index) => (known.includes(one) ? [] : [[[index], one]]));
      chosen = known;
      control.value = "";
      draw();
      return Array.isArray(value) ? lost : [[[], value]];
    },
  };
}

/* Sub-fields together, and lists of texts or groups. */

function group(spec, form, { legend, tools } = {}) {
  const nested = Boolean(legend);
  const id = fresh();
  const parts = spec.fields.map((sub) => [
    sub.name,
    sub.most ? field(sub, form) : single(sub, form, { nested, free: !(spec.required && sub.required) }),
  ]);
  const element = h("fieldset", { class: nested ? "groupe" : "champ groupe", tabindex: "-1", id });
  const { error, show } = complaints(id, [element], element, { group: true });
  element.append(
    legend ?? h("legend", {}, spec.title, optional(spec) || null),
    nested ? "" : help(spec, id),
    error,
    h(
      "div",
      { class: "sous-champs" },
      parts.map(([, part]) => part.element),
    ),
    tools ?? "",
  );
  const named = new Map(parts);
  return {
    element,
    at: ([name, ...rest]) => found(named.get(name), rest),
    show,
    id,
    focus: () => parts[0][1].focus(),
    read() {
      const values = parts.map(([name, part]) => [name, part.read()]).filter(([, value]) => value !== undefined);
      return values.length ? Object.fromEntries(values) : undefined;
    },
    fill(value = {}) {
      const fits = typeof value === "object" && value !== null && !Array.isArray(value);
      const given = fits ? value : {};
      const strangers = Object.entries(given)
        .filter(([name]) => !named.has(name))
        .map(([name, one]) => [[name], one]);
      const lost = parts.flatMap(([name, part]) =>
        part.fill(given[name] ?? undefined).map(([path, one]) => [[name, ...path], one]),
      );
      return fits ? [...strangers, ...lost] : [[[], value]];
    },
  };
}

function list(spec, form) {
  const id = fresh();
  const inGroup = spec.kind === "group";
  let entries = [];
  const items = h("ol", { class: inGroup ? "entrees-groupes" : "entrees-textes" });
  const adder = h("button", { type: "button", class: "bouton ajouter", id, onclick: () => insert().focus() });
  const element = h("fieldset", { class: "champ liste", "data-decrit": `${id}-aide` });
  const { error, show } = complaints(id, [element], element, { group: true });
  element.append(h("legend", {}, spec.title, optional(spec) || null), help(spec, id), error, items, adder);
  const one = { ...spec, most: 0, required: spec.required };
  if (!inGroup) items.addEventListener("paste", paste, { capture: true });

  /** Several lines become as many entries, as long as there is room. */
  function paste(event) {
    const index = entries.findIndex(({ item }) => item.contains(event.target));
    const lines = unbulleted(event.clipboardData.getData("text/plain"), "")
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    const room = spec.most - entries.length;
    const [first, ...others] = [...lines.slice(0, room), lines.slice(room).join(" ")].filter(Boolean);
    event.target.setRangeText(first, event.target.selectionStart, event.target.selectionEnd, "end");
    const added = others.map((line) => insert(line));
    entries.splice(entries.length - added.length, added.length);
    entries.splice(index + 1, 0, ...added);
    number();
    (added.at(-1) ?? entries[index]).focus();
    changed(event.target);
  }

  function insert(value) {
    const tools = h("div", { class: "outils" });
    const legend = inGroup ? h("legend", {}) : null;
    const made = single(one, form, inGroup ? { legend, tools } : { hiddenLabel: spec.entry });
    if (value !== undefined) made.lost = made.fill(value);
    const entry = {
      ...made,
      tools,
      legend,
      label: made.element.querySelector("label"),
      item: h("li", {}, made.element, inGroup ? null : tools),
    };
    entries.push(entry);
    number();
    if (value === undefined) changed(element);
    return entry;
  }
  /** Puts the entries in their order, with their numbers and buttons. */
  function number() {
    entries.forEach((entry, index) => {
      const name = `${spec.entry} ${index + 1}`;
      (entry.legend ?? entry.label).textContent = name;
      const act = (verb, does, off) =>
        h(
          "button",
          { type: "button", class: "bouton discret", "aria-label": `${verb} : ${name}`, disabled: off, onclick: does },
          verb,
        );
      const several = entries.length > 1;
      entry.tools.replaceChildren(
        ...(several
          ? [
              act("Monter", () => move(index, -1), index === 0),
              act("Descendre", () => move(index, 1), index === entries.length - 1),
            ]
          : []),
        ...(several || !spec.required ? [act("Retirer", () => remove(index))] : []),
      );
    });
    if (entries.some(({ item }, index) => items.children[index] !== item) || items.children.length !== entries.length)
      items.replaceChildren(...entries.map(({ item }) => item));
    items.hidden = !entries.length;
    adder.textContent = entries.length >= spec.most ? `${spec.most} au plus` : spec.add;
    adder.disabled = entries.length >= spec.most;
  }
  function move(index, step) {
    [entries[index], entries[index + step]] = [entries[index + step], entries[index]];
    number();
    announce(`${spec.entry} : place ${index + step + 1} sur ${entries.length}`);
    const buttons = [...entries[index + step].tools.children];
    const again = buttons[step < 0 ? 0 : 1];
    (again.disabled ? buttons.find((button) => !button.disabled) : again).focus();
    changed(element);
  }
  function remove(index) {
    entries.splice(index, 1);
    number();
    announce(`Retiré : ${spec.entry} ${index + 1}`);
    adder.focus();
    changed(element);
  }
  if (spec.required) insert();
  number();

  const filled = () => entries.filter((entry) => entry.read() !== undefined);
  return {
    element,
    at: ([index, ...rest]) => found(filled()[index] ?? entries[index], rest),
    show,
    id,
    focus: () => (entries[0] ?? { focus: () => adder.focus() }).focus(),
    read() {
      const values = filled().map((entry) => entry.read());
      return values.length ? values : undefined;
    },
    fill(value = []) {
      const values = Array.isArray(value) ? value : [];
      entries = [];
      items.replaceChildren();
      const lost = values.flatMap((each, index) => insert(each).lost.map(([path, what]) => [[index, ...path], what]));
      if (spec.required && !entries.length) insert();
      number();
      return Array.isArray(value) ? lost : [[[], value]];
    },
  };
}

const found = (part, path) => (path.length && part ? (part.at(path) ?? part) : part);
