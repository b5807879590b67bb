// Writes a fiche as YAML, which the strict reader (practice_catalogue/validation/yaml_reader.py) reads back unchanged.

const WIDTH = 100;
const RESERVED = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
const PLAIN = /^[\p{L}«(][^\n]*$/u;

/** Returns the text of a file; `heading` are the comments at its start. */
export function fileText(data, form, heading = []) {
  return [...heading, ...fieldsIn(data, form).map((name) => fieldText(name, data[name]))].join("\n") + "\n";
}

const fieldsIn = (data, form) => Object.keys(form.fields).filter((name) => data[name] !== undefined);

function fieldText(name, value, indent = "") {
  if (Array.isArray(value)) return listText(name, value, indent);
  if (typeof value === "object") return [`${indent}${name}:`, ...groupLines(value, `${indent}  `)].join("\n");
  return `${indent}${name}: ${scalar(value, `${indent}  `)}`;
}

const groupLines = (group, indent) => Object.entries(group).map(([name, value]) => fieldText(name, value, indent));

function listText(name, values, indent) {
  const flow = `${indent}${name}: [${values.join(", ")}]`;
  if (
    values.every((value) => typeof value === "string" && /^[a-z][a-z0-9-]*$/.test(value) && !RESERVED.test(value)) &&
    flow.length <= WIDTH
  )
    return flow;
  return [`${indent}${name}:`, ...values.map((value) => entry(value, `${indent}  `))].join("\n");
}

function entry(value, indent) {
  if (typeof value !== "object") return `${indent}- ${scalar(value, `${indent}  `)}`;
  return `${indent}- ${groupLines(value, `${indent}  `).join("\n").trimStart()}`;
}

/** Writes a value as YAML; lines after the first are indented by `indent`. */
function scalar(value, indent) {
  if (typeof value === "number") return String(value);
  if (value.includes("\t")) return quoted(value);
  if (value.includes("\n")) return ["|", ...value.split("\n").map((line) => (line ? indent + line : ""))].join("\n");
  const lines = folded(value, WIDTH - indent.length);
  if (lines.length > 1) return [">-", ...lines.map((line) => indent + line)].join("\n");
  return isPlain(value) ? value : quoted(value);
}

const ESCAPES = { "\n": "\\n", "\t": "\\t", "\\": "\\\\", '"': '\\"' };
const quoted = (text) => `"${text.replace(/[\n\t\\"]/g, (char) => ESCAPES[char])}"`;

function isPlain(text) {
  return PLAIN.test(text) && !/: | #|:$/.test(text) && !RESERVED.test(text);
}

/** Folds text into lines, which YAML joins with a space: breaks only at single spaces between words. */
function folded(text, width) {
  const lines = [""];
  for (const word of text.replace(/([^ ]) (?=[^ ])/g, "$1\n").split("\n")) {
    const last = lines.length - 1;
    if (lines[last] && [...lines[last]].length + 1 + [...word].length > width) lines.push(word);
    else lines[last] += lines[last] ? ` ${word}` : word;
  }
  return lines;
}

/* Correction of an existing file, which is published without its comments: unchanged fields keep their exact text. */

/** Returns the text of a file with new data; `before` and `after` are the old and the new data. */
export function corrected(text, before, after, form) {
  const { head, blocks } = split(text);
  const order = Object.keys(form.fields);
  const known = blocks.map(({ name }) => name);
  const added = fieldsIn(after, form).filter((name) => !known.includes(name));
  const lines = [...head];
  for (const { name, body } of blocks) {
    while (added.length && order.indexOf(added[0]) < order.indexOf(name))
      lines.push(fieldText(added[0], after[added.shift()]));
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) lines.push(...body);
    else if (after[name] !== undefined) lines.push(fieldText(name, after[name]), ...blankLines(body));
  }
  lines.push(...added.map((name) => fieldText(name, after[name])));
  return `${lines.join("\n")}\n`;
}

const blankLines = (body) => body.slice(body.findLastIndex((line) => line.trim()) + 1);

/** Splits a file into the lines before its first field, and its fields in order, each with its lines. */
function split(text) {
  const head = [];
  const blocks = [];
  for (const line of text.replace(/\n+$/, "").split("\n")) {
    const name = /^([a-z_]+)\s*:(?:\s|$)/.exec(line)?.[1];
    if (name) blocks.push({ name, body: [line] });
    else (blocks.at(-1)?.body ?? head).push(line);
  }
  return { head, blocks };
}
