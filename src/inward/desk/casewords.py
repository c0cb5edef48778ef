"""The words of cases: how they stand, whose turn it is, how urgent they are, what happened, and the wording of their refusals.

They stand beside ``vocabulary``, which joins them to its own.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from inward.core.promises import Happening

MINUTES_MAX: Final = 24 * 60
"""So long somebody works on a case on one day at most."""
TEXT_LENGTH_MAX: Final = 20_000
"""So many letters are kept of what somebody writes at once."""


class CaseState(Enum):
    """How a case stands."""

    NEW = "NEW"
    """Nobody has taken it on."""
    OPEN = "OPEN"
    """Somebody works on it."""
    WAITING = "WAITING"
    """It waits, for a reason its promise names or that is said."""
    SOLVED = "SOLVED"
    """The service says so; whoever asked is asked."""
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"
    """It is no longer wanted."""
    JOINED = "JOINED"
    """It goes on in another case."""


UNDER_WAY: Final = frozenset({CaseState.NEW, CaseState.OPEN, CaseState.WAITING})
"""What the service still has to do something about."""


class Turn(Enum):
    """Whose turn it is."""

    SERVICE = "SERVICE"
    CUSTOMER = "CUSTOMER"
    APPROVER = "APPROVER"
    OTHERS = "OTHERS"
    """Somebody who delivers to the service."""
    NOBODY = "NOBODY"


class Impact(Enum):
    """How many cannot do their work."""

    MANY = "MANY"
    SOME = "SOME"
    ONE = "ONE"


class Urgency(Enum):
    """How long it can wait."""

    NOW = "NOW"
    SOON = "SOON"
    LATER = "LATER"


class Channel(Enum):
    """How it came."""

    PAGE = "PAGE"
    PHONE = "PHONE"
    WALK_IN = "WALK_IN"
    LETTER = "LETTER"
    PROGRAM = "PROGRAM"
    ORDER = "ORDER"
    """An order needs hands."""


class Side(Enum):
    """Who wrote."""

    CUSTOMER = "CUSTOMER"
    SERVICE = "SERVICE"
    HOUSE = "HOUSE"
    """Nobody: it was written by the house itself, and is no answer."""


class HandingOut(Enum):
    """Who of a queue takes a new case on."""

    BY_HAND = "BY_HAND"
    IN_TURN = "IN_TURN"
    LEAST_LOAD = "LEAST_LOAD"


class CaseKind(Enum):
    """What sort of case it is."""

    HELP = "HELP"
    FULFILMENT = "FULFILMENT"
    """An order is to be got ready or handed over."""
    OUTAGE = "OUTAGE"
    """Something does not work for many; their cases are gathered under it."""
    BUNDLE = "BUNDLE"
    """It is done by several departments, each in a case of its own."""


class LinkKind(Enum):
    """How one case belongs to another."""

    RELATED = "RELATED"
    DUPLICATE = "DUPLICATE"
    CAUSED_BY = "CAUSED_BY"
    FOLLOWS = "FOLLOWS"
    """It was asked after the other one could not be opened again."""
    PARTED_FROM = "PARTED_FROM"


class TaskState(Enum):
    """How a task stands."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"


class RuleWhen(Enum):
    """After what a rule of a queue is looked at."""

    OPENED = "OPENED"
    WRITTEN = "WRITTEN"
    """Whoever asked wrote."""
    MOVED = "MOVED"
    """It was handed to this queue."""
    MISSED = "MISSED"
    PRIORITY = "PRIORITY"
    """Its priority is another one."""


class CaseAct(Enum):
    """What happened to a case: what moves clocks under the name it has there (``Happening``), and the rest."""

    OPENED = Happening.OPENED.value
    ASKED = Happening.ASKED.value
    ANSWERED = Happening.ANSWERED.value
    TAKEN = Happening.TAKEN.value
    HANDED_OVER = Happening.HANDED_OVER.value
    PAUSED = Happening.PAUSED.value
    RESUMED = Happening.RESUMED.value
    SOLVED = Happening.RESOLVED.value
    REOPENED = Happening.REOPENED.value
    WITHDRAWN = Happening.WITHDRAWN.value
    REPRIORITISED = Happening.REPRIORITISED.value
    PROMISED_ANEW = Happening.PROMISED_ANEW.value
    MOVED = Happening.MOVED.value
    MERGED = Happening.MERGED.value
    JOINED = "JOINED"
    """It was joined to another."""
    CONFIRMED = "CONFIRMED"
    """Whoever asked says that it is solved."""
    CLOSED = "CLOSED"
    NOTED = "NOTED"
    LINKED = "LINKED"
    PARTED = "PARTED"
    """Another case was made of a part of it."""
    WATCHED = "WATCHED"
    UNWATCHED = "UNWATCHED"
    RENAMED = "RENAMED"
    TASK_ADDED = "TASK_ADDED"
    TASK_DONE = "TASK_DONE"
    TASK_DROPPED = "TASK_DROPPED"
    TASK_OPENED_AGAIN = "TASK_OPENED_AGAIN"
    TASK_WAITS = "TASK_WAITS"
    SPENT = "SPENT"
    """Somebody noted time."""
    STEP_DONE = "STEP_DONE"
    """A step of a standard procedure was done, or skipped, signed, taken back."""
    STEP_SKIPPED = "STEP_SKIPPED"
    STEP_SIGNED = "STEP_SIGNED"
    STEP_TAKEN_BACK = "STEP_TAKEN_BACK"
    CONCERNS = "CONCERNS"
    """It was said which thing it is about."""
    TOLD_LATE = "TOLD_LATE"
    """Somebody was told that something is late, or will be."""
    RULE_ACTED = "RULE_ACTED"
    """A rule of the queue did something."""
    RULES_STOPPED = "RULES_STOPPED"
    """Rules of the queue went in a circle and were stopped."""
    NOT_DELIVERED = "NOT_DELIVERED"
    """A letter about it did not arrive."""
    AUTO_ANSWERED = "AUTO_ANSWERED"
    """A machine answered a letter about it, as when somebody is away."""


MOVES_CLOCKS: Final[Mapping[CaseAct, Happening]] = {
    act: Happening(act.value) for act in CaseAct if act.value in {each.value for each in Happening}
}
"""The acts that clocks follow from."""

OF_THE_SERVICE: Final = frozenset(
    {
        CaseAct.NOTED,
        CaseAct.LINKED,
        CaseAct.MERGED,
        CaseAct.TASK_ADDED,
        CaseAct.TASK_DONE,
        CaseAct.TASK_DROPPED,
        CaseAct.TASK_OPENED_AGAIN,
        CaseAct.TASK_WAITS,
        CaseAct.SPENT,
        CaseAct.STEP_DONE,
        CaseAct.STEP_SKIPPED,
        CaseAct.STEP_SIGNED,
        CaseAct.STEP_TAKEN_BACK,
        CaseAct.TOLD_LATE,
        CaseAct.RULE_ACTED,
        CaseAct.RULES_STOPPED,
        CaseAct.NOT_DELIVERED,
        CaseAct.AUTO_ANSWERED,
    }
)
"""What only the service reads of: its notes, tasks and time, and other cases that whoever asked may not see."""


CASE_LABELS: Final = {
    "case_state": {
        "NEW": {"en": "New", "nb": "Ny", "it": "Nuova", "id": "Baru"},
        "OPEN": {"en": "Being worked on", "nb": "Under arbeid", "it": "In lavorazione", "id": "Sedang dikerjakan"},
        "WAITING": {"en": "Waiting", "nb": "Venter", "it": "In attesa", "id": "Menunggu"},
        "SOLVED": {"en": "Solved", "nb": "Løst", "it": "Risolta", "id": "Terselesaikan"},
        "CLOSED": {"en": "Closed", "nb": "Lukket", "it": "Chiusa", "id": "Ditutup"},
        "WITHDRAWN": {
            "en": "No longer wanted",
            "nb": "Ikke lenger ønsket",
            "it": "Non più richiesta",
            "id": "Tidak lagi diminta",
        },
        "JOINED": {
            "en": "Goes on in another request",
            "nb": "Fortsetter i en annen sak",
            "it": "Prosegue in un’altra richiesta",
            "id": "Berlanjut di permintaan lain",
        },
    },
    "turn": {
        "SERVICE": {
            "en": "Waiting for the service",
            "nb": "Venter på tjenesten",
            "it": "In attesa del servizio",
            "id": "Menunggu layanan",
        },
        "CUSTOMER": {
            "en": "Waiting for whoever asked",
            "nb": "Venter på den som spurte",
            "it": "In attesa di chi ha chiesto",
            "id": "Menunggu yang bertanya",
        },
        "APPROVER": {
            "en": "Waiting for approval",
            "nb": "Venter på godkjenning",
            "it": "In attesa di approvazione",
            "id": "Menunggu persetujuan",
        },
        "OTHERS": {
            "en": "Waiting for others",
            "nb": "Venter på andre",
            "it": "In attesa di altri",
            "id": "Menunggu pihak lain",
        },
        "NOBODY": {"en": "Over", "nb": "Ferdig", "it": "Conclusa", "id": "Selesai"},
    },
    "impact": {
        "MANY": {
            "en": "Many cannot work",
            "nb": "Mange kan ikke arbeide",
            "it": "Molti non possono lavorare",
            "id": "Banyak yang tidak bisa bekerja",
        },
        "SOME": {
            "en": "Some cannot work",
            "nb": "Noen kan ikke arbeide",
            "it": "Alcuni non possono lavorare",
            "id": "Beberapa tidak bisa bekerja",
        },
        "ONE": {
            "en": "It is about one",
            "nb": "Det gjelder én",
            "it": "Riguarda una persona",
            "id": "Tentang satu orang",
        },
    },
    "urgency": {
        "NOW": {
            "en": "It cannot wait",
            "nb": "Det kan ikke vente",
            "it": "Non può aspettare",
            "id": "Tidak bisa menunggu",
        },
        "SOON": {
            "en": "Within days",
            "nb": "I løpet av dager",
            "it": "Entro pochi giorni",
            "id": "Dalam beberapa hari",
        },
        "LATER": {"en": "It can wait", "nb": "Det kan vente", "it": "Può aspettare", "id": "Bisa menunggu"},
    },
    "channel": {
        "PAGE": {"en": "On this page", "nb": "På denne siden", "it": "Da questa pagina", "id": "Di halaman ini"},
        "PHONE": {"en": "By phone", "nb": "På telefon", "it": "Per telefono", "id": "Lewat telepon"},
        "WALK_IN": {"en": "In person", "nb": "Ved oppmøte", "it": "Di persona", "id": "Datang langsung"},
        "LETTER": {"en": "By e-mail", "nb": "På e-post", "it": "Per e-mail", "id": "Lewat surel"},
        "PROGRAM": {"en": "By a program", "nb": "Fra et program", "it": "Da un programma", "id": "Dari program"},
        "ORDER": {"en": "From an order", "nb": "Fra en bestilling", "it": "Da un ordine", "id": "Dari pesanan"},
    },
    "side": {
        "CUSTOMER": {"en": "Whoever asked", "nb": "Den som spurte", "it": "Chi ha chiesto", "id": "Yang bertanya"},
        "SERVICE": {"en": "The service", "nb": "Tjenesten", "it": "Il servizio", "id": "Layanan"},
        "HOUSE": {"en": "Automatic", "nb": "Automatisk", "it": "Automatico", "id": "Otomatis"},
    },
    "handing_out": {
        "BY_HAND": {
            "en": "Whoever takes it",
            "nb": "Den som tar den",
            "it": "Chi la prende",
            "id": "Siapa yang mengambilnya",
        },
        "IN_TURN": {"en": "In turn", "nb": "Etter tur", "it": "A turno", "id": "Bergiliran"},
        "LEAST_LOAD": {
            "en": "Whoever has the fewest",
            "nb": "Den som har færrest",
            "it": "Chi ne ha di meno",
            "id": "Yang paling sedikit bebannya",
        },
    },
    "case_kind": {
        "HELP": {"en": "Help", "nb": "Hjelp", "it": "Aiuto", "id": "Bantuan"},
        "FULFILMENT": {
            "en": "An order to hand over",
            "nb": "En bestilling som skal leveres",
            "it": "Un ordine da consegnare",
            "id": "Pesanan yang harus diserahkan",
        },
        "OUTAGE": {"en": "Outage", "nb": "Driftsavbrudd", "it": "Interruzione", "id": "Gangguan"},
        "BUNDLE": {
            "en": "Several departments",
            "nb": "Flere avdelinger",
            "it": "Più reparti",
            "id": "Beberapa bagian",
        },
    },
    "case_link": {
        "RELATED": {"en": "Belongs with", "nb": "Hører sammen med", "it": "Collegata a", "id": "Terkait dengan"},
        "DUPLICATE": {"en": "Same as", "nb": "Samme som", "it": "Uguale a", "id": "Sama dengan"},
        "CAUSED_BY": {"en": "Caused by", "nb": "Skyldes", "it": "Causata da", "id": "Disebabkan oleh"},
        "FOLLOWS": {"en": "Follows", "nb": "Følger etter", "it": "Segue", "id": "Lanjutan dari"},
        "PARTED_FROM": {"en": "Parted from", "nb": "Skilt ut fra", "it": "Separata da", "id": "Dipisah dari"},
    },
    "task_state": {
        "OPEN": {"en": "To do", "nb": "Skal gjøres", "it": "Da fare", "id": "Harus dikerjakan"},
        "DONE": {"en": "Done", "nb": "Gjort", "it": "Fatto", "id": "Selesai"},
        "DROPPED": {
            "en": "Not needed any more",
            "nb": "Trengs ikke lenger",
            "it": "Non serve più",
            "id": "Tidak perlu lagi",
        },
    },
    "case_act": {
        "OPENED": {"en": "Asked", "nb": "Spurt", "it": "Richiesta aperta", "id": "Diminta"},
        "ASKED": {
            "en": "Whoever asked wrote",
            "nb": "Den som spurte skrev",
            "it": "Ha scritto chi ha chiesto",
            "id": "Yang bertanya menulis",
        },
        "ANSWERED": {"en": "Answered", "nb": "Besvart", "it": "Risposta data", "id": "Dijawab"},
        "TAKEN": {"en": "Taken on", "nb": "Tatt hånd om", "it": "Presa in carico", "id": "Diambil alih"},
        "HANDED_OVER": {"en": "Handed over", "nb": "Overlevert", "it": "Passata ad altri", "id": "Dioper"},
        "PAUSED": {"en": "Set to wait", "nb": "Satt på vent", "it": "Messa in attesa", "id": "Ditunda"},
        "RESUMED": {"en": "Goes on", "nb": "Går videre", "it": "Ripresa", "id": "Dilanjutkan"},
        "RESOLVED": {"en": "Solved", "nb": "Løst", "it": "Risolta", "id": "Terselesaikan"},
        "REOPENED": {"en": "Opened again", "nb": "Åpnet igjen", "it": "Riaperta", "id": "Dibuka lagi"},
        "WITHDRAWN": {
            "en": "No longer wanted",
            "nb": "Ikke lenger ønsket",
            "it": "Non più richiesta",
            "id": "Tidak lagi diminta",
        },
        "REPRIORITISED": {
            "en": "Other priority",
            "nb": "Annen prioritet",
            "it": "Priorità cambiata",
            "id": "Prioritas berubah",
        },
        "PROMISED_ANEW": {
            "en": "Other promise",
            "nb": "Annet løfte",
            "it": "Promessa cambiata",
            "id": "Janji berubah",
        },
        "MOVED": {"en": "Moved", "nb": "Flyttet", "it": "Spostata", "id": "Dipindahkan"},
        "MERGED": {
            "en": "Another was joined to it",
            "nb": "En annen ble slått sammen med den",
            "it": "Un’altra è stata unita a questa",
            "id": "Yang lain digabungkan ke sini",
        },
        "JOINED": {
            "en": "Joined to another",
            "nb": "Slått sammen med en annen",
            "it": "Unita a un’altra",
            "id": "Digabungkan ke yang lain",
        },
        "CONFIRMED": {
            "en": "Said to be solved",
            "nb": "Bekreftet løst",
            "it": "Confermata come risolta",
            "id": "Dinyatakan terselesaikan",
        },
        "CLOSED": {"en": "Closed", "nb": "Lukket", "it": "Chiusa", "id": "Ditutup"},
        "NOTED": {"en": "Note", "nb": "Notat", "it": "Nota", "id": "Catatan"},
        "LINKED": {"en": "Linked", "nb": "Knyttet sammen", "it": "Collegata", "id": "Dikaitkan"},
        "PARTED": {"en": "Parted", "nb": "Delt", "it": "Divisa", "id": "Dipisah"},
        "WATCHED": {"en": "Followed by", "nb": "Følges av", "it": "Seguita da", "id": "Diikuti oleh"},
        "UNWATCHED": {
            "en": "No longer followed by",
            "nb": "Følges ikke lenger av",
            "it": "Non più seguita da",
            "id": "Tidak lagi diikuti oleh",
        },
        "RENAMED": {"en": "Called otherwise", "nb": "Fikk nytt navn", "it": "Rinominata", "id": "Diganti namanya"},
        "TASK_ADDED": {
            "en": "Task added",
            "nb": "Oppgave lagt til",
            "it": "Attività aggiunta",
            "id": "Tugas ditambahkan",
        },
        "TASK_DONE": {"en": "Task done", "nb": "Oppgave gjort", "it": "Attività fatta", "id": "Tugas selesai"},
        "TASK_DROPPED": {
            "en": "Task not needed any more",
            "nb": "Oppgaven trengs ikke lenger",
            "it": "Attività non più necessaria",
            "id": "Tugas tidak perlu lagi",
        },
        "TASK_OPENED_AGAIN": {
            "en": "Task to do again",
            "nb": "Oppgave åpnet igjen",
            "it": "Attività riaperta",
            "id": "Tugas dibuka lagi",
        },
        "TASK_WAITS": {
            "en": "Task waits for another",
            "nb": "Oppgaven venter på en annen",
            "it": "L’attività ne attende un’altra",
            "id": "Tugas menunggu tugas lain",
        },
        "SPENT": {"en": "Time noted", "nb": "Tid ført", "it": "Tempo annotato", "id": "Waktu dicatat"},
        "STEP_DONE": {"en": "Step done", "nb": "Trinn gjort", "it": "Passo fatto", "id": "Langkah selesai"},
        "STEP_SKIPPED": {
            "en": "Step skipped",
            "nb": "Trinn hoppet over",
            "it": "Passo saltato",
            "id": "Langkah dilewati",
        },
        "STEP_SIGNED": {"en": "Step signed", "nb": "Trinn godkjent", "it": "Passo firmato", "id": "Langkah disahkan"},
        "STEP_TAKEN_BACK": {
            "en": "Step to do again",
            "nb": "Trinn åpnet igjen",
            "it": "Passo riaperto",
            "id": "Langkah dibuka lagi",
        },
        "CONCERNS": {
            "en": "Thing it is about",
            "nb": "Tingen det gjelder",
            "it": "Cosa riguarda",
            "id": "Barang yang dimaksud",
        },
        "TOLD_LATE": {
            "en": "Somebody was told about the time",
            "nb": "Noen ble varslet om tiden",
            "it": "Qualcuno è stato avvisato dei tempi",
            "id": "Seseorang diberi tahu soal waktu",
        },
        "RULE_ACTED": {
            "en": "A rule did something",
            "nb": "En regel gjorde noe",
            "it": "Una regola ha agito",
            "id": "Sebuah aturan bertindak",
        },
        "RULES_STOPPED": {
            "en": "Rules in a circle were stopped",
            "nb": "Regler i ring ble stoppet",
            "it": "Regole in circolo fermate",
            "id": "Aturan yang berputar dihentikan",
        },
        "NOT_DELIVERED": {
            "en": "A letter did not arrive",
            "nb": "Et brev kom ikke fram",
            "it": "Una lettera non è arrivata",
            "id": "Sebuah surat tidak sampai",
        },
        "AUTO_ANSWERED": {
            "en": "Automatic answer to a letter",
            "nb": "Automatisk svar på et brev",
            "it": "Risposta automatica a una lettera",
            "id": "Balasan otomatis atas surat",
        },
    },
}

CASE_REASONS: Final = {
    "case_moved": {
        "en": "Somebody changed it meanwhile; it is now: {state:case_state}. Look again before you act.",
        "nb": "Noen endret den imens; nå er den: {state:case_state}. Se på den igjen før du gjør noe.",
        "it": "Qualcuno l’ha cambiata nel frattempo; ora è: {state:case_state}. Guardala di nuovo prima di agire.",
        "id": "Ada yang mengubahnya; kini: {state:case_state}. Lihat lagi sebelum bertindak.",
    },
    "words_missing": {
        "en": "Write some words.",
        "nb": "Skriv noen ord.",
        "it": "Scrivi qualche parola.",
        "id": "Tuliskan beberapa kata.",
    },
    "too_many_files": {
        "en": "At most {most} files come with a message.",
        "nb": "Høyst {most} filer følger med en melding.",
        "it": "Al massimo {most} file con un messaggio.",
        "id": "Paling banyak {most} berkas dalam satu pesan.",
    },
    "request_not_for_you": {
        "en": "{request} is not for whoever stands like this to the service or works like this.",
        "nb": "{request} er ikke for dem som står slik til tjenesten eller arbeider slik.",
        "it": "{request} non è per chi ha questo rapporto con il servizio o lavora così.",
        "id": "{request} bukan untuk yang berkedudukan atau bekerja seperti ini.",
    },
    "concerned_unfit": {
        "en": "Name people who are known here, at most {most}.",
        "nb": "Oppgi personer som er kjent her, høyst {most}.",
        "it": "Indica persone note qui, al massimo {most}.",
        "id": "Sebutkan orang yang dikenal di sini, paling banyak {most}.",
    },
    "case_is_over": {
        "en": "This is over: {state:case_state}. Say that it is not solved after all, or ask anew.",
        "nb": "Dette er over: {state:case_state}. Si at det ikke er løst likevel, eller spør på nytt.",
        "it": "È conclusa: {state:case_state}. Di’ che non è risolta, oppure chiedi di nuovo.",
        "id": "Ini sudah selesai: {state:case_state}. Katakan belum terselesaikan, atau minta lagi.",
    },
    "case_over_for_good": {
        "en": "This cannot be opened again: {state:case_state}. Ask anew; the new request is linked to it.",
        "nb": "Dette kan ikke åpnes igjen: {state:case_state}. Spør på nytt; den nye saken knyttes til den.",
        "it": "Non si può riaprire: {state:case_state}. Chiedi di nuovo; la nuova richiesta sarà collegata.",
        "id": "Ini tidak bisa dibuka lagi: {state:case_state}. Minta lagi; permintaan baru akan dikaitkan.",
    },
    "nobody_follows_confidential": {
        "en": "Nobody follows a confidential request.",
        "nb": "Ingen følger en fortrolig sak.",
        "it": "Nessuno segue una richiesta riservata.",
        "id": "Permintaan rahasia tidak diikuti siapa pun.",
    },
    "watcher_unfit": {
        "en": "Only people who are known here can follow it.",
        "nb": "Bare personer som er kjent her, kan følge den.",
        "it": "Possono seguirla solo persone note qui.",
        "id": "Hanya orang yang dikenal di sini yang bisa mengikutinya.",
    },
    "case_owner_unfit": {
        "en": "Choose a case handler of this queue who did not ask it herself and is not too near to it.",
        "nb": "Velg en saksbehandler i denne køen som ikke spurte selv og ikke står for nær.",
        "it": "Scegli un addetto di questa coda che non l’abbia chiesta e non sia troppo vicino.",
        "id": "Pilih petugas antrean ini yang tidak memintanya sendiri dan tidak terlalu dekat.",
    },
    "queue_is_the_same": {
        "en": "It is in this queue already.",
        "nb": "Den er allerede i denne køen.",
        "it": "È già in questa coda.",
        "id": "Sudah ada di antrean ini.",
    },
    "case_stays_confidential": {
        "en": "What is confidential goes to a confidential queue only, and joins only what is confidential.",
        "nb": "Det fortrolige går bare til en fortrolig kø, og slås bare sammen med det som er fortrolig.",
        "it": "Ciò che è riservato va solo in una coda riservata e si unisce solo a ciò che è riservato.",
        "id": "Yang rahasia hanya masuk antrean rahasia, dan hanya digabung dengan yang rahasia.",
    },
    "wall_days": {
        "en": "Between 1 and {most} days.",
        "nb": "Mellom 1 og {most} dager.",
        "it": "Tra 1 e {most} giorni.",
        "id": "Antara 1 dan {most} hari.",
    },
    "unnamed_not_joined": {
        "en": "What was written without a name is not joined: whoever wrote it would read the other.",
        "nb": "Det som er skrevet uten navn, slås ikke sammen: den som skrev, ville lese det andre.",
        "it": "Ciò che è stato scritto senza nome non si unisce: chi l’ha scritto leggerebbe l’altra.",
        "id": "Yang ditulis tanpa nama tidak digabung: penulisnya akan membaca yang lain.",
    },
    "line_of_confidential_queue": {
        "en": "Only requests of a confidential queue, not made of others, can be written without a name; outsiders only to those.",
        "nb": "Bare saker i en fortrolig kø som ikke er satt sammen av andre, kan skrives uten navn; utenforstående bare dit.",
        "it": "Senza nome si scrive solo a una coda riservata, con richieste non composte da altre; gli esterni solo a quelle.",
        "id": "Hanya permintaan antrean rahasia yang tidak terdiri dari yang lain bisa ditulis tanpa nama; orang luar hanya ke situ.",
    },
    "nobody_may_read_it": {
        "en": "Nobody on this line may read what concerns them: all are too near. Choose another line, or an authority outside.",
        "nb": "Ingen på denne linjen kan lese det som gjelder dem: alle står for nær. Velg en annen linje eller en myndighet utenfor.",
        "it": "Nessuno di questa linea può leggere ciò che li riguarda: sono tutti troppo vicini. Scegli un’altra linea o un’autorità esterna.",
        "id": "Tak seorang pun di jalur ini boleh membaca tentang mereka: semua terlalu dekat. Pilih jalur lain, atau lembaga di luar.",
    },
    "return_code_unfit": {
        "en": "A code has 25 letters and digits, in groups of five.",
        "nb": "En kode har 25 bokstaver og sifre, i grupper på fem.",
        "it": "Un codice ha 25 lettere e cifre, a gruppi di cinque.",
        "id": "Kode terdiri dari 25 huruf dan angka, lima-lima.",
    },
    "case_waits_already": {
        "en": "It waits already; let it go on first.",
        "nb": "Den venter allerede; la den gå videre først.",
        "it": "È già in attesa; falla riprendere prima.",
        "id": "Sudah menunggu; lanjutkan dulu.",
    },
    "case_wait_day": {
        "en": "Choose a day to come for what waits for an agreed day, and none for other reasons.",
        "nb": "Velg en dag som kommer for det som venter på en avtalt dag, og ingen ellers.",
        "it": "Scegli un giorno futuro per ciò che attende un giorno concordato, e nessuno negli altri casi.",
        "id": "Pilih hari mendatang bila menunggu hari yang disepakati, dan jangan untuk alasan lain.",
    },
    "case_waits_not": {
        "en": "It does not wait.",
        "nb": "Den venter ikke.",
        "it": "Non è in attesa.",
        "id": "Tidak sedang menunggu.",
    },
    "nothing_else_promised": {
        "en": "Nothing else is promised today.",
        "nb": "Ingenting annet loves i dag.",
        "it": "Oggi non è promesso nient’altro.",
        "id": "Tidak ada janji lain hari ini.",
    },
    "case_subject_unfit": {
        "en": "Say in at most {most} letters what it is about.",
        "nb": "Si med høyst {most} tegn hva det gjelder.",
        "it": "Di’ in al massimo {most} caratteri di che cosa si tratta.",
        "id": "Sebutkan perihalnya, paling banyak {most} huruf.",
    },
    "case_not_solved": {
        "en": "Nobody has called it solved; it is now: {state:case_state}.",
        "nb": "Ingen har kalt den løst; nå er den: {state:case_state}.",
        "it": "Nessuno l’ha dichiarata risolta; ora è: {state:case_state}.",
        "id": "Belum dinyatakan terselesaikan; kini: {state:case_state}.",
    },
    "minutes_unfit": {
        "en": "Between 1 and {most} minutes, today or on a day before.",
        "nb": "Mellom 1 og {most} minutter, i dag eller en dag før.",
        "it": "Tra 1 e {most} minuti, oggi o in un giorno passato.",
        "id": "Antara 1 dan {most} menit, hari ini atau sebelumnya.",
    },
    "case_blocked": {
        "en": "First end {tasks} tasks and {parts} parts that others do.",
        "nb": "Avslutt først {tasks} oppgaver og {parts} deler som andre gjør.",
        "it": "Prima concludi {tasks} attività e {parts} parti affidate ad altri.",
        "id": "Selesaikan dulu {tasks} tugas dan {parts} bagian yang dikerjakan pihak lain.",
    },
    "case_joined_to_itself": {
        "en": "Choose another request.",
        "nb": "Velg en annen sak.",
        "it": "Scegli un’altra richiesta.",
        "id": "Pilih permintaan lain.",
    },
    "messages_unfit": {
        "en": "Choose messages of this request.",
        "nb": "Velg meldinger i denne saken.",
        "it": "Scegli messaggi di questa richiesta.",
        "id": "Pilih pesan dari permintaan ini.",
    },
    "too_many_parts": {
        "en": "At most {most} parts.",
        "nb": "Høyst {most} deler.",
        "it": "Al massimo {most} parti.",
        "id": "Paling banyak {most} bagian.",
    },
    "cases_of_two_customers": {
        "en": "Confidential requests of different people are not joined.",
        "nb": "Fortrolige saker fra ulike personer slås ikke sammen.",
        "it": "Le richieste riservate di persone diverse non si uniscono.",
        "id": "Permintaan rahasia dari orang berbeda tidak digabung.",
    },
    "too_many_tasks": {
        "en": "At most {most} tasks.",
        "nb": "Høyst {most} oppgaver.",
        "it": "Al massimo {most} attività.",
        "id": "Paling banyak {most} tugas.",
    },
    "task_day_over": {
        "en": "That day has been.",
        "nb": "Den dagen har vært.",
        "it": "Quel giorno è passato.",
        "id": "Hari itu sudah lewat.",
    },
    "task_stands_so": {
        "en": "This task is: {state:task_state}.",
        "nb": "Denne oppgaven er: {state:task_state}.",
        "it": "Questa attività è: {state:task_state}.",
        "id": "Tugas ini: {state:task_state}.",
    },
    "task_waits_for": {
        "en": "It waits for “{task}”, which is not done.",
        "nb": "Den venter på «{task}», som ikke er gjort.",
        "it": "Attende «{task}», che non è fatta.",
        "id": "Menunggu “{task}” yang belum selesai.",
    },
    "tasks_in_a_circle": {
        "en": "That task waits for this one already.",
        "nb": "Den oppgaven venter allerede på denne.",
        "it": "Quell’attività attende già questa.",
        "id": "Tugas itu sudah menunggu tugas ini.",
    },
    "task_owner_unfit": {
        "en": "Choose somebody who is known here.",
        "nb": "Velg noen som er kjent her.",
        "it": "Scegli qualcuno noto qui.",
        "id": "Pilih orang yang dikenal di sini.",
    },
    "queue_days": {
        "en": "Between 0 and {most} working days.",
        "nb": "Mellom 0 og {most} arbeidsdager.",
        "it": "Tra 0 e {most} giorni lavorativi.",
        "id": "Antara 0 dan {most} hari kerja.",
    },
    "queue_code_of_another": {
        "en": "{code} belongs to another place already.",
        "nb": "{code} tilhører allerede et annet sted.",
        "it": "{code} appartiene già a un altro posto.",
        "id": "{code} sudah milik tempat lain.",
    },
    "queue_stays_as_it_is": {
        "en": "A queue in which something was asked stays confidential, or open, as it is.",
        "nb": "En kø der noe er spurt, forblir fortrolig eller åpen som den er.",
        "it": "Una coda in cui si è chiesto qualcosa resta riservata, o aperta, com’è.",
        "id": "Antrean yang sudah dipakai tetap rahasia, atau terbuka, seperti adanya.",
    },
    "request_parts": {
        "en": "Name requests that are open and have no parts themselves, each once, at most {most}.",
        "nb": "Oppgi spørsmål som er åpne og selv ikke har deler, hver én gang, høyst {most}.",
        "it": "Indica richieste aperte e senza parti proprie, ciascuna una volta, al massimo {most}.",
        "id": "Sebutkan permintaan yang terbuka dan tanpa bagian, masing-masing sekali, paling banyak {most}.",
    },
    "not_queue_keeper": {
        "en": "Only service owners and data administrators do that.",
        "nb": "Bare tjenesteansvarlige og dataansvarlige gjør det.",
        "it": "Lo fanno solo i responsabili del servizio e gli amministratori dei dati.",
        "id": "Hanya pemilik layanan dan administrator data yang melakukannya.",
    },
    "case_came_already": {
        "en": "This came already: same queue, customer, subject and instant.",
        "nb": "Denne er allerede kommet inn: samme kø, kunde, emne og tidspunkt.",
        "it": "È già arrivata: stessa coda, stesso cliente, oggetto e istante.",
        "id": "Ini sudah masuk: antrean, pelanggan, perihal, dan waktunya sama.",
    },
    "case_instant_unfit": {
        "en": "Say when it was asked, with its offset and not to come, such as 2026-11-30T09:15:00+01:00.",
        "nb": "Si når det ble spurt, med tidssone og ikke fram i tid, slik som 2026-11-30T09:15:00+01:00.",
        "it": "Di’ quando è stata chiesta, con lo scarto e non nel futuro, come 2026-11-30T09:15:00+01:00.",
        "id": "Sebutkan kapan diminta, dengan selisih zona dan bukan nanti, seperti 2026-11-30T09:15:00+01:00.",
    },
    "line_unfit": {
        "en": "Line {line} cannot be read; see the examples below the field.",
        "nb": "Linje {line} kan ikke leses; se eksemplene under feltet.",
        "it": "La riga {line} non è leggibile; vedi gli esempi sotto il campo.",
        "id": "Baris {line} tidak terbaca; lihat contoh di bawah kolom.",
    },
    "form_too_long": {
        "en": "A form has at most {most} questions.",
        "nb": "Et skjema har høyst {most} spørsmål.",
        "it": "Un modulo ha al massimo {most} domande.",
        "id": "Formulir punya paling banyak {most} pertanyaan.",
    },
    "answer_to_no_question": {
        "en": "The form has no question {question}.",
        "nb": "Skjemaet har ikke spørsmålet {question}.",
        "it": "Il modulo non ha la domanda {question}.",
        "id": "Formulir tidak memiliki pertanyaan {question}.",
    },
    "answer_missing": {
        "en": "This question needs an answer.",
        "nb": "Dette spørsmålet trenger et svar.",
        "it": "Questa domanda richiede una risposta.",
        "id": "Pertanyaan ini perlu dijawab.",
    },
    "question_twice": {
        "en": "Two questions are called {question}.",
        "nb": "To spørsmål heter {question}.",
        "it": "Due domande si chiamano {question}.",
        "id": "Dua pertanyaan bernama {question}.",
    },
    "question_choices": {
        "en": "A choice has different answers to choose from, at most {most}; other questions have none.",
        "nb": "Et valg har ulike svar å velge blant, høyst {most}; andre spørsmål har ingen.",
        "it": "Una scelta ha risposte diverse, al massimo {most}; le altre domande nessuna.",
        "id": "Pilihan punya jawaban yang berbeda, paling banyak {most}; pertanyaan lain tidak.",
    },
    "question_after": {
        "en": "A question can depend only on one before it, not on {question}.",
        "nb": "Et spørsmål kan bare avhenge av et tidligere, ikke av {question}.",
        "it": "Una domanda può dipendere solo da una precedente, non da {question}.",
        "id": "Pertanyaan hanya bisa bergantung pada yang sebelumnya, bukan {question}.",
    },
    "question_never_asked": {
        "en": "Say after which answers it is asked.",
        "nb": "Si etter hvilke svar det spørres.",
        "it": "Di’ dopo quali risposte viene posta.",
        "id": "Sebutkan setelah jawaban mana pertanyaan ini muncul.",
    },
    "answer_unfit": {
        "en": "This is no answer to: {question}.",
        "nb": "Dette er ikke et svar på: {question}.",
        "it": "Non è una risposta a: {question}.",
        "id": "Ini bukan jawaban untuk: {question}.",
    },
    "not_asker_for": {
        "en": "You can ask for yourself, for a department you buy for, and for a colleague of your company.",
        "nb": "Du kan spørre for deg selv, for en avdeling du kjøper inn for, og for en kollega i selskapet ditt.",
        "it": "Puoi chiedere per te, per un reparto per cui acquisti e per un collega della tua società.",
        "id": "Anda bisa meminta untuk diri sendiri, untuk bagian yang Anda belikan, dan untuk rekan seperusahaan.",
    },
    "not_case_handler": {
        "en": "Only case handlers of this department do that.",
        "nb": "Bare saksbehandlere i denne avdelingen gjør det.",
        "it": "Lo fanno solo gli addetti di questo reparto.",
        "id": "Hanya petugas bagian ini yang melakukannya.",
    },
    "own_case_not_handled": {
        "en": "Nobody handles her own request; a colleague does.",
        "nb": "Ingen behandler sin egen sak; en kollega gjør det.",
        "it": "Nessuno gestisce la propria richiesta; lo fa un collega.",
        "id": "Permintaan sendiri tidak ditangani sendiri; rekan yang menanganinya.",
    },
    "not_case_customer": {
        "en": "Only whoever asked says that.",
        "nb": "Bare den som spurte, sier det.",
        "it": "Lo dice solo chi ha chiesto.",
        "id": "Hanya yang meminta yang menyatakannya.",
    },
}
