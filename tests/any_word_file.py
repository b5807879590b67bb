"""Word files with all kinds of parts that programs write, made of numbered words; for property tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as some

TRANSITIONAL = "http://schemas.openxmlformats.org"
STRICT = {
    f"{TRANSITIONAL}/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    f"{TRANSITIONAL}/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    f"{TRANSITIONAL}/officeDocument/2006/math": "http://purl.oclc.org/ooxml/officeDocument/math",
}
"""Namespaces of transitional files → those of strict ones."""

SPACES = (
    f'xmlns:w="{TRANSITIONAL}/wordprocessingml/2006/main" xmlns:r="{TRANSITIONAL}/officeDocument/2006/relationships"'
    f' xmlns:m="{TRANSITIONAL}/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml"'
)
KINDS = f"{TRANSITIONAL}/officeDocument/2006/relationships"


@dataclass
class WordFile:
    """A file that is being made: its body, its other parts, and its words: those to draft and those to tell apart."""

    body: str = ""
    parts: dict[str, bytes] = field(default_factory=dict)
    relationships: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def word(self) -> str:
        self.shown.append(f"mot{next(self.numbers)}x")
        return self.shown[-1]

    def word_apart(self) -> str:
        self.apart.append(f"part{next(self.numbers)}x")
        return self.apart[-1]

    def relate(self, kind: str, target: str, mode: str = "") -> str:
        name = f"rId{len(self.relationships) + 1}"
        outside = ' TargetMode="External"' if mode else ""
        self.relationships.append(f'<Relationship Id="{name}" Type="{KINDS}/{kind}" Target="{target}"{outside}/>')
        return name

    def add_part(self, kind: str, name: str, content: str) -> str:
        self.parts[name] = content.encode()
        return self.relate(kind, name)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text} </w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def field_of(instruction: str, shown: str = "", form: str = "") -> str:
    separated = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}' if shown else ""
    data = f"<w:ffData><w:enabled/>{form}</w:ffData>" if form else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>{separated}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def link(file: WordFile) -> str:
    target = file.relate("hyperlink", f"https://{file.word()}.lu/", "External")
    return f'<w:hyperlink r:id="{target}">{run(file.word())}</w:hyperlink>'


def drop_down(file: WordFile) -> str:
    entries = f'<w:listEntry w:val="autre"/><w:listEntry w:val="{file.word()}"/>'
    return field_of("FORMDROPDOWN", form=f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')


def equation(file: WordFile) -> str:
    a, b, c, d = (f"<m:r><m:t>{file.word()}</m:t></m:r>" for _ in range(4))
    fraction = f"<m:f><m:num>{a}</m:num><m:den>{b}</m:den></m:f>"
    return f"<m:oMath>{fraction}<m:r><m:t> + </m:t></m:r><m:sSup><m:e>{c}</m:e><m:sup>{d}</m:sup></m:sSup></m:oMath>"


def ruby(file: WordFile) -> str:
    above, base = run(file.word()), run(file.word())
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"


def text_box(file: WordFile) -> str:
    inside = f"<w:txbxContent>{paragraph(run(file.word()))}</w:txbxContent>"
    shape = (
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>'
        f"<wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
    )
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="b"/>'
        f"<a:graphic>{shape}</a:graphic></wp:inline></w:drawing>"
    )
    old = f'<w:pict><v:shape style="width:90pt;height:90pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def note(kind: str, file: WordFile) -> str:
    number = file.notes.get(kind, "").count(f"<w:{kind} ") + 1
    author = ' w:author="A" w:date="2017-02-11T00:00:00Z"' if kind == "comment" else ""
    said = f'<w:{kind} w:id="{number}"{author}>{paragraph(run(file.word()))}</w:{kind}>'
    file.notes[kind] = file.notes.get(kind, "") + said
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


CHANGED = 'w:id="1" w:author="A" w:date="2017-02-11T00:00:00Z"'

INLINE: dict[str, Callable[[WordFile], str]] = {
    "words": lambda file: run(file.word()),
    "bold": lambda file: run(file.word(), "<w:b/>"),
    "raised": lambda file: run(file.word()) + run("2", '<w:vertAlign w:val="superscript"/>'),
    "struck": lambda file: run(file.word_apart(), "<w:strike/>"),
    "hidden": lambda file: run(file.word_apart(), "<w:vanish/>"),
    "hidden by a style": lambda file: run(file.word_apart(), '<w:rStyle w:val="Cache"/>'),
    "not struck": lambda file: run(file.word(), '<w:strike w:val="0"/>'),
    "inserted": lambda file: f"<w:ins {CHANGED}>{run(file.word())}</w:ins>",
    "deleted": lambda file: f"<w:del {CHANGED}><w:r><w:delText>{file.word_apart()}</w:delText></w:r></w:del>",
    "moved": lambda file: f"<w:moveTo {CHANGED}>{run(file.word())}</w:moveTo>",
    "smart tag": lambda file: f'<w:smartTag w:uri="u" w:element="e">{run(file.word())}</w:smartTag>',
    "direction": lambda file: f'<w:bdo w:val="ltr">{run(file.word())}</w:bdo>',
    "link": link,
    "link field": lambda file: field_of(f'HYPERLINK "https://{file.word()}.lu/"', run(file.word())),
    "simple field": lambda file: (
        f"<w:fldSimple w:instr=' HYPERLINK \"https://{file.word()}.lu/\" '>{run(file.word())}</w:fldSimple>"
    ),
    "field in a field": lambda file: field_of("QUOTE", run(file.word()) + field_of("QUOTE", run(file.word()))),
    "drop-down": drop_down,
    "tick": lambda file: field_of("FORMCHECKBOX", form="<w:checkBox><w:checked/></w:checkBox>") + run(file.word()),
    "field of text": lambda file: field_of("FORMTEXT", run(file.word()), "<w:textInput/>"),
    "control": lambda file: control(run(file.word()), "<w:text/>"),
    "tick control": lambda file: (
        control(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>') + run(file.word())
    ),
    "symbol": lambda file: '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + run(file.word()),
    "unknown symbol": lambda file: '<w:r><w:sym w:font="Wingdings" w:char="F0D1"/></w:r>' + run(file.word()),
    "line break": lambda file: "<w:r><w:br/></w:r>" + run(file.word()),
    "equation": equation,
    "ruby": ruby,
    "text box": text_box,
    "footnote": lambda file: note("footnote", file),
    "endnote": lambda file: note("endnote", file),
    "comment": lambda file: note("comment", file),
}
"""Kinds of content of a paragraph."""


def table(file: WordFile) -> str:
    cells = "".join(f"<w:tc><w:tcPr/>{paragraph(run(file.word()))}</w:tc>" for _ in range(2))
    in_control = control(f"<w:tc><w:tcPr/>{paragraph(run(file.word()))}</w:tc>")
    rows = f"<w:tr>{cells}</w:tr>" + control(
        f"<w:tr><w:tc><w:tcPr/>{paragraph(run(file.word()))}</w:tc>{in_control}</w:tr>"
    )
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{grid}{rows}</w:tbl>' + paragraph("")


def pasted(kind: str, content: str, file: WordFile) -> str:
    name = f"part{len(file.parts)}.{kind}"
    return f'<w:altChunk r:id="{file.add_part("aFChunk", name, content)}"/>'


def deleted_mark(file: WordFile) -> str:
    """A word of which the half stands in a paragraph whose mark was deleted."""
    word = file.word()
    mark = f"<w:rPr><w:del {CHANGED}/></w:rPr>"
    return paragraph(f"<w:r><w:t>{word[:3]}</w:t></w:r>", mark) + paragraph(run(word[3:]))


def header(file: WordFile) -> str:
    said = f"<w:hdr {SPACES}>{paragraph(run(file.word()))}</w:hdr>"
    name = file.add_part("header", f"header{len(file.parts)}.xml", said)
    section = f'<w:sectPr><w:headerReference w:type="default" r:id="{name}"/><w:type w:val="continuous"/></w:sectPr>'
    return paragraph("", section)


BLOCKS: dict[str, Callable[[WordFile], str]] = {
    "paragraph": lambda file: paragraph(run(file.word())),
    "style": lambda file: paragraph(run(file.word()), '<w:pStyle w:val="Nulle"/>'),
    "list by a style": lambda file: paragraph(
        run(file.word()), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    ),
    "table": table,
    "control": lambda file: control(paragraph(run(file.word())), '<w:tag w:val="inconnu"/>'),
    "custom": lambda file: f'<w:customXml w:element="e">{paragraph(run(file.word()))}</w:customXml>',
    "contents": lambda file: control(
        paragraph(run(file.word()) + "<w:r><w:tab/></w:r>" + run("1"), '<w:pStyle w:val="TOC1"/>'),
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
    ),
    "deleted mark": deleted_mark,
    "HTML": lambda file: pasted("html", f"<html><body><p>{file.word()} <b>{file.word()}</b></p></body></html>", file),
    "text": lambda file: pasted("txt", f"{file.word()}\n{file.word()}", file),
    "web archive": lambda file: pasted(
        "mht", f"MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>{file.word()}</p></body></html>", file
    ),
    "header": header,
}
"""Kinds of blocks."""

NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Puces"/><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Puces"/>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Cache"><w:name w:val="Cache"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="numbering" w:styleId="Puces"><w:name w:val="Puces"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    "</w:numPr></w:pPr></w:style>"
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="html" ContentType="text/html"/>'
    '<Default Extension="txt" ContentType="text/plain"/><Default Extension="mht" ContentType="message/rfc822"/>'
    '<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    '.document.main+xml"/></Types>'
)


def relationships(entries: str) -> bytes:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    ).encode()


@dataclass(frozen=True)
class Plan:
    """What a file has: kinds of inline content and of blocks in order, the name of its main part, its namespaces."""

    inline: tuple[str, ...]
    blocks: tuple[str, ...]
    main: str = "word/document.xml"
    strict: bool = False


plans = some.builds(
    Plan,
    some.lists(some.sampled_from(sorted(INLINE)), max_size=8).map(tuple),
    some.lists(some.sampled_from(sorted(BLOCKS)), max_size=6).map(tuple),
    some.sampled_from(["word/document.xml", "word/document2.xml", "texte/Principal.xml"]),
    some.booleans(),
)


def word_file(plan: Plan) -> tuple[bytes, WordFile]:
    """Makes the file of a plan; returns its bytes and its words."""
    file = WordFile()
    file.body = paragraph(run("Le potager")) + paragraph(run("Objectif :")) + paragraph(run(file.word()))
    file.body += paragraph(run("Brève description :")) + paragraph("".join(INLINE[kind](file) for kind in plan.inline))
    file.body += "".join(BLOCKS[kind](file) for kind in plan.blocks)
    file.body += paragraph(run("Contact :")) + paragraph(run(file.word()))
    return packed(file, plan), file


def packed(file: WordFile, plan: Plan = Plan((), ())) -> bytes:  # immutable
    """Returns the bytes of a file with its notes, styles and lists, under the names of a plan."""
    for kind, said in file.notes.items():
        file.add_part(f"{kind}s", f"{kind}s.xml", f"<w:{kind}s {SPACES}>{said}</w:{kind}s>")
    file.add_part("numbering", "numbering.xml", f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>")
    file.add_part("styles", "styles.xml", f"<w:styles {SPACES}>{STYLES}</w:styles>")
    folder, _, name = plan.main.rpartition("/")
    main = f"<w:document {SPACES}><w:body>{file.body}<w:sectPr/></w:body></w:document>"
    start = f'<Relationship Id="rId1" Type="{KINDS}/officeDocument" Target="{plan.main}"/>'
    contents = {
        "[Content_Types].xml": CONTENT_TYPES.format(main=plan.main).encode(),
        "_rels/.rels": relationships(start),
        plan.main: main.encode(),
        f"{folder}/_rels/{name}.rels": relationships("".join(file.relationships)),
        **{f"{folder}/{part}": content for part, content in file.parts.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, content in contents.items():
            archive.writestr(zipfile.ZipInfo(part), _in_namespaces(content) if plan.strict else content)
    return made.getvalue()


def _in_namespaces(content: bytes) -> bytes:
    for transitional, strict in STRICT.items():
        content = content.replace(transitional.encode(), strict.encode())
    return content
