"""Measures → the page of results and its pictures, and the table of goals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.goals import goals
from benchmarks.machine import Setting
from benchmarks.measures import Measure, Measures
from benchmarks.plot import plot
from benchmarks.series import FULL

TITLES = {
    "checking": "Checking",
    "publishing": "Publishing",
    "booklet": "The booklet",
}
TEXTS = {
    "checking": """Every side is a whole command, from its start to its end, on the same files.
check-jsonschema reads YAML with ruamel.yaml; as its package installs it that is the reader written in
Python. With the C reader beside it, which a user has to know of, it is another program, so both are shown.
Schemas cannot say what our rules across fields and across fiches say, nor point to a line. rapidyaml is the
fastest parser for Python that we found to give the same data as PyYAML on all these files.""",
    "publishing": """Ours makes the fiches, all index pages, map, explorer, figures, exports, share images,
booklets and the search index. Material has a page a fiche, tags and its own search; Zensical reads the same
project. Its menu leads to the lists only, as ours does: with all pages in the menu, which is the default,
each of its pages would grow with the catalogue. Hugo has a plainer page, three taxonomies and one JSON of
all texts instead of a search. The disk alone writes our finished files. All builds start from nothing: no
site, no cache.""",
    "booklet": """Ours reads and checks the fiches, fits each to its spread, and makes tagged PDF/UA-1
with maps, QR codes and indexes. WeasyPrint is given the finished HTML of the same book, in the same data:
maps, codes, thumb marks, running heads, page numbers, indexes, bookmarks and tags for PDF/UA-1. The real fiches,
repeated under other titles, are about as long as the synthetic ones.""",
}


def report(measures: Measures, setting: Setting, profile: str) -> dict[str, str]:
    """The files of the report: name within `benchmarks/` → text. `profile` says where the time goes, in Markdown."""
    works = [work for work in TITLES if measures.sides(work)]
    parts = [
        _head(setting),
        "## Goals\n\n" + table_of_goals(measures),
        *(_series(work, measures) for work in works),
        _editing(measures),
        _searching(measures),
        "## Where the time goes\n\n" + profile,
        _versions(setting),
    ]
    pictures = {name: text for work in works for name, text in _pictures(work, measures)}
    return {"RESULTS.md": "\n".join(part for part in parts if part), **pictures}


def summary(measures: Measures) -> str:
    """Times and ratios alone, for those who only want to see that all runs."""
    return "\n".join(f"{TITLES[work]}\n\n{_times(work, measures)}" for work in TITLES if measures.sides(work))


def table_of_goals(measures: Measures) -> str:
    """Goal, figure, pass or fail."""
    said = {True: "pass", False: "**fail**", None: "not measured"}
    rows = [(one.work, one.goal, one.figure, said[one.met]) for one in goals(measures)]
    return _table(("work", "goal", "measured", ""), rows, others="---")


def _head(setting: Setting) -> str:
    return f"""# Benchmarks

Made by `make bench` on {setting.date} at {setting.commit}: {setting.machine}.

Synthetic catalogues are filled in as the real fiches are (`benchmarks/synthetic.py`): as often, as long, with the same
terms, and with words that stand in as many fiches as words of the real ones do (figures in `ARCHITECTURE.md`). The
smallest catalogue is the real one. Times are medians of {FULL} runs, in which the sides take turns; where a run takes
long there are fewer, with their number in brackets. A ratio is the median of the ratios of the rounds. Memory is what
all processes of a command hold together at their most.
"""


def _series(work: str, measures: Measures) -> str:
    return "\n".join(
        (
            f"## {TITLES[work]}\n\n{TEXTS[work]}\n",
            f"![Seconds over the number of fiches](results/{work}-seconds.svg)\n",
            _times(work, measures),
            f"![Megabytes over the number of fiches](results/{work}-megabytes.svg)\n",
            _table(
                _over_sizes("megabytes", work, measures),
                (
                    (side, *(_memory(measures, work, side, size) for size in measures.sizes(work)))
                    for side in measures.sides(work)
                ),
            ),
            *_left_out(work, measures),
        )
    )


def _times(work: str, measures: Measures) -> str:
    sides, sizes = measures.sides(work), measures.sizes(work)
    times = [(side, *(_time(measures.get(work, side, size)) for size in sizes)) for side in sides]
    ratios = [(side, *(_ratio(measures.ratio(work, side, sides[0], size)) for size in sizes)) for side in sides[1:]]
    tables = (
        _table(_over_sizes("seconds", work, measures), times),
        _table(_over_sizes(f"times as long as {sides[0]}", work, measures), ratios),
    )
    return "\n".join(tables)


def _over_sizes(what: str, work: str, measures: Measures) -> list[str]:
    return [what, *(f"{size:,}" for size in measures.sizes(work))]


def _pictures(work: str, measures: Measures) -> Iterator[tuple[str, str]]:
    for what, unit in (("seconds", "s"), ("megabytes", "MB")):
        lines = {
            side: [
                (float(size), value)
                for size in measures.sizes(work)
                if (value := measures.value(work, side, size, what))
            ]
            for side in measures.sides(work)
        }
        if any(lines.values()):
            yield f"results/{work}-{what}.svg", plot(f"{TITLES[work]}: {what}", unit, lines)


def _left_out(work: str, measures: Measures) -> Iterator[str]:
    """Why there is no value, a line a side."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in measures:
        if one.work == work and not one.values:
            reasons.setdefault((one.side, one.note), []).append(f"{one.fiches:,}")
    if reasons:
        yield "\n".join(f"- {side} at {', '.join(sizes)}: {note}" for (side, note), sizes in reasons.items()) + "\n"


def _editing(measures: Measures) -> str:
    if not measures.sides("editing"):
        return ""
    rows = [
        (one.side, f"{one.fiches:,}", _time(one)) for one in measures if one.work == "editing" and one.what == "seconds"
    ]
    text = """The preview is the real `serve`: the time runs from the saved file to the first answer that shows the
change; but for the first edit, while the site is being made anew because of the last one. The repeated build follows
a full one in the same folder after one title was changed."""
    return "\n".join(
        (f"## One fiche edited\n\n{text}\n", _table(("", "fiches", "seconds"), rows), *_left_out("editing", measures))
    )


def _searching(measures: Measures) -> str:
    sides = measures.sides("searching")
    if not sides:
        return ""
    whats = ("milliseconds", "kilobytes")
    rows = [
        (f"{size:,}", side, *(_number(measures.value("searching", side, size, what)) for what in whats))
        for size in measures.sizes("searching")
        for side in sides
    ]
    answered = [
        f"- {side}: {measures.value('searching', side, size, 'queries answered'):.0f} of "
        f"{measures.value('searching', side, size, 'queries'):.0f} queries find their fiche among the first three"
        for size in measures.sizes("searching")
        for side in sides
        if measures.value("searching", side, size, "queries")
    ]
    text = """A phone (390 × 844, processor slowed down four times) on a slow line (150 ms a request, 1.6 Mbit/s,
kept by the server so that it holds for workers too; text compressed as hosts do) opens the start page, opens the
search as soon as the page has loaded and types « logement », a key every 120 ms. The time runs from the last key
to the moment when the result that stays stands first; the bytes are all that was sent until then, the page
included. The queries are those of `tests/browser/queries.py`, asked of the real fiches."""
    head = ("fiches", "", "ms to the first result", "kB until then")
    return "\n".join(
        (f"## Searching\n\n{text}\n", _table(head, rows), "\n".join(answered) + "\n", *_left_out("searching", measures))
    )


def _versions(setting: Setting) -> str:
    return "## Versions\n\n" + _table(("", "version"), setting.versions, others="---")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], others: str = "---:") -> str:
    """A table; `others` is how the columns after the first are aligned."""
    lines = [head, ["---", *(others for _ in head[1:])], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _time(one: Measure | None) -> str:
    value = Measures.of([one]).value(one.work, one.side, one.fiches, one.what) if one else None
    if one is None or value is None:
        return "—"
    runs = "" if len(one.values) >= FULL else f" ({len(one.values)})"
    return f"{_number(value)}{runs}"


def _memory(measures: Measures, work: str, side: str, size: int) -> str:
    value = measures.value(work, side, size, "megabytes")
    return "—" if value is None else f"{value:,.0f}"


def _ratio(value: float | None) -> str:
    return "—" if value is None else f"{_number(value)} ×"


def _number(value: float | None) -> str:
    """Three digits, as far as there are."""
    if value is None:
        return "—"
    if value >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004
