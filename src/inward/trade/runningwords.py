"""The words of what runs on: how it ended, what became of its price; and the wording of its own refusals.

They stand beside ``vocabulary``, which joins them to its own.
"""

from enum import Enum


class EndedHow(Enum):
    """Why something that ran has an end."""

    ASKED = "ASKED"
    """Somebody said so."""
    TERM = "TERM"
    """Its term is over and it does not renew."""
    GROUND = "GROUND"
    """What made its customer an inside one has ended, and its plan ends with that."""
    CHANGED = "CHANGED"
    """Another plan took its place."""


class ChangeKind(Enum):
    """What becomes of something that runs."""

    REPRICED = "REPRICED"
    ENDED = "ENDED"


RUNNING_LABELS = {
    "running_ended": {
        "ASKED": {
            "en": "Ended on request",
            "nb": "Avsluttet på forespørsel",
            "it": "Terminato su richiesta",
            "id": "Diakhiri atas permintaan",
        },
        "TERM": {
            "en": "The term is over",
            "nb": "Bindingstiden er over",
            "it": "La durata è finita",
            "id": "Jangka waktu berakhir",
        },
        "GROUND": {
            "en": "No longer inside",
            "nb": "Ikke lenger internt",
            "it": "Non più interno",
            "id": "Tidak lagi internal",
        },
        "CHANGED": {
            "en": "Changed to another plan",
            "nb": "Byttet til en annen plan",
            "it": "Passato a un altro piano",
            "id": "Diganti ke paket lain",
        },
    },
    "running_change": {
        "REPRICED": {"en": "New price", "nb": "Ny pris", "it": "Nuovo prezzo", "id": "Harga baru"},
        "ENDED": {"en": "Ends", "nb": "Slutter", "it": "Termina", "id": "Berakhir"},
    },
}

BENEFICIARY_TURNS = "running_beneficiary_turns"
"""The reason that tells that somebody of her household for whom it is comes to it or leaves it: hers alone to read."""

RUNNING_REASONS = {
    BENEFICIARY_TURNS: {
        "en": "Whoever it is for comes to your household or leaves it on this day.",
        "nb": "Den det er til, kommer til eller forlater husstanden din denne dagen.",
        "it": "In questo giorno la persona a cui è destinato entra nel tuo nucleo familiare o ne esce.",
        "id": "Pada hari ini penerimanya masuk ke atau keluar dari rumah tangga Anda.",
    },
    "running_ordered_alone": {
        "en": "{offering} runs on: order it by itself.",
        "nb": "{offering} løper videre: bestill det for seg.",
        "it": "{offering} continua nel tempo: va ordinato da solo.",
        "id": "{offering} berjalan terus: pesanlah sendiri.",
    },
    "running_not_returned": {
        "en": "A subscription or cover is ended, not returned.",
        "nb": "Et abonnement eller en dekning avsluttes, det returneres ikke.",
        "it": "Un abbonamento o una copertura si termina, non si restituisce.",
        "id": "Langganan atau perlindungan diakhiri, bukan dikembalikan.",
    },
    "running_ends_earliest": {
        "en": "It can end on {earliest} at the earliest.",
        "nb": "Det kan slutte tidligst {earliest}.",
        "it": "Può terminare al più presto il {earliest}.",
        "id": "Paling cepat dapat berakhir pada {earliest}.",
    },
    "running_ended_already": {
        "en": "It already ends on {day}.",
        "nb": "Det slutter allerede {day}.",
        "it": "Termina già il {day}.",
        "id": "Ini sudah berakhir pada {day}.",
    },
    "running_change_waits": {
        "en": "Somebody must approve the new one first. Order it, and end this one once it is approved.",
        "nb": "Noen må godkjenne det nye først. Bestill det, og avslutt dette når det er godkjent.",
        "it": "Quello nuovo deve prima essere approvato. Ordinalo e termina questo quando è approvato.",
        "id": "Yang baru harus disetujui dahulu. Pesanlah, lalu akhiri yang ini setelah disetujui.",
    },
    "running_not_ending": {
        "en": "Nobody has asked that it ends on a day still to come.",
        "nb": "Ingen har bedt om at det slutter på en kommende dag.",
        "it": "Nessuno ha chiesto che termini in un giorno futuro.",
        "id": "Tidak ada yang meminta agar ini berakhir pada hari mendatang.",
    },
    "running_change_unfit": {
        "en": "{offering} cannot take its place: choose another plan of the same kind from the same supplier.",
        "nb": "{offering} kan ikke ta plassen: velg en annen plan av samme slag fra samme leverandør.",
        "it": "{offering} non può prenderne il posto: scegliere un altro piano dello stesso genere e fornitore.",
        "id": "{offering} tidak dapat menggantikannya: pilih paket lain yang sejenis dari pemasok yang sama.",
    },
    "not_running_party": {
        "en": "Only who has it, and who serves for its supplier, can end or change it.",
        "nb": "Bare den som har det, og den som betjener for leverandøren, kan avslutte eller endre det.",
        "it": "Solo chi ce l’ha, e chi serve per il fornitore, può terminarlo o cambiarlo.",
        "id": "Hanya pemiliknya, dan yang melayani untuk pemasoknya, dapat mengakhiri atau mengubahnya.",
    },
    "not_biller": {
        "en": "Only controllers of a company charge what runs on.",
        "nb": "Bare controllere i et selskap belaster det som løper.",
        "it": "Solo i controller di una società addebitano ciò che continua.",
        "id": "Hanya pengendali perusahaan yang menagih yang berjalan terus.",
    },
}
