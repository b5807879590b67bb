// Text fields (one line, several lines, dates, addresses, amounts), with a counter; they remove invalid characters.

import { begun, changed, help, optional } from "./around.js";
import { announce, fresh, h } from "./dom.js";
import { isoDate, plainSigns, readAmount } from "./values.js";

const MODES = { email: "email", phone: "tel", web: "url", amount: "numeric" };
const NUMBERS = ["date", "partial-date", "years", "phone"];

/** A text field; `hiddenLabel` is the label of a list entry, which has no title or help of its own. */
export function text(spec, form, { hiddenLabel = "" } = {}) {
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
    class: [...NUMBERS, "amount"].includes(spec.kind)
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
  const { error, base } = begun(id, [control], element);
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
    const good = unbulleted(pasted, spec.kind === "text" ? "- " : "", form);
    if (good === pasted) return;
    event.preventDefault();
    control.setRangeText(good, control.selectionStart, control.selectionEnd, "end");
    changed(control);
  });
  control.addEventListener("change", () => {
    const said = written(control.value, spec, form);
    if (said === control.value) return;
    control.value = said;
    changed(control);
  });
  if (long)
    control.addEventListener("blur", () => control.value.length > 0.9 * spec.max && announce(counter.textContent));
  count();

  return {
    ...base,
    focus: () => control.focus(),
    read() {
      const value = control.value.normalize("NFC").trim();
      if (value === "" || value === spec.default) return undefined;
      if (spec.kind === "amount") return readAmount(value, form).euros ?? value;
      return NUMBERS.includes(spec.kind) ? plainSigns(value, form) : value;
    },
    fill(value) {
      const fits = ["string", "number", "undefined"].includes(typeof value);
      control.value = fits ? cleaned(String(value ?? spec.default ?? ""), spec, form) : "";
      count();
      return fits ? [] : [[[], value]];
    },
  };
}

/** Returns a date in ISO format or an amount in digits, as the file will have it; other text is returned unchanged. */
function written(value, spec, form) {
  if (spec.kind === "amount") return String(readAmount(value, form).euros ?? value);
  return (["date", "partial-date"].includes(spec.kind) && isoDate(value, form)) || value;
}

/** Replaces the bullets of a word processor at the start of lines with `sign`. */
export const unbulleted = (text, sign, form) =>
  text.replace(new RegExp(`^[ \\t\\u00a0]*(?:${form.patterns.bullet})`, "gmu"), sign);

/** Cleans text for a file: pasted text may contain invisible characters and line breaks. */
function cleaned(value, spec, form) {
  const lines = value
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replaceAll("\t", " ");
  return visible(spec.kind === "text" ? lines : lines.replaceAll("\n", " "), form);
}

/** Removes control, invisible, private and unassigned characters, and excess combining marks. */
const visible = (value, form) => value.replace(new RegExp(`[^\\P{C}\\n\\t\\r]|${form.patterns.unseen}`, "gu"), "$1");
