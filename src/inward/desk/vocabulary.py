"""The words of the desk: what is promised, how urgent, why something waits, and the sentences for why it is due then.

``REASONS`` words the reasons and refusals of ``core.promises`` and of this room. All of it is data.
"""

from enum import Enum
from typing import Final

from inward.core.promises import ClockState, Measure
from inward.desk.casewords import CASE_LABELS, CASE_REASONS, Impact, Turn, Urgency
from inward.desk.letterwords import LETTER_LABELS, LETTER_REASONS
from inward.desk.rulewords import RULE_LABELS, RULE_REASONS
from inward.desk.stepwords import STEP_LABELS, STEP_REASONS


class Priority(Enum):
    """How urgent something is, the most first."""

    URGENT = "URGENT"
    HIGH = "HIGH"
    NORMAL = "NORMAL"
    LOW = "LOW"


class HoldReason(Enum):
    """For what something waits while a clock stands still."""

    CUSTOMER = "CUSTOMER"
    """An answer of whoever asked."""
    APPROVAL = "APPROVAL"
    """Somebody has to approve it first."""
    SUPPLIER = "SUPPLIER"
    """Something that others deliver."""
    AGREED_DAY = "AGREED_DAY"
    """A day on which both sides agreed."""


PRIORITIES: Final = {
    (Impact.MANY, Urgency.NOW): Priority.URGENT,
    (Impact.MANY, Urgency.SOON): Priority.HIGH,
    (Impact.MANY, Urgency.LATER): Priority.NORMAL,
    (Impact.SOME, Urgency.NOW): Priority.HIGH,
    (Impact.SOME, Urgency.SOON): Priority.NORMAL,
    (Impact.SOME, Urgency.LATER): Priority.LOW,
    (Impact.ONE, Urgency.NOW): Priority.HIGH,
    (Impact.ONE, Urgency.SOON): Priority.NORMAL,
    (Impact.ONE, Urgency.LATER): Priority.LOW,
}
"""How urgent a case is, by how many cannot work and how long it can wait."""

TURNS: Final = {
    HoldReason.CUSTOMER: Turn.CUSTOMER,
    HoldReason.APPROVAL: Turn.APPROVER,
    HoldReason.SUPPLIER: Turn.OTHERS,
    HoldReason.AGREED_DAY: Turn.SERVICE,
}
"""Whose turn it is while a case waits."""

MEASURE_LABELS: Final = {
    Measure.OWN: {"en": "Taken on", "nb": "Tatt hånd om", "it": "Presa in carico", "id": "Diambil alih"},
    Measure.RESPOND: {"en": "First answer", "nb": "Første svar", "it": "Prima risposta", "id": "Jawaban pertama"},
    Measure.RESPOND_NEXT: {
        "en": "Next answer",
        "nb": "Neste svar",
        "it": "Risposta successiva",
        "id": "Jawaban berikutnya",
    },
    Measure.UPDATE: {"en": "News", "nb": "Nytt i saken", "it": "Aggiornamento", "id": "Kabar terbaru"},
    Measure.RESOLVE: {"en": "Solved", "nb": "Løst", "it": "Risolto", "id": "Selesai"},
}
PRIORITY_LABELS: Final = {
    Priority.URGENT: {"en": "Urgent", "nb": "Haster", "it": "Urgente", "id": "Mendesak"},
    Priority.HIGH: {"en": "High", "nb": "Høy", "it": "Alta", "id": "Tinggi"},
    Priority.NORMAL: {"en": "Normal", "nb": "Vanlig", "it": "Normale", "id": "Biasa"},
    Priority.LOW: {"en": "Low", "nb": "Lav", "it": "Bassa", "id": "Rendah"},
}
HOLD_LABELS: Final = {
    HoldReason.CUSTOMER: {
        "en": "Waits for whoever asked",
        "nb": "Venter på den som spurte",
        "it": "In attesa di chi ha chiesto",
        "id": "Menunggu yang bertanya",
    },
    HoldReason.APPROVAL: {
        "en": "Waits for approval",
        "nb": "Venter på godkjenning",
        "it": "In attesa di approvazione",
        "id": "Menunggu persetujuan",
    },
    HoldReason.SUPPLIER: {
        "en": "Waits for a delivery by others",
        "nb": "Venter på levering fra andre",
        "it": "In attesa di una consegna di altri",
        "id": "Menunggu kiriman pihak lain",
    },
    HoldReason.AGREED_DAY: {
        "en": "Waits for a day that was agreed",
        "nb": "Venter på en avtalt dag",
        "it": "In attesa di un giorno concordato",
        "id": "Menunggu hari yang disepakati",
    },
}
CLOCK_LABELS: Final = {
    ClockState.RUNNING: {"en": "Running", "nb": "Går", "it": "In corso", "id": "Berjalan"},
    ClockState.HELD: {"en": "Standing still", "nb": "Står stille", "it": "Ferma", "id": "Berhenti"},
    ClockState.KEPT: {"en": "Kept", "nb": "Holdt", "it": "Mantenuta", "id": "Ditepati"},
    ClockState.MISSED: {"en": "Missed", "nb": "Brutt", "it": "Mancata", "id": "Meleset"},
    ClockState.DROPPED: {
        "en": "No longer wanted",
        "nb": "Ikke lenger ønsket",
        "it": "Non più richiesta",
        "id": "Tidak lagi diminta",
    },
}
LABELS: Final = {
    "measure": {measure.value: label for measure, label in MEASURE_LABELS.items()},
    "priority": {priority.value: label for priority, label in PRIORITY_LABELS.items()},
    "hold": {reason.value: label for reason, label in HOLD_LABELS.items()},
    "clock_state": {state.value: label for state, label in CLOCK_LABELS.items()},
    **CASE_LABELS,
    **STEP_LABELS,
    **RULE_LABELS,
    **LETTER_LABELS,
}

REASONS: Final = {
    **CASE_REASONS,
    **STEP_REASONS,
    **RULE_REASONS,
    **LETTER_REASONS,
    "promise_not_a_time": {
        "en": "A promise is for so many working minutes or so many dates, one of the two, and never less than none.",
        "nb": "Et løfte gjelder et antall arbeidsminutter eller et antall datoer, ett av dem, og aldri mindre enn null.",
        "it": "Una promessa vale per un numero di minuti di lavoro o di date, uno dei due, e mai meno di zero.",
        "id": "Janji berlaku untuk sekian menit kerja atau sekian tanggal, salah satu, dan tidak kurang dari nol.",
    },
    "promise_not_opened_once": {
        "en": "Clocks begin when something is opened: once, before anything else, with a promise and a calendar.",
        "nb": "Klokker begynner når noe åpnes: én gang, før alt annet, med et løfte og en kalender.",
        "it": "Gli orologi iniziano quando si apre qualcosa: una volta, prima di tutto, con una promessa e un calendario.",
        "id": "Jam mulai saat sesuatu dibuka: sekali, sebelum yang lain, dengan janji dan kalender.",
    },
    "promise_of_nothing": {
        "en": "A promise has at least one target.",
        "nb": "Et løfte har minst ett mål.",
        "it": "Una promessa ha almeno un obiettivo.",
        "id": "Janji memiliki sedikitnya satu sasaran.",
    },
    "chain_of_nothing": {
        "en": "A chain divides the time to solve; this promises nothing about solving.",
        "nb": "En kjede deler tiden til løsning; dette lover ingenting om løsning.",
        "it": "Una catena divide il tempo di soluzione; qui non si promette nulla sulla soluzione.",
        "id": "Rantai membagi waktu penyelesaian; janji ini tidak menyebut penyelesaian.",
    },
    "chain_place_twice": {
        "en": "A place stands in a chain once.",
        "nb": "Et sted står én gang i en kjede.",
        "it": "Un reparto sta in una catena una volta sola.",
        "id": "Satu tempat hanya sekali dalam rantai.",
    },
    "chain_place_unknown": {
        "en": "{code} is no company and no department.",
        "nb": "{code} er ikke et selskap og ikke en avdeling.",
        "it": "{code} non è né una società né un reparto.",
        "id": "{code} bukan perusahaan dan bukan departemen.",
    },
    "chain_share_not_positive": {
        "en": "A share is more than nothing.",
        "nb": "En andel er mer enn null.",
        "it": "Una quota è più di zero.",
        "id": "Bagian harus lebih dari nol.",
    },
    "hold_of_nothing": {
        "en": "Say which clocks stand still.",
        "nb": "Si hvilke klokker som står stille.",
        "it": "Indicare quali orologi si fermano.",
        "id": "Sebutkan jam mana yang berhenti.",
    },
    "promise_code_of_another": {
        "en": "{code} is already a promise of {supplier_name}.",
        "nb": "{code} er allerede et løfte fra {supplier_name}.",
        "it": "{code} è già una promessa di {supplier_name}.",
        "id": "{code} sudah menjadi janji {supplier_name}.",
    },
    "promise_code_not_usable": {
        "en": "{code} cannot be used: letters, digits, points and hyphens, at most {most}.",
        "nb": "{code} kan ikke brukes: bokstaver, sifre, punktum og bindestrek, høyst {most}.",
        "it": "{code} non si può usare: lettere, cifre, punti e trattini, al massimo {most}.",
        "id": "{code} tidak bisa dipakai: huruf, angka, titik, dan tanda hubung, paling banyak {most}.",
    },
    "promise_conflicts": {
        "en": "On some of these days {other} already promises something to the same dealings. Who gets what must be plain.",
        "nb": "På noen av disse dagene lover {other} allerede noe til de samme. Det må være klart hvem som får hva.",
        "it": "In alcuni di questi giorni {other} promette già qualcosa agli stessi. Deve essere chiaro chi ottiene cosa.",
        "id": "Pada sebagian hari ini {other} sudah berjanji kepada pihak yang sama. Harus jelas siapa mendapat apa.",
    },
    "promise_without_calendar": {
        "en": "Nobody has said when {supplier_name} works, so nothing can be due.",
        "nb": "Ingen har sagt når {supplier_name} arbeider, så ingenting kan forfalle.",
        "it": "Nessuno ha detto quando lavora {supplier_name}, quindi niente può scadere.",
        "id": "Belum ada yang menyebut kapan {supplier_name} bekerja, jadi tidak ada yang jatuh tempo.",
    },
    "promise_stage": {
        "en": "From {since}: {measure:measure} within {length} of working time[, at priority {priority:priority}].",
        "nb": "Fra {since}: {measure:measure} innen {length} arbeidstid[, med prioritet {priority:priority}].",
        "it": "Dal {since}: {measure:measure} entro {length} di orario di lavoro[, con priorità {priority:priority}].",
        "id": "Sejak {since}: {measure:measure} dalam {length} jam kerja[, dengan prioritas {priority:priority}].",
    },
    "promise_due": {
        "en": "Due at {due}[; it is then closed and opens again at {opening}].",
        "nb": "Forfaller {due}[; da er det stengt og åpner igjen {opening}].",
        "it": "Scade il {due}[; in quel momento è chiuso e riapre il {opening}].",
        "id": "Jatuh tempo {due}[; saat itu tutup dan buka lagi {opening}].",
    },
    "promise_held": {
        "en": "The clock stands still since {since}; nothing is due until it goes on.",
        "nb": "Klokken står stille siden {since}; ingenting forfaller før den går videre.",
        "it": "L’orologio è fermo dal {since}; niente scade finché non riparte.",
        "id": "Jam berhenti sejak {since}; tidak ada yang jatuh tempo sampai berlanjut.",
    },
    "promise_missed": {
        "en": "The promise was used up at {at} and missed.",
        "nb": "Løftet var brukt opp {at} og ble brutt.",
        "it": "La promessa si è esaurita il {at} ed è mancata.",
        "id": "Janji habis waktunya pada {at} dan meleset.",
    },
    "promise_kept": {
        "en": "Kept at {at}, after {length} of working time.",
        "nb": "Holdt {at}, etter {length} arbeidstid.",
        "it": "Mantenuta il {at}, dopo {length} di orario di lavoro.",
        "id": "Ditepati pada {at}, setelah {length} jam kerja.",
    },
}
