"""The words of letters that come in: what became of one, and why it was not taken. All of it is data.

They stand beside ``vocabulary``, which joins them to its own.
"""

from enum import Enum
from typing import Final


class LetterState(Enum):
    """What became of a letter."""

    WAITING = "WAITING"
    """A person has to look."""
    TAKEN = "TAKEN"
    """It is in its case, because it was true and its sender may write there."""
    PUT = "PUT"
    """A person put it into a case."""
    OPENED = "OPENED"
    """A person opened a new request with it."""
    SET_ASIDE = "SET_ASIDE"
    """A person looked, and it needs nothing."""
    NOTED = "NOTED"
    """Nobody wrote it: a machine did."""


class LetterWhy(Enum):
    """Why a letter was not taken."""

    NO_CASE = "NO_CASE"
    """It answers none of our letters."""
    UNTRUE = "UNTRUE"
    """The address it answers to was not made here."""
    OLD = "OLD"
    """It answers a letter of too long ago."""
    STRANGER = "STRANGER"
    """It came from another address than our letter went to."""
    NO_VOICE = "NO_VOICE"
    """Its sender may not write there (any more)."""
    OVER = "OVER"
    """What it answers is over for good."""
    MANY = "MANY"
    """Too many in an hour."""
    EMPTY = "EMPTY"
    """It says nothing, or nothing that could be kept."""
    LARGE = "LARGE"
    """It is too large to be fetched."""
    CALENDAR = "CALENDAR"
    """It is an invitation."""
    ENCRYPTED = "ENCRYPTED"
    """It cannot be read here."""
    MACHINE = "MACHINE"
    """No person wrote it."""
    OWN = "OWN"
    """It is one of our own."""


LETTER_LABELS: Final = {
    "letter_state": {
        "WAITING": {"en": "Not taken", "nb": "Ikke tatt inn", "it": "Non presa", "id": "Belum diambil"},
        "TAKEN": {"en": "In its request", "nb": "I saken sin", "it": "Nella sua richiesta", "id": "Di permintaannya"},
        "PUT": {
            "en": "Put into a request",
            "nb": "Lagt i en sak",
            "it": "Messa in una richiesta",
            "id": "Dimasukkan ke permintaan",
        },
        "OPENED": {
            "en": "Opened as a request",
            "nb": "Åpnet som sak",
            "it": "Aperta come richiesta",
            "id": "Dibuka sebagai permintaan",
        },
        "SET_ASIDE": {"en": "Set aside", "nb": "Lagt til side", "it": "Messa da parte", "id": "Dikesampingkan"},
        "NOTED": {"en": "Noted", "nb": "Notert", "it": "Annotata", "id": "Dicatat"},
    },
    "letter_why": {
        "NO_CASE": {
            "en": "It answers none of our letters.",
            "nb": "Det svarer ikke på noe brev herfra.",
            "it": "Non risponde a nessuna nostra lettera.",
            "id": "Ini tidak membalas surat dari sini.",
        },
        "UNTRUE": {
            "en": "The address it answers to was not made here.",
            "nb": "Adressen det svarer til, er ikke laget her.",
            "it": "L’indirizzo a cui risponde non è stato creato qui.",
            "id": "Alamat yang dibalasnya tidak dibuat di sini.",
        },
        "OLD": {
            "en": "It answers a letter of more than half a year ago.",
            "nb": "Det svarer på et brev som er over et halvt år gammelt.",
            "it": "Risponde a una lettera di oltre sei mesi fa.",
            "id": "Ini membalas surat yang sudah lebih dari setengah tahun.",
        },
        "STRANGER": {
            "en": "It came from another address than our letter went to.",
            "nb": "Det kom fra en annen adresse enn den brevet vårt gikk til.",
            "it": "È arrivata da un indirizzo diverso da quello della nostra lettera.",
            "id": "Ini datang dari alamat lain daripada tujuan surat kami.",
        },
        "NO_VOICE": {
            "en": "Whoever sent it may not write in that request.",
            "nb": "Den som sendte det, kan ikke skrive i den saken.",
            "it": "Chi l’ha inviata non può scrivere in quella richiesta.",
            "id": "Pengirimnya tidak boleh menulis di permintaan itu.",
        },
        "OVER": {
            "en": "The request is over for good.",
            "nb": "Saken er avsluttet for godt.",
            "it": "La richiesta è conclusa definitivamente.",
            "id": "Permintaan itu sudah selesai dan tidak bisa dibuka lagi.",
        },
        "MANY": {
            "en": "Too many letters came from there in an hour.",
            "nb": "Det kom for mange brev derfra på én time.",
            "it": "Sono arrivate troppe lettere da lì in un’ora.",
            "id": "Terlalu banyak surat dari sana dalam satu jam.",
        },
        "EMPTY": {
            "en": "It says nothing that could be kept.",
            "nb": "Det sier ingenting som kan tas vare på.",
            "it": "Non dice niente che si possa conservare.",
            "id": "Isinya tidak ada yang bisa disimpan.",
        },
        "LARGE": {
            "en": "It is too large; it still lies in the mailbox.",
            "nb": "Det er for stort; det ligger fortsatt i postkassen.",
            "it": "È troppo grande; si trova ancora nella casella di posta.",
            "id": "Terlalu besar; masih ada di kotak surat.",
        },
        "CALENDAR": {
            "en": "It is an invitation.",
            "nb": "Det er en innkalling.",
            "it": "È un invito.",
            "id": "Ini undangan.",
        },
        "ENCRYPTED": {
            "en": "It is encrypted and cannot be read here.",
            "nb": "Det er kryptert og kan ikke leses her.",
            "it": "È cifrata e qui non si può leggere.",
            "id": "Terenkripsi dan tidak bisa dibaca di sini.",
        },
        "MACHINE": {
            "en": "A machine wrote it.",
            "nb": "En maskin skrev det.",
            "it": "L’ha scritta una macchina.",
            "id": "Ditulis oleh mesin.",
        },
        "OWN": {
            "en": "It is one of our own letters.",
            "nb": "Det er et av våre egne brev.",
            "it": "È una delle nostre lettere.",
            "id": "Ini surat kami sendiri.",
        },
    },
}

LETTER_REASONS: Final = {
    "letter_settled": {
        "en": "Somebody has dealt with this letter already: {state:letter_state}.",
        "nb": "Noen har alt tatt seg av dette brevet: {state:letter_state}.",
        "it": "Qualcuno si è già occupato di questa lettera: {state:letter_state}.",
        "id": "Surat ini sudah ditangani seseorang: {state:letter_state}.",
    },
    "letter_case_unknown": {
        "en": "You handle no request with this number.",
        "nb": "Du behandler ingen sak med dette nummeret.",
        "it": "Non gestisci nessuna richiesta con questo numero.",
        "id": "Anda tidak menangani permintaan dengan nomor ini.",
    },
    "letter_sender_unknown": {
        "en": "Nobody here is known by that address. Put the letter into a request instead.",
        "nb": "Ingen her er kjent med den adressen. Legg heller brevet i en sak.",
        "it": "Nessuno qui è noto con quell’indirizzo. Metti invece la lettera in una richiesta.",
        "id": "Tidak ada yang dikenal dengan alamat itu. Masukkan suratnya ke permintaan.",
    },
    "not_letter_keeper": {
        "en": "Only service owners and whoever looks after the data deal with letters that were not taken.",
        "nb": "Bare tjenesteeiere og de som steller dataene, tar seg av brev som ikke ble tatt inn.",
        "it": "Delle lettere non prese si occupano solo i responsabili del servizio e chi cura i dati.",
        "id": "Surat yang belum diambil hanya ditangani pemilik layanan dan pengelola data.",
    },
}
