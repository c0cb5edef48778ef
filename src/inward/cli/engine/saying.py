"""How the engine says things: reasons with their words, numbers as exact text (docs/reference/engine.md)."""

from fractions import Fraction
from functools import cached_property
from typing import Any

from inward.catalogue import vocabulary as catalogue
from inward.core.terms import Reason, decimal_text, exact_text
from inward.kit.wording import Wordings, plain
from inward.ledger import vocabulary as ledger
from inward.parties import vocabulary as parties

ENGINE_REASONS = {
    "not_utf8": {
        "en": "The line is not UTF-8.",
        "nb": "Linjen er ikke UTF-8.",
        "it": "La riga non è UTF-8.",
        "id": "Baris ini bukan UTF-8.",
    },
    "engine_at_fault": {
        "en": "This is a fault of Inward, not of the line; please report it ({what}).",
        "nb": "Dette er en feil i Inward, ikke i linjen; meld gjerne fra ({what}).",
        "it": "Questo è un errore di Inward, non della riga; segnalatelo, per favore ({what}).",
        "id": "Ini kesalahan Inward, bukan baris Anda; mohon laporkan ({what}).",
    },
    "not_an_id": {
        "en": "An id is text, a number or null.",
        "nb": "En id er tekst, et tall eller null.",
        "it": "Un id è un testo, un numero o null.",
        "id": "Sebuah id berupa teks, angka, atau null.",
    },
    "not_json": {
        "en": "The line is not JSON.",
        "nb": "Linjen er ikke JSON.",
        "it": "La riga non è JSON.",
        "id": "Baris ini bukan JSON.",
    },
    "not_owner_owned_percent": {
        "en": "A holding is a list of owner, owned and percent, or an object.",
        "nb": "En eierandel er en liste med eier, eid og prosent, eller et objekt.",
        "it": "Una quota di proprietà è una lista di proprietario, società posseduta e percentuale, oppure un oggetto.",
        "id": "Porsi kepemilikan adalah daftar pemilik, yang dimiliki, dan persen, atau sebuah objek.",
    },
    "on_missing": {
        "en": "Holdings have days, so the question needs the day: on.",
        "nb": "Eierandelene har datoer, så spørsmålet trenger dagen: on.",
        "it": "Le quote di proprietà hanno date, quindi la domanda vuole il giorno: on.",
        "id": "Porsi kepemilikan punya tanggal, jadi pertanyaannya perlu hari: on.",
    },
    "clock_asks_nothing": {
        "en": "A clock is asked for something: {names}.",
        "nb": "En klokke må spørres om noe: {names}.",
        "it": "A un orologio si chiede qualcosa: {names}.",
        "id": "Jam harus ditanya sesuatu: {names}.",
    },
    "clock_field_of": {
        "en": "{name} belongs to {other}.",
        "nb": "{name} hører til {other}.",
        "it": "{name} va con {other}.",
        "id": "{name} hanya untuk {other}.",
    },
    "clock_periods": {
        "en": "{value} is not a number of periods from 0 to {most}.",
        "nb": "{value} er ikke et antall perioder fra 0 til {most}.",
        "it": "{value} non è un numero di periodi da 0 a {most}.",
        "id": "{value} bukan banyak rentang dari 0 sampai {most}.",
    },
    "not_money": {
        "en": "This is no amount of money: {why}.",
        "nb": "Dette er ikke et pengebeløp: {why}.",
        "it": "Questo non è un importo di denaro: {why}.",
        "id": "Ini bukan jumlah uang: {why}.",
    },
    "file_not_found": {
        "en": "There is no such file or folder: {path}.",
        "nb": "Filen eller mappen finnes ikke: {path}.",
        "it": "Non c’è nessun file o cartella: {path}.",
        "id": "Tidak ada berkas atau folder seperti itu: {path}.",
    },
    "file_not_utf8": {
        "en": "{path} is not UTF-8.",
        "nb": "{path} er ikke UTF-8.",
        "it": "{path} non è UTF-8.",
        "id": "{path} bukan UTF-8.",
    },
    "file_not_read": {
        "en": "{path} cannot be read: {why}.",
        "nb": "{path} kan ikke leses: {why}.",
        "it": "{path} non si può leggere: {why}.",
        "id": "{path} tidak dapat dibaca: {why}.",
    },
}


class Saying:
    """Reasons and numbers, said for programs and for people of one language."""

    def __init__(self, language: str, *, explain: bool = False) -> None:
        self.language, self.explain = language, explain

    @cached_property
    def _wordings(self) -> Wordings:
        rooms = (parties.REASONS, catalogue.REASONS, ledger.REASONS)
        return Wordings(*rooms, ENGINE_REASONS, labels={**parties.LABELS, **catalogue.LABELS, **ledger.LABELS})

    def text(self, reason: Reason) -> str:
        """The reason as a sentence."""
        return self._wordings.text(reason, self.language)

    def reason(self, reason: Reason) -> dict[str, Any]:
        """The reason as code, sentence and facts."""
        facts = {name: plain(fact) for name, fact in reason.items}
        return {"code": reason.code, "text": self.text(reason), "facts": facts}


def percent(share: Fraction) -> str:
    """A share of the whole in percent, rounded to six decimals where it has more."""
    return decimal_text(100 * share)


def endless(share: Fraction) -> str | None:
    """The percent as a fraction where decimals cannot say it, else None."""
    if share.denominator.bit_length() > _FRACTION_BITS_MAX:
        return None  # of hundreds of unlike fractions; nobody reads a number of pages
    text = exact_text(100 * share)
    return text if "/" in text else None


_FRACTION_BITS_MAX = 1000
