"""Replies as real mail programs and real people write them: name of the case → the mail as a file."""

from __future__ import annotations

import base64
import html
import quopri
import textwrap
from collections.abc import Mapping
from pathlib import Path

from practice_catalogue.forms.replies.drafts import KnownFiche
from practice_catalogue.forms.replies.replies import Replies
from practice_catalogue.model.settings import Settings
from practice_catalogue.validation import loader, reply_form
from tests.support import VOCABULARIES

FOLDER = Path(__file__).parent / "replies"
SETTINGS = Settings(nom="Vivre ensemble", courriel_des_contributions="catalogue@asti.example.lu")
TODAY = "2026-12-01"
TERMS = loader.load_vocabularies(VOCABULARIES)

ANNA = "Anna Muller <anna.muller@strassen.example.lu>"
JEAN = "Jean Schmit <jean.schmit@croix-rouge.example.lu>"


def fiches() -> dict[str, KnownFiche]:
    found = {}
    for path in sorted((FOLDER / "practices").glob("*.yml")):
        fiche = loader.load_one(path, TERMS)
        assert fiche
        found[fiche.id] = KnownFiche(fiche, path.read_text(encoding="utf-8"))
    return found


FICHES = fiches()


def replies() -> Replies:
    return Replies(FICHES, TERMS, SETTINGS, TODAY)


def asked(*ids: str) -> str:
    """The mail that the holder of some fiches has received."""
    return reply_form.mail_text([FICHES[one].fiche for one in ids], TERMS, SETTINGS, TODAY)


CAFE, JARDIN, RESEAU, BOTH = (
    asked("cafe-des-langues"),
    asked("jardin"),
    asked("reseau"),
    asked("cafe-des-langues", "jardin"),
)


def filled(text: str, answers: Mapping[str, str]) -> str:
    """Fills in lines of a mail: beginning of the line → what is written after it, where it stands first."""
    for line, answer in answers.items():
        start = next(one for one in text.split("\n") if one.replace("\xa0", " ").startswith(line))
        assert start.endswith(" ")
        text = text.replace(start, start + answer, 1)
    return text


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(
        f"{mark}{line}".rstrip() if not line else f"{mark}{line}" for line in text.rstrip("\n").split("\n")
    )


WROTE = "Le lun. 30 nov. 2026 à 09:12, Vivre ensemble <catalogue@asti.example.lu> a écrit :\n\n"
OUTLOOK = """________________________________
De : Vivre ensemble <catalogue@asti.example.lu>
Envoyé : lundi 30 novembre 2026 09:12
À : Anna Muller <anna.muller@strassen.example.lu>
Objet : Vivre ensemble : est-ce encore exact ?

"""


def mail(body: str | bytes, sender: str = ANNA, **declared: str) -> bytes:
    """A mail; `declared` are subject, date, kind (type of the content), encoding, and more lines of the header."""
    encoding = declared.get("encoding", "8bit")
    raw = body.encode() if isinstance(body, str) else body
    raw = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(raw)
    date = declared.get("date", "Mon, 30 Nov 2026 10:30:00 +0100")
    header = (
        f"From: {sender}\nTo: catalogue@asti.example.lu\nSubject: {declared.get('subject', 'Re: Vivre ensemble')}\n"
        f"{f'Date: {date}' if date else 'X-Mailer: old'}\n{declared.get('more', '')}MIME-Version: 1.0\n"
        f"Content-Type: {declared.get('kind', 'text/plain; charset=utf-8')}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    return (header.encode() + raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")


def multipart(
    kind: str, *parts: bytes, sender: str = ANNA, subject: str = "Re: Vivre ensemble", more: str = ""
) -> bytes:
    header = (
        f"From: {sender}\r\nSubject: {subject}\r\nDate: Mon, 30 Nov 2026 10:30:00 +0100\r\n{more}MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/{kind}; boundary="limite"\r\n\r\n'
    )
    return header.encode() + b"".join(b"--limite\r\n" + part + b"\r\n" for part in parts) + b"--limite--\r\n"


def part(content: str | bytes, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    raw = content.encode() if isinstance(content, str) else content
    header = f"Content-Type: {kind}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n"
    return header.encode() + base64.encodebytes(raw)


def as_html(text: str, tag: str = "div") -> str:
    lines = (f"<{tag}>{html.escape(line) or '<br>'}</{tag}>" for line in text.split("\n"))
    return "".join(lines)


def gmail_html(top: str, original: str) -> str:
    head = '<html><head><style>p {color: red}</style></head><body><div dir="ltr">'
    return (
        f'{head}{as_html(top)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f'{html.escape(WROTE.strip())}<br></div><blockquote class="gmail_quote">{as_html(original)}</blockquote></div>'
    )


def outlook_html(top: str, original: str) -> str:
    paragraphs = "".join(
        f'<p class="MsoNormal">{html.escape(line).replace("  ", "&nbsp; ") or "&nbsp;"}<o:p></o:p></p>'
        for line in f"{top}\n{OUTLOOK}{original}".split("\n")
    )
    return (
        f"<html><head><meta charset='utf-8'><title>Re</title></head><body lang=FR><div>{paragraphs}</div></body></html>"
    )


def rewrapped(text: str) -> str:
    """The lines of a text broken again at 60 characters, as some mail programs quote."""
    return "\n".join(
        part for line in text.split("\n") for part in (textwrap.wrap(line, 60, drop_whitespace=False) or [""])
    )


YES = {"[cafe-des-langues]": "1"}
MOVED = {
    "[cafe-des-langues]": "2",
    "Nouveau contact": "Lea Braun, Service du vivre-ensemble, 31 02 62 300, lea.braun@strassen.example.lu",
    "Nouveau coût": "5 000 € par an",
    "Autre changement": "Le café se tient au centre culturel.",
}
OVER = {
    "[reseau]": "3",
    "Terminé depuis": "juin 2019",
    "Pourquoi": "La coordinatrice est partie.",
    "À ne pas refaire": "Tout faire reposer sur une personne.",
}

CASES: dict[str, bytes] = {
    # The three answers, as the mail asks for them.
    "exact-dans-la-citation": mail(WROTE + quoted(filled(CAFE, YES))),
    "exact-en-mots": mail(WROTE + quoted(filled(CAFE, {"[cafe-des-langues]": "Toujours exact, merci !"}))),
    "change-tout-rempli": mail(WROTE + quoted(filled(CAFE, MOVED))),
    "termine-tout-rempli": mail(WROTE + quoted(filled(RESEAU, OVER)), JEAN),
    "termine-sans-raison": mail(WROTE + quoted(filled(RESEAU, {"[reseau]": "c'est terminé"})), JEAN),
    # Where people write.
    "outlook-dans-le-texte": mail(f"Bonjour,\n\nVoir ci-dessous en bleu.\n\nAnna\n\n{OUTLOOK}{filled(CAFE, MOVED)}"),
    "au-dessus-en-mots": mail(
        f"Bonjour,\n\nTout est encore exact.\n\nBien à vous,\nAnna Muller\n\n{WROTE}{quoted(CAFE)}"
    ),
    "au-dessous-en-mots": mail(f"{WROTE}{quoted(CAFE)}\n\nOui, le café continue chaque mois.\nA. Muller\n"),
    "sur-la-ligne-suivante": mail(
        WROTE
        + quoted(CAFE).replace("[cafe-des-langues] Réponse\xa0: ", "[cafe-des-langues] Réponse\xa0: \nencore exact")
    ),
    "seulement-le-numero-au-dessus": mail(f"1\n\n{WROTE}{quoted(CAFE)}"),
    "formulaire-recopie": mail(
        "[cafe-des-langues] Réponse : 2\nNouveau coût : entre 3.500 et 4.500 euros\n\n-- \nAnna\n"
    ),
    "coche-une-case": mail(WROTE + quoted(CAFE.replace("  1. Encore exact", "X 1. Encore exact"))),
    "laisse-une-seule-reponse": mail(
        WROTE + quoted(CAFE.replace("  1. Encore exact\n", "").replace("  3. C’est terminé\n", ""))
    ),
    "texte-sur-plusieurs-lignes": mail(
        WROTE
        + quoted(filled(CAFE, {"[cafe-des-langues]": "2"})).replace(
            "> Autre changement\xa0: ",
            "> Autre changement\xa0: \nLe café se tient désormais\nau centre culturel,\nle mardi.",
        )
    ),
    "sans-citation": mail("Bonjour,\nle projet n'existe plus depuis 2019, faute de moyens.\nJean Schmit", JEAN),
    "format-flowed": mail(
        "Bonjour, \nvoici nos nouvelles.\n\n> [cafe-des-langues] Réponse : 2\n> Autre changement : Le café se tient \n"
        "> au centre culturel, le \n> mardi soir.\n\n-- \nAnna \nMuller\n",
        kind="text/plain; charset=utf-8; format=flowed",
    ),
    "citation-coupee-autrement": mail(WROTE + quoted(rewrapped(filled(CAFE, MOVED)))),
    "citation-double": mail(
        "Rien à ajouter.\n\n"
        + quoted("Le dim. 29 nov. 2026 à 10:00, A <a@b.lu> a écrit :\n" + quoted(filled(CAFE, YES)))
    ),
    "reponse-en-luxembourgeois": mail(
        f"Moien,\n\nalles nach ëmmer aktuell.\n\nMat beschte Gréiss\nAnna\n\n{WROTE}{quoted(CAFE)}"
    ),
    "reponse-en-allemand": mail(
        "Guten Tag,\n\ndas Projekt ist beendet.\n\nMit freundlichen Grüßen\n\nAm 30.11.2026 um 09:12 schrieb Vivre "
        f"ensemble <catalogue@asti.example.lu>:\n{quoted(RESEAU)}",
        JEAN,
        subject="AW: Vivre ensemble",
    ),
    # What programs do to mails.
    "gmail-html-seul": mail(gmail_html("Voir plus bas. Merci !", filled(CAFE, YES)), kind="text/html; charset=utf-8"),
    "outlook-html-seul": mail(
        outlook_html("Bonjour,", filled(CAFE, MOVED)), kind="text/html; charset=utf-8", encoding="base64"
    ),
    "texte-et-html": multipart(
        "alternative", part(WROTE + quoted(filled(CAFE, YES))), part("<p>autre</p>", "text/html")
    ),
    "html-plus-riche-que-le-texte": multipart(
        "alternative", part(" \n"), part(gmail_html("", filled(CAFE, YES)), "text/html; charset=utf-8")
    ),
    "latin-1": mail(
        filled(CAFE, {"[cafe-des-langues]": "3", "Pourquoi": "Personne pour l'été."}).encode("latin-1", "replace"),
        kind="text/plain; charset=iso-8859-1",
    ),
    "windows-1252-dit-latin-1": mail(
        "[reseau] Réponse : 3\nPourquoi : La subvention s’est arrêtée – sans relève.\n".encode("cp1252"),
        JEAN,
        kind="text/plain; charset=ISO-8859-1",
        encoding="quoted-printable",
    ),
    "encodage-faux": mail("[reseau] Réponse : 3\nPourquoi : arrêté faute d'élus\n".encode("cp1252"), JEAN),
    "encodage-inconnu": mail("[reseau] Réponse : 3\n", JEAN, kind="text/plain; charset=x-martien"),
    "deux-fois-utf-8": mail(
        "[reseau] Réponse : 3\nÀ ne pas refaire : Être seul.".encode().decode("cp1252").encode(), JEAN
    ),
    "accents-perdus": mail("[reseau] R?ponse : 3\nTermin? depuis : 2019\n? ne pas refaire : Rester seul.\n", JEAN),
    "en-tetes-codes": mail(
        WROTE + quoted(filled(CAFE, YES)),
        "=?utf-8?Q?M=C3=BCller=2C_Anna?= <Anna.Muller@Strassen.Example.lu>",
        subject="=?iso-8859-1?Q?R=E9p_:_est-ce_encore_exact_=3F?=",
    ),
    "piece-jointe": multipart(
        "mixed",
        part("Bonjour,\n\nTout est dans le document joint.\n"),
        part(
            b"PK\x03\x04",
            "application/octet-stream",
            'Content-Disposition: attachment; filename="fiche corrigée.docx"\r\n',
        ),
    ),
    "logo-dans-la-signature": multipart(
        "related",
        part(gmail_html("Toujours d'actualité.", CAFE), "text/html; charset=utf-8"),
        part(b"\x89PNG", "image/png; name=logo.png", "Content-ID: <logo>\r\n"),
    ),
    # Who writes.
    "collegue": mail(WROTE + quoted(filled(CAFE, YES)), "Lea Braun <lea.braun@strassen.example.lu>"),
    "inconnu": mail(WROTE + quoted(filled(CAFE, MOVED)), "Max <max@ailleurs.example.org>"),
    "meme-fournisseur-prive": mail("[jardin] Réponse : 3\nPourquoi : Plus personne.", "Eve <eve@gmail.com>"),
    "sans-adresse-connue": mail("[sans-adresse] Réponse : 1\n", "Marie <marie@remich.example.lu>"),
    "inconnu-a-qui-un-contact-a-ecrit": mail(
        f"C'est terminé.\n\n{OUTLOOK.replace('Vivre ensemble <catalogue@asti.example.lu>', ANNA)}{CAFE}",
        "Max <max@ailleurs.example.org>",
        subject="Re: Tr: Vivre ensemble",
    ),
    "transferee-dans-le-texte": mail(
        "Pour information.\n\n---------- Message transféré ---------\n"
        "De : Anna Muller <anna.muller@strassen.example.lu>\nDate : lun. 30 nov. 2026 à 09:30\n"
        "Objet : Re: Vivre ensemble\nÀ : <secretariat@asti.example.lu>\n\n"
        f"Toujours exact.\n\n{WROTE}{quoted(CAFE)}",
        "Secrétariat <secretariat@asti.example.lu>",
        subject="Tr: Vivre ensemble",
    ),
    "transferee-en-piece-jointe": multipart(
        "mixed",
        part("Voici ce que j'ai reçu.\n"),
        b"Content-Type: message/rfc822\r\n\r\n" + mail(WROTE + quoted(filled(RESEAU, OVER)), JEAN),
        sender="secretariat@asti.example.lu",
        subject="Fwd: Vivre ensemble",
    ),
    # What cannot be taken over as it stands.
    "deux-fiches": mail(WROTE + quoted(filled(BOTH, {"[cafe-des-langues]": "1", "[jardin]": "2"}))),
    "deux-fiches-une-sans-reponse": mail(WROTE + quoted(filled(BOTH, {"[jardin]": "encore exact"}))),
    "deux-fiches-en-mots": mail(f"Les deux sont toujours d'actualité.\nAnna\n\n{WROTE}{quoted(BOTH)}"),
    "ancien-identifiant": mail("[potager] Réponse : 1\n"),
    "fiche-inconnue": mail("[cafe-perdu] Réponse : 3\nPourquoi : Le café a brûlé.\n"),
    "aucune-fiche": mail("Bonjour,\n\nTout va bien chez nous.\n\nAnna\n"),
    "fin-avant-le-debut": mail("[reseau] Réponse : 3\nTerminé depuis : 2012\nPourquoi : Plus de moyens.\n", JEAN),
    "fin-a-venir": mail("[reseau] Réponse : 3\nTerminé depuis : juin 2031\n", JEAN),
    "date-du-courriel-a-venir": mail("[reseau] Réponse : 3\n", JEAN, date="Tue, 30 Nov 2032 10:30:00 +0100"),
    "sans-date": mail("[reseau] Réponse : 3\n", JEAN, date=""),
    "exact-sur-une-fiche-terminee": mail("[reseau] Réponse : 1\n", JEAN),
    "deux-reponses-contraires": mail(
        f"[cafe-des-langues] Réponse : 1\n\n{WROTE}{quoted(filled(CAFE, {'[cafe-des-langues]': '3'}))}"
    ),
    "exact-mais-rempli": mail("[cafe-des-langues] Réponse : 1\nNouveau coût : 9 000 €\n"),
    "exact-mais": mail("[cafe-des-langues] Réponse : encore exact, mais le numéro a changé\n"),
    "pas-exact": mail("[cafe-des-langues] Réponse : non, ce n'est plus exact\n"),
    "chiffre-qui-n-est-pas-une-reponse": mail("[cafe-des-langues] Réponse : 3 soirées par mois au lieu d'une\n"),
    "dates-et-contact-incompris": mail(
        "[cafe-des-langues] Réponse : 2\nNouveau contact : on cherche encore quelqu'un\nNouvelles dates : bientôt\n"
        "Nouveau coût : un peu plus\n"
    ),
    "sans-chiffre-mais-rempli": mail("[reseau] Réponse :\nPourquoi : Plus de subvention.\n", JEAN),
    "texte-trop-long": mail(f"[reseau] Réponse : 3\nPourquoi : {'La raison est longue. ' * 40}\n", JEAN),
    "vide": mail(""),
    "rien-que-la-citation": mail(WROTE + quoted(CAFE)),
    "absence": mail(
        "Je suis absente jusqu'au 7 janvier. En cas d'urgence : Lea Braun, 31 02 62 300.\n",
        subject="Réponse automatique : Vivre ensemble",
        more="Auto-Submitted: auto-replied\n",
    ),
    "absence-au-sujet-code": mail("I am away.\n", subject="=?utf-8?B?QXV0b21hdGljIHJlcGx5OiBWaXZyZQ==?="),
    "non-distribue": multipart(
        "report; report-type=delivery-status",
        part("Your message could not be delivered.\n"),
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.lu\r\n\r\n"
        b"Final-Recipient: rfc822; anna.muller@strassen.example.lu\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        b"Content-Type: message/rfc822\r\n\r\n" + mail(CAFE, "catalogue@asti.example.lu"),
        sender="MAILER-DAEMON@mx.lu",
        subject="Undelivered Mail Returned to Sender",
    ),
    "non-distribue-en-texte": mail(
        "The following address failed: jean.schmit@croix-rouge.example.lu\n",
        "Mail Delivery System <mailer-daemon@mx.lu>",
        more="X-Failed-Recipients: jean.schmit@croix-rouge.example.lu\n",
    ),
}
