"""The words of standing orders: how their parts follow, at which price, and the wording of their own refusals.

They stand beside ``vocabulary``, which joins them to its own.
"""

from enum import Enum


class FramePrice(Enum):
    """At which price parts of a standing order are ordered."""

    TODAY = "TODAY"
    AGREED = "AGREED"


FRAME_LABELS = {
    "rhythm": {
        "BY_HAND": {"en": "By hand", "nb": "For hånd", "it": "A mano", "id": "Secara manual"},
        "DAILY": {
            "en": "On every working day",
            "nb": "Hver arbeidsdag",
            "it": "Ogni giorno lavorativo",
            "id": "Setiap hari kerja",
        },
        "WEEKLY": {"en": "Once a week", "nb": "En gang i uken", "it": "Una volta a settimana", "id": "Seminggu sekali"},
    },
    "frame_price": {
        "TODAY": {
            "en": "The price of the day on which a part is ordered",
            "nb": "Prisen den dagen en del bestilles",
            "it": "Il prezzo del giorno in cui una parte è ordinata",
            "id": "Harga pada hari sebagian dipesan",
        },
        "AGREED": {
            "en": "The price that was agreed",
            "nb": "Den avtalte prisen",
            "it": "Il prezzo concordato",
            "id": "Harga yang disepakati",
        },
    },
}

FRAME_REASONS = {
    "frame_for_departments": {
        "en": "A standing order is agreed for a department or company: choose for whom you act.",
        "nb": "En rammebestilling avtales for en avdeling eller et selskap: velg hvem du handler for.",
        "it": "Un ordine ricorrente si concorda per un reparto o una società: scegli per chi agisci.",
        "id": "Pesanan tetap disepakati untuk bagian atau perusahaan: pilih atas nama siapa Anda bertindak.",
    },
    "frame_of_what_runs": {
        "en": "{offering} runs on by itself: order it as it is.",
        "nb": "{offering} løper av seg selv: bestill det som det er.",
        "it": "{offering} continua da sé: ordinalo così com’è.",
        "id": "{offering} berjalan sendiri: pesanlah apa adanya.",
    },
    "frame_days": {
        "en": "Choose days from today on, the last not before the first, {most} days apart at most.",
        "nb": "Velg dager fra i dag av, den siste ikke før den første, høyst {most} dager fra hverandre.",
        "it": "Scegli giorni da oggi in poi, l’ultimo non prima del primo, a {most} giorni al massimo.",
        "id": "Pilih hari mulai hari ini, yang terakhir tidak sebelum yang pertama, berjarak paling banyak {most} hari.",
    },
    "frame_part_unfit": {
        "en": "Say how many pieces each part has: between 1 and {most}.",
        "nb": "Oppgi hvor mange stykker hver del har: mellom 1 og {most}.",
        "it": "Indica quanti pezzi ha ogni parte: da 1 a {most}.",
        "id": "Sebutkan berapa buah tiap bagian: antara 1 dan {most}.",
    },
    "weekday_missing": {
        "en": "Choose the day of the week.",
        "nb": "Velg ukedagen.",
        "it": "Scegli il giorno della settimana.",
        "id": "Pilih hari dalam minggu.",
    },
    "frame_not_going": {
        "en": "Nothing can be ordered of this standing order now: it is {state:order_state}.",
        "nb": "Ingenting kan bestilles av denne rammebestillingen nå: den er {state:order_state}.",
        "it": "Ora non si può ordinare nulla da questo ordine ricorrente: è {state:order_state}.",
        "id": "Saat ini tidak ada yang dapat dipesan dari pesanan tetap ini: keadaannya {state:order_state}.",
    },
    "frame_paused": {
        "en": "This standing order is paused.",
        "nb": "Denne rammebestillingen er satt på pause.",
        "it": "Questo ordine ricorrente è sospeso.",
        "id": "Pesanan tetap ini sedang dijeda.",
    },
    "frame_not_paused": {
        "en": "This standing order is not paused.",
        "nb": "Denne rammebestillingen er ikke satt på pause.",
        "it": "Questo ordine ricorrente non è sospeso.",
        "id": "Pesanan tetap ini tidak sedang dijeda.",
    },
    "frame_outside_days": {
        "en": "Parts are ordered from {since} through {last}.",
        "nb": "Deler bestilles fra {since} til og med {last}.",
        "it": "Le parti si ordinano dal {since} al {last} compreso.",
        "id": "Bagian dipesan dari {since} sampai dengan {last}.",
    },
    "frame_exceeded": {
        "en": "{quantity} is more than the {left} that are left of this standing order.",
        "nb": "{quantity} er mer enn de {left} som er igjen av denne rammebestillingen.",
        "it": "{quantity} sono più dei {left} rimasti di questo ordine ricorrente.",
        "id": "{quantity} melebihi {left} yang tersisa dari pesanan tetap ini.",
    },
    "frame_standing_changed": {
        "en": "The price was agreed while customer and supplier stood to each other in another way; agree anew.",
        "nb": "Prisen ble avtalt mens kunde og leverandør sto i et annet forhold til hverandre; avtal på nytt.",
        "it": "Il prezzo fu concordato quando cliente e fornitore erano in un altro rapporto; va concordato di nuovo.",
        "id": "Harga disepakati ketika hubungan pelanggan dan pemasok berbeda; sepakati lagi.",
    },
    "not_frame_drawer": {
        "en": "Parts are ordered by those who buy for the department.",
        "nb": "Deler bestilles av dem som kjøper inn for avdelingen.",
        "it": "Le parti sono ordinate da chi acquista per il reparto.",
        "id": "Bagian dipesan oleh pembeli untuk bagian itu.",
    },
    "not_frame_runner": {
        "en": "Parts that are due are ordered by the house itself.",
        "nb": "Deler som er forfalt, bestilles av systemet selv.",
        "it": "Le parti dovute sono ordinate dal sistema stesso.",
        "id": "Bagian yang jatuh tempo dipesan oleh sistem sendiri.",
    },
}
