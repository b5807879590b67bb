"""The mails of `review --mails`: one a holder, about the fiches that have aged, ready to be sent."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from practice_catalogue import cli
from practice_catalogue.model.catalogue import Catalogue
from practice_catalogue.model.settings import Settings
from practice_catalogue.upkeep.mails import Mail, mails
from practice_catalogue.validation import loader
from tests.support import VOCABULARIES
from tests.test_review import FOLDER, TODAY

EXPECTED = FOLDER / "expected.eml"
OWNER = Settings(
    nom="Essai", courriel_des_contributions="essai@example.org", adresse_du_site="https://essai.example.org/"
)


def catalogue() -> Catalogue:
    return loader.load(FOLDER / "practices", VOCABULARIES).catalogue


def written(today: date = TODAY, owner: Settings = OWNER) -> dict[str, Mail]:
    return {mail.name: mail for mail in mails(catalogue(), today, owner)}


def mail_of_the_choir() -> bytes:
    return written()["chorale-example-org.eml"].content


def parsed(mail: Mail) -> EmailMessage:
    return message_from_bytes(mail.content, policy=policy.default)


def test_the_mail_is_whole() -> None:
    assert mail_of_the_choir() == EXPECTED.read_bytes()


def test_each_mailbox_gets_one_mail_about_all_its_fiches() -> None:
    made = written()
    assert sorted(made) == [
        "atelier-example-org.eml",
        "chorale-example-org.eml",
        "jeunes-example-org.eml",
        "sport-example-org.eml",
        "velo-example-org.eml",
    ]
    both = parsed(made["atelier-example-org.eml"]).get_content()
    assert [line for line in both.splitlines() if line.startswith("[")] == [
        "[ancienne] Réponse\xa0: ",
        "[copie] Réponse\xa0: ",
    ]
    assert (
        parsed(made["atelier-example-org.eml"])["Subject"] == "Essai\xa0: vos 2 pratiques, est-ce encore exact\u202f?"
    )
    assert all(mail.content.isascii() and b"\r\n" in mail.content for mail in made.values())


def test_nobody_is_asked_about_what_is_known() -> None:
    assert "chorale-example-org.eml" not in written(date(2025, 1, 15))


def test_without_an_address_the_mail_is_for_somebody_to_complete() -> None:
    (fiche,) = (one for one in catalogue() if one.id == "copie")
    silent = fiche.model_copy(update={"contacts": (fiche.contacts[0].model_copy(update={"courriel": None}),)})
    made = mails(Catalogue.of([silent], catalogue().vocabularies), TODAY, Settings(nom="Essai"))
    assert [(mail.name, mail.mailbox, mail.who) for mail in made] == [
        ("velos-b-tous-b.eml", "", "Vélos | <b>tous</b>"),
    ]
    assert (parsed(made[0])["To"], parsed(made[0])["From"]) == (None, None)


def test_the_command_writes_a_new_folder_and_touches_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "courriels"
    command = ["review", "--today", "2026-11-20", "--practices", str(FOLDER / "practices"), "--mails", str(folder)]
    assert cli.main(command) == cli.GOOD
    assert "5 courriels dans" in capsys.readouterr().err
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(written())
    assert cli.main(command) == cli.CANNOT_RUN
    assert "existe et n'est pas un dossier vide" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == names
