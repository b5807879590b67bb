"""Replies by mail become corrections of fiches, or notes for a person; nothing that somebody wrote is lost."""

from __future__ import annotations

import json
import re
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as some

from practice_catalogue import cli
from practice_catalogue.forms.importing import report as import_report
from practice_catalogue.forms.importing.importer import Imported
from practice_catalogue.forms.replies.drafts import KnownFiche
from practice_catalogue.forms.replies.replies import Replies
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.diagnostics import Report
from practice_catalogue.model.vocabulary import fold
from practice_catalogue.upkeep.mails import mails
from practice_catalogue.validation import loader
from practice_catalogue.validation.reply_form import ANSWER, CHANGES, ENDING
from tests.forms import reply_cases
from tests.forms.reply_cases import CAFE, CASES, FICHES, FOLDER, JEAN, MOVED, OUTLOOK, OVER, RESEAU, TERMS, WROTE, YES
from tests.forms.reply_cases import SETTINGS as OWNER
from tests.support import PRACTICES

EXPECTED = FOLDER / "expected.txt"
REPLIES = reply_cases.replies()


def read(raw: bytes, name: str = "reponse.eml") -> Imported:
    return REPLIES.read({Path(name): raw})[Path(name)]


def told(imported: Imported) -> str:
    """Returns what `import` says of a reply, and the lines of the fiches that it changes."""
    done = import_report.with_paths(imported, [Path(f"{one.id}.yml") for one in imported.proposals])
    lines = [import_report.as_text([done], TERMS, Report(()))]
    for proposal in imported.proposals:
        before = FICHES[proposal.id].text.splitlines()
        lines += [f"+ {line}" for line in proposal.text.splitlines() if line not in before]
    return "\n".join(lines) + "\n"


def told_of_all() -> str:
    return "\n".join(f"=== {name}\n{told(read(raw, f'{name}.eml'))}" for name, raw in CASES.items())


def test_each_reply_is_told_as_expected() -> None:
    assert told_of_all() == EXPECTED.read_text(encoding="utf-8")


def test_fifty_replies_are_each_a_correction_or_a_note() -> None:
    assert len(CASES) >= 50
    for name, raw in CASES.items():
        imported = read(raw)
        assert imported.proposals or (imported.refused and imported.notes), name


# Nothing is lost.

PLACES = {
    "above": lambda text: reply_cases.mail(f"{text}\n\n{WROTE}{reply_cases.quoted(CAFE)}"),
    "below": lambda text: reply_cases.mail(f"{WROTE}{reply_cases.quoted(CAFE)}\n\n{text}"),
    "within": lambda text: reply_cases.mail(
        WROTE + reply_cases.quoted(CAFE).replace("> Nouveau coût", f"{text}\n> Nouveau coût")
    ),
    "after the answer": lambda text: reply_cases.mail(
        WROTE
        + reply_cases.quoted(reply_cases.filled(CAFE, MOVED)).replace("\n>\n> Si c’est", f"\n{text}\n>\n> Si c’est")
    ),
    "quoted": lambda text: reply_cases.mail(WROTE + reply_cases.quoted(CAFE.replace("Qu’en est-il", f"{text}\nQu’en"))),
    "outlook": lambda text: reply_cases.mail(OUTLOOK + CAFE.replace("Nouveau coût", f"{text}\nNouveau coût")),
    "end": lambda text: reply_cases.mail(
        reply_cases.filled(RESEAU, OVER).replace("À ne pas", f"{text}\nÀ ne pas"), JEAN
    ),
    "html": lambda text: reply_cases.mail(
        reply_cases.outlook_html(text, reply_cases.filled(CAFE, YES)),
        kind="text/html; charset=utf-8",
        encoding="base64",
    ),
    "stranger": lambda text: reply_cases.mail(f"{text}\n\n{reply_cases.filled(CAFE, YES)}", "x@example.org"),
    "absence": lambda text: reply_cases.mail(text, more="Auto-Submitted: auto-replied\n"),
    "future": lambda text: reply_cases.mail(text, date="Mon, 30 Nov 2099 10:00:00 +0100"),
}
"""Where in a reply a person writes → the mail with a text there."""

LABELS = (ANSWER, *CHANGES, *ENDING)
words = some.text(alphabet="abcdéèàœ ABCZ0123456789'’.,;:!?()-/@€&<>[]|=*_", min_size=1, max_size=60)
trouble = some.sampled_from(
    ["De : la mairie", "Le maire a écrit :", "Réponse : peut-être", "Autre changement : la salle", "Pourquoi : fatigue",
     "[cafe] voir site", "[1] https://a.lu", "-- ", "Cordialement", "Nouveau coût : 12 €", "Terminé depuis : hier",
     "Nouveau contact : 26 12 10", "* liste", "| tableau |", "=== titre ===", "1", "3 personnes", "encore exact"]
)  # fmt: skip


LABEL = re.compile(rf"^(?:{'|'.join(LABELS)}) ?:")


def letters(text: str) -> str:
    return fold(text).replace(" ", "").replace("_", "")


@given(some.sampled_from(sorted(PLACES)), some.lists(words | trouble, min_size=1, max_size=4))
@example("after the answer", ["Cordialement", "A. Muller, 621 000 000"])
def test_no_line_that_a_person_wrote_is_lost(place: str, lines: list[str]) -> None:
    lines = [line for line in lines if letters(line) not in {"", "encoreexact"} and not line.startswith(("De :", "<"))]
    assume(lines)
    imported = read(PLACES[place]("\n".join(lines)))
    notes = " ".join(str(value) for note in imported.notes for value in note.details.values())
    kept = letters("".join([*(one.text for one in imported.proposals), *imported.texts, notes]))
    for line in lines:
        for word in LABEL.sub("", line).split():
            assert letters(word) in kept, (place, line)


@given(some.binary(max_size=300), some.sampled_from(sorted(CASES)), some.integers(0, 2000), some.integers(0, 300))
def test_a_damaged_mail_is_read_or_refused_with_a_sentence(raw: bytes, case: str, place: int, cut: int) -> None:
    whole = CASES[case]
    imported = read(whole[:place] + raw + whole[place + cut :])
    assert imported.proposals or imported.notes
    assert told(imported)


def test_a_mail_of_too_many_parts_or_lines_is_refused() -> None:
    nested = b"From: a@b.lu\nSubject: x\nContent-Type: multipart/mixed; boundary=a\n\n"
    for number in range(1200):
        nested += b"--a%d\nContent-Type: multipart/mixed; boundary=a%d\n\n" % (number, number + 1)
    assert [note.code for note in read(nested.replace(b"boundary=a\n", b"boundary=a0\n")).notes] == [
        "courriel-trop-gros"
    ]
    assert [note.code for note in read(reply_cases.mail("a\n" * 20_000)).notes] == ["document-trop-long"]


# Several replies.


def test_what_several_people_say_of_a_fiche_stands_in_one_draft() -> None:
    first = reply_cases.mail("[jardin] Réponse : 1\n", date="Mon, 2 Nov 2026 10:00:00 +0100")
    second = reply_cases.mail("[jardin] Réponse : 3\nPourquoi : Plus d'eau.\n", "Paul Weber <jardin@gmail.com>")
    paths = {Path("b.eml"): second, Path("a.eml"): first, Path("copie.eml"): first}
    done = REPLIES.read(paths)
    (proposal,) = done[Path("b.eml")].proposals
    assert [news["etat"] for news in proposal.draft.data["nouvelles"]] == ["en-cours", "terminee"]
    assert {str(path): [note.code for note in one.notes] for path, one in done.items()} == {
        "b.eml": ["reponses-contraires"],
        "a.eml": ["reponses-reunies"],
        "copie.eml": ["reponse-en-double"],
    }
    assert not any(one.refused for one in done.values())


def test_a_reply_that_the_fiche_already_tells_gives_no_second_news(tmp_path: Path) -> None:
    raw = CASES["termine-tout-rempli"]
    corrected = tmp_path / "reseau.yml"
    corrected.write_text(read(raw).proposals[0].text, encoding="utf-8")
    fiche = loader.load_one(corrected, TERMS)
    assert fiche
    later = Replies({"reseau": KnownFiche(fiche, corrected.read_text())}, TERMS, OWNER, reply_cases.TODAY)
    again = later.read({Path("a.eml"): raw})[Path("a.eml")]
    assert (again.proposals, again.refused) == ((), False)
    assert [note.code for note in again.notes] == ["reponse-deja-reprise"]
    assert "Pourquoi : La coordinatrice est partie." in again.texts


def test_import_writes_a_correction_once_and_never_over_the_fiche(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "catalogue"
    assert cli.main(["init", str(root)]) == cli.GOOD
    practices = copytree(FOLDER / "practices", root / "practices", dirs_exist_ok=True)
    before = {path.name: path.read_bytes() for path in practices.iterdir()}
    reply, text = tmp_path / "sans-suffixe", tmp_path / "note.txt"
    reply.write_bytes(CASES["termine-tout-rempli"])
    text.write_text("Titre\nFête\n\nDescription\nOn danse.\n", encoding="utf-8")
    arguments = ["import", str(reply), str(text), "--format", "json"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        capsys.readouterr()
        assert cli.main(arguments) == cli.GOOD
        first = json.loads(capsys.readouterr().out)
        cli.main(arguments[:2])
    assert [draft["file"] for draft in first["drafts"]] == ["practices/reseau-2.yml", "practices/fete.yml"]
    assert first["drafts"][0]["filled"] == ["calendrier", "contacts", "nouvelles"]
    assert "« practices/reseau-2.yml » contient déjà cette correction" in capsys.readouterr().out
    assert {name: (practices / name).read_bytes() for name in before} == before
    assert sorted(path.name for path in practices.iterdir()) == sorted([*before, "reseau-2.yml", "fete.yml"])


# The whole way.


def answer_to(line: str, catalogue: Catalogue) -> str:
    """The number of the answer that a fiche gives itself: 3 if its end has passed."""
    (fiche,) = (one for one in catalogue if line.startswith(f"[{one.id}]"))
    return "3" if catalogue.state_of(fiche).etat == "terminee" else "1"


def test_the_mail_of_every_holder_can_be_answered(catalogue: Catalogue) -> None:
    known = {fiche.id: KnownFiche(fiche, (PRACTICES / f"{fiche.id}.yml").read_text()) for fiche in catalogue}
    reader = Replies(known, catalogue.vocabularies, OWNER, reply_cases.TODAY)
    corrected: set[str] = set()
    for asked in mails(catalogue, date(2026, 11, 20), OWNER):
        text = message_from_bytes(asked.content, policy=policy.default).get_content().replace("\r\n", "\n")
        answered = "".join(
            f"{line}{answer_to(line, catalogue)}\n" if line.startswith("[") else f"{line}\n"
            for line in text.splitlines()
        )
        reply = reply_cases.mail(WROTE + reply_cases.quoted(answered), asked.mailbox or "qui@example.lu")
        imported = reader.read({Path(asked.name): reply})[Path(asked.name)]
        assert imported.texts == ()
        corrected |= {one.id for one in imported.proposals}
        for one in imported.proposals:
            changed = set(one.text.splitlines()) - set(known[one.id].text.splitlines())
            assert {"    etat: en-cours", "    etat: terminee"} & changed
            comments = {line.strip() for line in known[one.id].text.splitlines() if line.strip().startswith("#")}
            assert comments <= {line.strip() for line in one.text.splitlines()}
    assert corrected == set(known)
