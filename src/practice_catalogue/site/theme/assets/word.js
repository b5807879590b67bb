// Writes Word documents (.docx): headings, paragraphs and tables whose cells may hold lists, packed without compression.

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const WIDTH = 9638; // of a line, in twentieths of a point: A4 between margins of 2 cm
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu; // characters that XML does not allow

const escape = (text) =>
  text.replace(FORBIDDEN, "\uFFFD").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const run = (text) => (text ? `<w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r>` : "");
const paragraph = (text, style = "Normal", more = "") => `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${run(text)}</w:p>`;

/* Several lines are a list. */
function lines(text, style) {
  const all = text.split(/\r?\n/).filter((line) => line.trim());
  return all.length > 1 ? all.map((line) => paragraph(line, "ListBullet")).join("") : paragraph(all[0] ?? "", style);
}

function table({ columns, widths, rows }) {
  const parts = widths.map((part) => Math.round((part * WIDTH) / widths.reduce((sum, one) => sum + one)));
  const cell = (text, column, style) => `<w:tc><w:tcPr><w:tcW w:w="${parts[column]}" w:type="dxa"/></w:tcPr>${lines(text, style)}</w:tc>`;
  const head = columns.map((text, column) => cell(text, column, "TableHeading")).join("");
  const body = rows.map((row) => `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="560" w:hRule="atLeast"/></w:trPr>${row.map((text, column) => cell(text, column, column ? "TableText" : "TableHeading")).join("")}</w:tr>`);
  return (
    `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="${WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>` +
    `<w:tblGrid>${parts.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>` +
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head}</w:tr>${body.join("")}</w:tbl>${paragraph("")}`
  );
}

const block = ({ heading, text, style, rows, newPage, ...rest }) => {
  if (rows) return table({ rows, ...rest });
  return paragraph(text, heading ? `Heading${heading}` : style, newPage ? "<w:pageBreakBefore/>" : "");
};

const style = (id, name, { kind = "paragraph", based = "Normal", next = "Normal", paragraphs = "", runs = "" }) =>
  `<w:style w:type="${kind}" w:styleId="${id}"${id === "Normal" ? ' w:default="1"' : ""}><w:name w:val="${name}"/>` +
  (id === "Normal" ? "" : `<w:basedOn w:val="${based}"/><w:next w:val="${next}"/>`) +
  `<w:qFormat/><w:pPr>${paragraphs}</w:pPr><w:rPr>${runs}</w:rPr></w:style>`;

const heading = (level, size, before) =>
  style(`Heading${level}`, `heading ${level}`, {
    paragraphs: `<w:keepNext/><w:keepLines/><w:spacing w:before="${before}" w:after="80"/><w:outlineLvl w:val="${level - 1}"/>`,
    runs: `<w:b/><w:color w:val="1F4280"/><w:sz w:val="${size}"/>`,
  });

const edge = (side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>`;

const STYLES =
  `<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>` +
  `<w:sz w:val="21"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
  style("Normal", "Normal", {}) +
  style("Title", "Title", { paragraphs: '<w:spacing w:after="60"/>', runs: '<w:b/><w:color w:val="1F4280"/><w:sz w:val="44"/>' }) +
  style("Subtitle", "Subtitle", { paragraphs: '<w:spacing w:after="240"/>', runs: '<w:color w:val="595959"/><w:sz w:val="24"/>' }) +
  heading(1, 32, 360) +
  heading(2, 26, 280) +
  heading(3, 23, 200) +
  style("ListBullet", "List Bullet", {
    next: "ListBullet",
    paragraphs: '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/><w:ind w:left="284" w:hanging="284"/><w:contextualSpacing/>',
  }) +
  style("TableText", "Table Text", { next: "TableText", paragraphs: '<w:spacing w:before="40" w:after="40"/>' }) +
  style("TableHeading", "Table Heading", { next: "TableText", paragraphs: '<w:spacing w:before="40" w:after="40"/>', runs: "<w:b/>" }) +
  style("Source", "Source", { runs: '<w:color w:val="595959"/><w:sz w:val="18"/>' }) +
  `<w:style w:type="table" w:styleId="TableNormal" w:default="1"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
  `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map(edge).join("")}</w:tblBorders></w:tblPr></w:style></w:styles>`;

const NUMBERING =
  `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>` +
  `<w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>` +
  `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;

const FOOTER = `<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="Source"/><w:jc w:val="right"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`;

const relations = (all) =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`).join("")}</Relationships>`;

const PARTS = { document: "main", styles: "", numbering: "", footer: "" };
const TYPES =
  `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
  Object.entries(PARTS)
    .map(([name, kind]) => `<Override PartName="/word/${name}.xml" ContentType="${KIND}.${name}${kind && `.${kind}`}+xml"/>`)
    .join("") +
  `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const properties = (title, date) =>
  `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
  `<dc:title>${escape(title)}</dc:title><dc:language>fr-FR</dc:language>` +
  ["created", "modified"].map((name) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date.toISOString().slice(0, 19)}Z</dcterms:${name}>`).join("") +
  `</cp:coreProperties>`;

/**
 * Returns the bytes of a document. Blocks are `{heading: 1 to 3, text, newPage}`, `{text, style}` with a style of Word (Title,
 * Subtitle, Normal, Source), or `{columns, widths, rows}`, a table of texts whose first column is bold.
 */
export function wordDocument(title, blocks, date = new Date()) {
  const body = blocks.map(block).join("");
  const page = `<w:sectPr><w:footerReference w:type="default" r:id="r3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`;
  const files = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": relations([
      ["r1", `${OFFICE}/officeDocument`, "word/document.xml"],
      ["r2", `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ]),
    "word/document.xml": `<w:document ${W} ${R}><w:body>${body}${page}</w:body></w:document>`,
    "word/_rels/document.xml.rels": relations(["styles", "numbering", "footer"].map((name, number) => [`r${number + 1}`, `${OFFICE}/${name}`, `${name}.xml`])),
    "word/styles.xml": STYLES,
    "word/numbering.xml": NUMBERING,
    "word/footer.xml": FOOTER,
    "docProps/core.xml": properties(title, date),
  };
  return zip(Object.entries(files).map(([name, text]) => [name, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`]));
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let value = ~0;
  for (const byte of bytes) value = CRC[(value ^ byte) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

/* Returns numbers as bytes, the lowest byte first: `[value, number of bytes]`. */
const little = (...numbers) => Uint8Array.from(numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 255)));

/* Returns a ZIP archive of texts, stored as they are; all dates are the 1st of January 1980, the first of the format. */
function zip(files) {
  const encoder = new TextEncoder();
  const entries = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, content] = [encoder.encode(name), encoder.encode(text)];
    const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(content), 4], [content.length, 4], [content.length, 4], [path.length, 2], [0, 2]];
    entries.push(little([0x04034b50, 4], ...common), path, content);
    directory.push(little([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), path);
    offset += 30 + path.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = little([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [size, 4], [offset, 4], [0, 2]);
  const all = [...entries, ...directory, end];
  const archive = new Uint8Array(offset + size + end.length);
  let at = 0;
  for (const part of all) {
    archive.set(part, at);
    at += part.length;
  }
  return archive;
}
