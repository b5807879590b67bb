// The fields of the form, each an object `{element, read, fill, at, show, focus}`.
// `read` returns plain data, undefined if empty; `fill` takes such data and returns `[path, value]` pairs for what does
// not fit the field; `at` returns the field at a path; `show` takes a problem to display, or null.

import { begun, beyond, changed, help, optional } from "./around.js";
import { term, termList } from "./choices.js";
import { announce, fresh, h } from "./dom.js";
import { text, unbulleted } from "./text.js";

/** Creates a field, a list of fields or a group from its description in the model. */
export function field(spec, form) {
  if (!spec.most) return single(spec, form);
  return spec.kind === "terms" ? termList(spec, form) : list(spec, form);
}

function single(spec, form, place = {}) {
  if (spec.kind === "group") return group(spec, form, place);
  return spec.kind === "terms" ? term(spec, form, place) : text(spec, form, place);
}

/* Groups of sub-fields, and lists of texts or groups. */

function group(spec, form, { legend, tools } = {}) {
  const nested = Boolean(legend);
  const id = fresh();
  const parts = spec.fields.map((sub) => [
    sub.name,
    sub.most ? field(sub, form) : single(sub, form, { nested, free: !(spec.required && sub.required) }),
  ]);
  const element = h("fieldset", { class: nested ? "groupe" : "champ groupe", tabindex: "-1", id });
  const { error, base } = begun(id, [element], element, { group: true });
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
    ...base,
    at: ([name, ...rest]) => found(named.get(name), rest),
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
  const { error, base } = begun(id, [element], element, { group: true });
  element.append(h("legend", {}, spec.title, optional(spec) || null), help(spec, id), error, items, adder);
  const one = { ...spec, most: 0, required: spec.required };
  if (!inGroup) items.addEventListener("paste", paste, { capture: true });

  /** Splits pasted lines into one entry each, up to the maximum number of entries. */
  function paste(event) {
    const index = entries.findIndex(({ item }) => item.contains(event.target));
    const lines = unbulleted(event.clipboardData.getData("text/plain"), "", form)
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
  /** Updates the order, numbers and buttons of the entries. */
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
    ...base,
    at: ([index, ...rest]) => found(filled()[index] ?? entries[index], rest),
    focus: () => (entries[0] ?? { focus: () => adder.focus() }).focus(),
    read() {
      const values = filled().map((entry) => entry.read());
      return values.length ? values : undefined;
    },
    fill(value = []) {
      const values = Array.isArray(value) ? value.slice(0, spec.most) : [];
      entries = [];
      items.replaceChildren();
      const lost = values.flatMap((each, index) => insert(each).lost.map(([path, what]) => [[index, ...path], what]));
      if (spec.required && !entries.length) insert();
      number();
      return Array.isArray(value) ? [...lost, ...beyond(value, spec.most)] : [[[], value]];
    },
  };
}

const found = (part, path) => (path.length && part ? (part.at(path) ?? part) : part);
