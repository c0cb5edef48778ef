"""The words of the trade room: choices, their labels, and the wording of its own refusals.

``REASONS`` is importable without Django being set up, as the wordings of the other rooms are.
"""

from enum import Enum

from inward.trade.framewords import FRAME_LABELS, FRAME_REASONS
from inward.trade.runningwords import RUNNING_LABELS, RUNNING_REASONS


class OrderState(Enum):
    """Where an order stands."""

    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    PLACED = "PLACED"
    PARTLY_DELIVERED = "PARTLY_DELIVERED"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"
    DECLINED = "DECLINED"
    AGREED = "AGREED"
    """A standing order, of which parts are ordered."""
    ENDED = "ENDED"
    """A standing order of which nothing is ordered any more."""


CALLED_OFF = frozenset({OrderState.CANCELLED, OrderState.DECLINED})
"""Nothing came of these."""
NOT_SOLD = CALLED_OFF | {OrderState.AGREED, OrderState.ENDED}
"""Nothing was sold by these: what was agreed sells nothing, its parts do."""
OPEN_STATES = frozenset({OrderState.AWAITING_APPROVAL, OrderState.PLACED, OrderState.PARTLY_DELIVERED})


class Settlement(Enum):
    """How an order is paid."""

    PAYROLL = "PAYROLL"
    COST_CENTRE = "COST_CENTRE"
    INTERCOMPANY = "INTERCOMPANY"
    INVOICE = "INVOICE"
    EXTERNAL = "EXTERNAL"
    """Somewhere else, by a reference that whoever orders gives."""


class PaymentState(Enum):
    """What became of a payment made elsewhere."""

    GIVEN = "GIVEN"
    RECEIVED = "RECEIVED"
    NOT_FOUND = "NOT_FOUND"


class StepKind(Enum):
    """What happened to an order."""

    APPROVAL_ASKED = "APPROVAL_ASKED"
    PLACED = "PLACED"
    APPROVED = "APPROVED"
    REMINDED = "REMINDED"
    DECLINED = "DECLINED"
    READY = "READY"
    DELIVERED = "DELIVERED"
    RECEIVED = "RECEIVED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"
    DISPOSED = "DISPOSED"
    PAYMENT_GIVEN = "PAYMENT_GIVEN"
    PAYMENT_FOUND = "PAYMENT_FOUND"
    PAYMENT_MISSING = "PAYMENT_MISSING"
    AGREED = "AGREED"
    PAUSED = "PAUSED"
    RESUMED = "RESUMED"
    ENDED = "ENDED"


class Disposal(Enum):
    """What somebody did with what she bought at staff price."""

    GIVEN = "GIVEN"
    SOLD = "SOLD"


DISPOSAL_LABELS = {
    Disposal.GIVEN: {"en": "Given away", "nb": "Gitt bort", "it": "Regalato", "id": "Diberikan"},
    Disposal.SOLD: {"en": "Sold", "nb": "Solgt", "it": "Venduto", "id": "Dijual"},
}


class Fault(Enum):
    """Why whoever received something refused it."""

    DAMAGED = "DAMAGED"
    QUALITY = "QUALITY"
    WRONG_ITEM = "WRONG_ITEM"
    TOO_LATE = "TOO_LATE"
    OTHER = "OTHER"


class GivenUpWhy(Enum):
    """Why what was put aside was not ordered."""

    PRICE = "PRICE"
    NOT_NEEDED = "NOT_NEEDED"
    ELSEWHERE = "ELSEWHERE"
    TOO_COMPLICATED = "TOO_COMPLICATED"
    OTHER = "OTHER"


class FaultAnswer(Enum):
    """What becomes of a fault that was reported."""

    REPAIRED = "REPAIRED"
    REPLACED = "REPLACED"
    TAKEN_BACK = "TAKEN_BACK"
    NOT_COVERED = "NOT_COVERED"


class WaitsFor(Enum):
    """Whose turn it is with an order."""

    APPROVER = "APPROVER"
    SUPPLIER = "SUPPLIER"
    COLLECTOR = "COLLECTOR"
    """Whoever is to pick it up: it lies ready."""
    RECEIVER = "RECEIVER"


class HandoverWay(Enum):
    """How what was ordered gets to whoever ordered it."""

    COLLECT = "COLLECT"
    BRING = "BRING"


class StageKind(Enum):
    """A stage on the way of an order."""

    PLACED = "PLACED"
    APPROVED = "APPROVED"
    READY = "READY"
    ON_ITS_WAY = "ON_ITS_WAY"
    READY_TO_COLLECT = "READY_TO_COLLECT"
    HANDED_OVER = "HANDED_OVER"
    COLLECTED = "COLLECTED"
    BEGUN = "BEGUN"
    """What runs on runs since."""
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"
    DECLINED = "DECLINED"


class StageState(Enum):
    """Whether a stage is behind, next, ahead of that, or where it ended."""

    DONE = "DONE"
    NEXT = "NEXT"
    AHEAD = "AHEAD"
    STOPPED = "STOPPED"


class PayKind(Enum):
    """What a line tells payroll: to deduct something, to tax something as pay, or that something is invoiced instead."""

    DEDUCTION = "DEDUCTION"
    BENEFIT = "BENEFIT"
    INVOICE = "INVOICE"
    """Not for payroll: what is left of instalments of somebody who has left, for whoever invoices."""


class DisputeReason(Enum):
    """What is wrong with a charge."""

    NOT_ORDERED = "NOT_ORDERED"
    NOT_RECEIVED = "NOT_RECEIVED"
    QUANTITY = "QUANTITY"
    PRICE = "PRICE"
    QUALITY = "QUALITY"
    CENTRE = "CENTRE"
    PERIOD = "PERIOD"
    RATE = "RATE"
    TAX = "TAX"
    NOT_POSTED = "NOT_POSTED"
    OTHER = "OTHER"


class DisputeSide(Enum):
    """Which side of a dealing says that something is wrong with it."""

    CUSTOMER = "CUSTOMER"
    SUPPLIER = "SUPPLIER"


class DisputeAnswer(Enum):
    """What whoever serves for the supplier says to it."""

    CORRECTED = "CORRECTED"
    EXPLAINED = "EXPLAINED"


class BudgetRule(Enum):
    """What a budget does with an order beyond it: tell whoever orders, or stop the order."""

    WARN = "WARN"
    STOP = "STOP"


class StockMoveKind(Enum):
    """Why what lies at a place became more or less."""

    COUNTED = "COUNTED"
    HANDED_OVER = "HANDED_OVER"
    CAME_BACK = "CAME_BACK"
    TAKEN_BACK = "TAKEN_BACK"


class WaitingKind(Enum):
    """How somebody's waiting for an item ended."""

    TAKEN = "TAKEN"
    LEFT = "LEFT"
    LAPSED = "LAPSED"
    OPEN = "OPEN"


class TermsKind(Enum):
    """What terms are about: a staff scheme, or a company's deduction from pay."""

    SCHEME = "SCHEME"
    PAYROLL = "PAYROLL"


STOCK_MOVE_LABELS = {
    StockMoveKind.COUNTED: {"en": "Counted", "nb": "Telt", "it": "Contato", "id": "Dihitung"},
    StockMoveKind.HANDED_OVER: {"en": "Handed over", "nb": "Overlevert", "it": "Consegnato", "id": "Diserahkan"},
    StockMoveKind.CAME_BACK: {"en": "Came back", "nb": "Kom tilbake", "it": "Reso", "id": "Dikembalikan"},
    StockMoveKind.TAKEN_BACK: {
        "en": "Counts of a file taken back",
        "nb": "Tellinger fra en fil trukket tilbake",
        "it": "Conteggi di un file ritirati",
        "id": "Hitungan dari berkas ditarik kembali",
    },
}

TERMS_LABELS = {
    TermsKind.SCHEME: {
        "en": "Staff scheme",
        "nb": "Ansattordning",
        "it": "Programma per dipendenti",
        "id": "Program karyawan",
    },
    TermsKind.PAYROLL: {
        "en": "Deduction from pay",
        "nb": "Trekk i lønn",
        "it": "Trattenuta in busta paga",
        "id": "Pemotongan gaji",
    },
}

BUDGET_RULE_LABELS = {
    BudgetRule.WARN: {
        "en": "Tell whoever orders",
        "nb": "Si fra til den som bestiller",
        "it": "Avvisare chi ordina",
        "id": "Beri tahu pemesan",
    },
    BudgetRule.STOP: {
        "en": "Stop the order",
        "nb": "Stopp bestillingen",
        "it": "Fermare l’ordine",
        "id": "Hentikan pesanan",
    },
}

STATE_LABELS = {
    OrderState.AWAITING_APPROVAL: {
        "en": "Waiting for approval",
        "nb": "Venter på godkjenning",
        "it": "In attesa di approvazione",
        "id": "Menunggu persetujuan",
    },
    OrderState.PLACED: {"en": "Ordered", "nb": "Bestilt", "it": "Ordinato", "id": "Dipesan"},
    OrderState.PARTLY_DELIVERED: {
        "en": "Partly delivered",
        "nb": "Delvis levert",
        "it": "Consegnato in parte",
        "id": "Diserahkan sebagian",
    },
    OrderState.DELIVERED: {"en": "Delivered", "nb": "Levert", "it": "Consegnato", "id": "Diserahkan"},
    OrderState.RETURNED: {"en": "Returned", "nb": "Returnert", "it": "Reso", "id": "Dikembalikan"},
    OrderState.CANCELLED: {"en": "Cancelled", "nb": "Avbestilt", "it": "Annullato", "id": "Dibatalkan"},
    OrderState.DECLINED: {"en": "Declined", "nb": "Avslått", "it": "Respinto", "id": "Ditolak"},
    OrderState.AGREED: {"en": "Agreed", "nb": "Avtalt", "it": "Concordato", "id": "Disepakati"},
    OrderState.ENDED: {"en": "Ended", "nb": "Avsluttet", "it": "Terminato", "id": "Berakhir"},
}

SETTLEMENT_LABELS = {
    Settlement.PAYROLL: {
        "en": "Deducted from pay",
        "nb": "Trekkes i lønn",
        "it": "Trattenuto in busta paga",
        "id": "Dipotong dari gaji",
    },
    Settlement.COST_CENTRE: {
        "en": "Charged to a cost centre",
        "nb": "Belastes et kostnadssted",
        "it": "Addebitato a un centro di costo",
        "id": "Dibebankan ke pusat biaya",
    },
    Settlement.INTERCOMPANY: {
        "en": "Intercompany account",
        "nb": "Mellomregning mellom selskapene",
        "it": "Conto intercompany",
        "id": "Rekening antarperusahaan",
    },
    Settlement.INVOICE: {"en": "Invoice", "nb": "Faktura", "it": "Fattura", "id": "Faktur"},
    Settlement.EXTERNAL: {
        "en": "Paid elsewhere, by a reference",
        "nb": "Betalt et annet sted, med referanse",
        "it": "Pagato altrove, con un riferimento",
        "id": "Dibayar di tempat lain, dengan referensi",
    },
}

STEP_LABELS = {
    StepKind.APPROVAL_ASKED: {
        "en": "Approval asked",
        "nb": "Godkjenning er bedt om",
        "it": "Approvazione richiesta",
        "id": "Persetujuan diminta",
    },
    StepKind.PLACED: {"en": "Ordered", "nb": "Bestilt", "it": "Ordinato", "id": "Dipesan"},
    StepKind.APPROVED: {"en": "Approved", "nb": "Godkjent", "it": "Approvato", "id": "Disetujui"},
    StepKind.REMINDED: {"en": "Reminded", "nb": "Påminnet", "it": "Sollecito", "id": "Diingatkan"},
    StepKind.DECLINED: {"en": "Declined", "nb": "Avslått", "it": "Respinto", "id": "Ditolak"},
    StepKind.READY: {"en": "Made ready", "nb": "Gjort klar", "it": "Preparato", "id": "Disiapkan"},
    StepKind.DELIVERED: {"en": "Delivered", "nb": "Levert", "it": "Consegnato", "id": "Diserahkan"},
    StepKind.RECEIVED: {
        "en": "Receipt confirmed",
        "nb": "Mottak bekreftet",
        "it": "Ricevimento confermato",
        "id": "Penerimaan dikonfirmasi",
    },
    StepKind.PAYMENT_GIVEN: {
        "en": "Another payment named",
        "nb": "En annen betaling oppgitt",
        "it": "Indicato un altro pagamento",
        "id": "Pembayaran lain disebutkan",
    },
    StepKind.PAYMENT_FOUND: {
        "en": "Payment received",
        "nb": "Betaling mottatt",
        "it": "Pagamento ricevuto",
        "id": "Pembayaran diterima",
    },
    StepKind.PAYMENT_MISSING: {
        "en": "Payment not found",
        "nb": "Betaling ikke funnet",
        "it": "Pagamento non trovato",
        "id": "Pembayaran tidak ditemukan",
    },
    StepKind.CANCELLED: {"en": "Cancelled", "nb": "Avbestilt", "it": "Annullato", "id": "Dibatalkan"},
    StepKind.DISPOSED: {
        "en": "Given away or sold",
        "nb": "Gitt bort eller solgt",
        "it": "Regalato o venduto",
        "id": "Diberikan atau dijual",
    },
    StepKind.RETURNED: {"en": "Returned", "nb": "Returnert", "it": "Reso", "id": "Dikembalikan"},
    StepKind.AGREED: {"en": "Agreed", "nb": "Avtalt", "it": "Concordato", "id": "Disepakati"},
    StepKind.PAUSED: {"en": "Paused", "nb": "Satt på pause", "it": "Sospeso", "id": "Dijeda"},
    StepKind.RESUMED: {"en": "Goes on", "nb": "Fortsetter", "it": "Riprende", "id": "Dilanjutkan"},
    StepKind.ENDED: {"en": "Ended", "nb": "Avsluttet", "it": "Terminato", "id": "Berakhir"},
}

DISPUTE_REASON_LABELS = {
    DisputeReason.NOT_ORDERED: {"en": "We did not order it", "nb": "Vi har ikke bestilt det", "it": "Non l’abbiamo ordinato", "id": "Kami tidak memesannya"},
    DisputeReason.NOT_RECEIVED: {"en": "It did not come", "nb": "Det kom ikke", "it": "Non è arrivato", "id": "Barangnya tidak datang"},
    DisputeReason.QUANTITY: {"en": "Wrong quantity", "nb": "Feil antall", "it": "Quantità sbagliata", "id": "Jumlah salah"},
    DisputeReason.PRICE: {"en": "Wrong price", "nb": "Feil pris", "it": "Prezzo sbagliato", "id": "Harga salah"},
    DisputeReason.QUALITY: {"en": "Quality not good enough", "nb": "Ikke god nok kvalitet", "it": "Qualità insufficiente", "id": "Mutu tidak memadai"},
    DisputeReason.CENTRE: {"en": "Wrong cost centre", "nb": "Feil kostnadssted", "it": "Centro di costo sbagliato", "id": "Pusat biaya salah"},
    DisputeReason.PERIOD: {"en": "Posted in another month", "nb": "Bokført i en annen måned", "it": "Registrato in un altro mese", "id": "Dibukukan di bulan lain"},
    DisputeReason.RATE: {"en": "Another exchange rate", "nb": "En annen valutakurs", "it": "Un altro cambio", "id": "Kurs lain"},
    DisputeReason.TAX: {"en": "Tax is wrong", "nb": "Feil avgift", "it": "Imposta sbagliata", "id": "Pajak salah"},
    DisputeReason.NOT_POSTED: {"en": "Missing in the other company’s books", "nb": "Mangler i det andre selskapets bøker", "it": "Manca nei libri dell’altra società", "id": "Tidak ada di pembukuan perusahaan lain"},
    DisputeReason.OTHER: {"en": "Something else", "nb": "Noe annet", "it": "Altro", "id": "Lainnya"},
}  # fmt: skip

DISPUTE_ANSWER_LABELS = {
    DisputeAnswer.CORRECTED: {"en": "Corrected", "nb": "Rettet", "it": "Corretto", "id": "Dikoreksi"},
    DisputeAnswer.EXPLAINED: {"en": "Explained, stays as it is", "nb": "Forklart, står ved lag", "it": "Spiegato, resta così", "id": "Dijelaskan, tetap"},
}  # fmt: skip

FAULT_LABELS = {
    Fault.DAMAGED: {"en": "Damaged", "nb": "Skadet", "it": "Danneggiato", "id": "Rusak"},
    Fault.QUALITY: {
        "en": "Quality not good enough",
        "nb": "Ikke god nok kvalitet",
        "it": "Qualità insufficiente",
        "id": "Mutu tidak memadai",
    },
    Fault.WRONG_ITEM: {"en": "Not what was ordered", "nb": "Ikke det som ble bestilt", "it": "Non è ciò che era stato ordinato", "id": "Bukan yang dipesan"},
    Fault.TOO_LATE: {"en": "Too late", "nb": "For sent", "it": "Troppo tardi", "id": "Terlambat"},
    Fault.OTHER: {"en": "Something else", "nb": "Noe annet", "it": "Altro", "id": "Lainnya"},
}  # fmt: skip

WAITS_LABELS = {
    WaitsFor.APPROVER: {
        "en": "Waiting for a budget holder",
        "nb": "Venter på en budsjettansvarlig",
        "it": "In attesa di un responsabile del budget",
        "id": "Menunggu pemegang anggaran",
    },
    WaitsFor.SUPPLIER: {
        "en": "Waiting for the supplier",
        "nb": "Venter på leverandøren",
        "it": "In attesa del fornitore",
        "id": "Menunggu pemasok",
    },
    WaitsFor.COLLECTOR: {
        "en": "Waiting to be picked up",
        "nb": "Venter på å bli hentet",
        "it": "In attesa di ritiro",
        "id": "Menunggu diambil",
    },
    WaitsFor.RECEIVER: {
        "en": "Waiting for confirmation of what came",
        "nb": "Venter på bekreftelse av det som kom",
        "it": "In attesa di conferma di quanto arrivato",
        "id": "Menunggu konfirmasi atas yang datang",
    },
}

GIVEN_UP_LABELS = {
    GivenUpWhy.PRICE: {"en": "The price", "nb": "Prisen", "it": "Il prezzo", "id": "Harganya"},
    GivenUpWhy.NOT_NEEDED: {
        "en": "Not needed any more",
        "nb": "Trengs ikke lenger",
        "it": "Non serve più",
        "id": "Tidak diperlukan lagi",
    },
    GivenUpWhy.ELSEWHERE: {
        "en": "Found elsewhere",
        "nb": "Funnet et annet sted",
        "it": "Trovato altrove",
        "id": "Didapat di tempat lain",
    },
    GivenUpWhy.TOO_COMPLICATED: {
        "en": "Too complicated",
        "nb": "For komplisert",
        "it": "Troppo complicato",
        "id": "Terlalu rumit",
    },
    GivenUpWhy.OTHER: {"en": "Something else", "nb": "Noe annet", "it": "Altro", "id": "Lainnya"},
}

FAULT_ANSWER_LABELS = {
    FaultAnswer.REPAIRED: {"en": "Repaired", "nb": "Reparert", "it": "Riparato", "id": "Diperbaiki"},
    FaultAnswer.REPLACED: {"en": "Replaced", "nb": "Byttet", "it": "Sostituito", "id": "Diganti"},
    FaultAnswer.TAKEN_BACK: {
        "en": "Taken back, and the price given back",
        "nb": "Tatt tilbake, og prisen gitt tilbake",
        "it": "Ripreso, con rimborso del prezzo",
        "id": "Ditarik kembali, dan harganya dikembalikan",
    },
    FaultAnswer.NOT_COVERED: {"en": "Not covered", "nb": "Ikke dekket", "it": "Non coperto", "id": "Tidak ditanggung"},
}

HANDOVER_LABELS = {
    HandoverWay.COLLECT: {"en": "Pick-up", "nb": "Henting", "it": "Ritiro", "id": "Diambil sendiri"},
    HandoverWay.BRING: {"en": "Delivery", "nb": "Levering", "it": "Consegna", "id": "Diantar"},
}

STAGE_LABELS = {
    StageKind.PLACED: {"en": "Ordered", "nb": "Bestilt", "it": "Ordinato", "id": "Dipesan"},
    StageKind.APPROVED: {"en": "Approved", "nb": "Godkjent", "it": "Approvato", "id": "Disetujui"},
    StageKind.READY: {"en": "Ready", "nb": "Klar", "it": "Pronto", "id": "Siap"},
    StageKind.ON_ITS_WAY: {"en": "On its way", "nb": "På vei", "it": "In viaggio", "id": "Dalam perjalanan"},
    StageKind.READY_TO_COLLECT: {
        "en": "Ready to pick up",
        "nb": "Klar til henting",
        "it": "Pronto per il ritiro",
        "id": "Siap diambil",
    },
    StageKind.HANDED_OVER: {"en": "Handed over", "nb": "Overlevert", "it": "Consegnato", "id": "Diserahkan"},
    StageKind.COLLECTED: {"en": "Picked up", "nb": "Hentet", "it": "Ritirato", "id": "Diambil"},
    StageKind.BEGUN: {"en": "Begun", "nb": "Startet", "it": "Iniziato", "id": "Dimulai"},
    StageKind.CONFIRMED: {
        "en": "Receipt confirmed",
        "nb": "Mottak bekreftet",
        "it": "Ricevimento confermato",
        "id": "Penerimaan dikonfirmasi",
    },
    StageKind.RETURNED: {"en": "Came back", "nb": "Kom tilbake", "it": "Reso", "id": "Dikembalikan"},
    StageKind.CANCELLED: {"en": "Cancelled", "nb": "Avbestilt", "it": "Annullato", "id": "Dibatalkan"},
    StageKind.DECLINED: {"en": "Declined", "nb": "Avslått", "it": "Respinto", "id": "Ditolak"},
}

STAGE_STATE_LABELS = {
    StageState.DONE: {"en": "done", "nb": "ferdig", "it": "fatto", "id": "selesai"},
    StageState.NEXT: {"en": "next", "nb": "neste", "it": "il prossimo passo", "id": "berikutnya"},
    StageState.AHEAD: {"en": "to come", "nb": "gjenstår", "it": "da fare", "id": "belum"},
    StageState.STOPPED: {"en": "ended", "nb": "avsluttet", "it": "terminato", "id": "berakhir"},
}

RECORD_LABELS = {
    "parties.Party": {"en": "companies, departments or people", "nb": "selskaper, avdelinger eller personer", "it": "società, reparti o persone", "id": "perusahaan, bagian, atau orang"},
    "parties.Registration": {"en": "what registers say of companies", "nb": "det registre sier om selskaper", "it": "dati di registro delle società", "id": "keterangan register perusahaan"},
    "parties.Holding": {"en": "ownership shares", "nb": "eierandeler", "it": "quote di proprietà", "id": "porsi kepemilikan"},
    "parties.HeadOfPlace": {
        "en": "heads of departments",
        "nb": "avdelingers ledere",
        "it": "responsabili di reparti",
        "id": "kepala bagian",
    },
    "parties.DeputyOfPlace": {
        "en": "deputies",
        "nb": "stedfortredere",
        "it": "sostituti",
        "id": "wakil",
    },
    "parties.SpendingLimit": {
        "en": "signing limits",
        "nb": "fullmaktsgrenser",
        "it": "limiti di firma",
        "id": "batas wewenang",
    },
    "parties.ChangePart": {
        "en": "other changes of departments",
        "nb": "andre endringer av avdelinger",
        "it": "altre modifiche di reparti",
        "id": "perubahan bagian lain",
    },
    "parties.UnitPlacement": {"en": "places of departments", "nb": "avdelingers plassering", "it": "collocazioni di reparti", "id": "penempatan bagian"},
    "parties.WorkRelationship": {"en": "work relationships", "nb": "arbeidsforhold", "it": "rapporti di lavoro", "id": "hubungan kerja"},
    "access.User": {"en": "users", "nb": "brukere", "it": "utenti", "id": "pengguna"},
    "access.RoleGrant": {"en": "roles", "nb": "roller", "it": "ruoli", "id": "peran"},
    "catalogue.Category": {"en": "categories", "nb": "kategorier", "it": "categorie", "id": "kategori"},
    "catalogue.Family": {"en": "families of items", "nb": "varefamilier", "it": "famiglie di articoli", "id": "kelompok barang"},
    "catalogue.Offering": {"en": "items and services", "nb": "varer og tjenester", "it": "articoli e servizi", "id": "barang dan layanan"},
    "catalogue.OfferingCost": {"en": "costs", "nb": "kostnader", "it": "costi", "id": "biaya"},
    "catalogue.PriceRule": {"en": "prices", "nb": "priser", "it": "prezzi", "id": "harga"},
    "catalogue.Scheme": {"en": "staff schemes", "nb": "personalordninger", "it": "convenzioni per il personale", "id": "skema karyawan"},
    "catalogue.TaxRate": {"en": "tax rates", "nb": "avgiftssatser", "it": "aliquote", "id": "tarif pajak"},
    "trade.Order": {"en": "orders", "nb": "ordrer", "it": "ordini", "id": "pesanan"},
    "trade.OrderLine": {"en": "lines of orders", "nb": "ordrelinjer", "it": "righe d’ordine", "id": "baris pesanan"},
    "trade.OrderStep": {"en": "steps of orders", "nb": "ordrehendelser", "it": "passi di ordini", "id": "langkah pesanan"},
    "trade.ApprovalLimit": {"en": "approval limits", "nb": "godkjenningsgrenser", "it": "limiti di approvazione", "id": "batas persetujuan"},
    "trade.ApprovalProcedure": {"en": "ways to approve", "nb": "måter å godkjenne på", "it": "modi di approvazione", "id": "cara persetujuan"},
    "trade.Dispute": {"en": "disputes", "nb": "innsigelser", "it": "contestazioni", "id": "sanggahan"},
    "trade.OrderShare": {"en": "shares of orders", "nb": "deler av ordrer", "it": "quote di ordini", "id": "bagian pesanan"},
    "trade.Frame": {"en": "standing orders", "nb": "rammebestillinger", "it": "ordini ricorrenti", "id": "pesanan tetap"},
    "trade.FrameDraw": {"en": "parts of standing orders", "nb": "deler av rammebestillinger", "it": "parti di ordini ricorrenti", "id": "bagian pesanan tetap"},
    "trade.Budget": {"en": "budgets", "nb": "budsjetter", "it": "budget", "id": "anggaran"},
    "trade.BudgetUse": {"en": "what budgets were used for", "nb": "bruk av budsjetter", "it": "uso dei budget", "id": "pemakaian anggaran"},
    "trade.WaitingPlace": {"en": "places on waiting lists", "nb": "plasser på ventelister", "it": "posti in lista d’attesa", "id": "tempat di daftar tunggu"},
    "trade.Stock": {"en": "counts of items", "nb": "telte varer", "it": "conteggi di articoli", "id": "hitungan barang"},
    "trade.AllowanceUse": {"en": "allowances drawn", "nb": "brukte kvoter", "it": "quote usate", "id": "jatah terpakai"},
}  # fmt: skip
"""What people call the records that may refer to one another, by their tables: this room knows all below it."""

LABELS = {
    **RUNNING_LABELS,
    **FRAME_LABELS,
    "record": RECORD_LABELS,
    "pay_kind": {
        "DEDUCTION": {
            "en": "Deduction for an order",
            "nb": "Trekk for en bestilling",
            "it": "Trattenuta per un ordine",
            "id": "Potongan untuk pesanan",
        },
        "INVOICE": {
            "en": "To be invoiced after leaving",
            "nb": "Faktureres etter fratredelse",
            "it": "Da fatturare dopo l’uscita",
            "id": "Ditagih setelah keluar",
        },
        "BENEFIT": {
            "en": "Taxable benefit",
            "nb": "Skattepliktig fordel",
            "it": "Beneficio tassabile",
            "id": "Natura kena pajak",
        },
    },
    "terms_kind": {kind.value: label for kind, label in TERMS_LABELS.items()},
    "dispute_reason": {each.value: label for each, label in DISPUTE_REASON_LABELS.items()},
    "dispute_side": {
        "CUSTOMER": {"en": "Whoever buys", "nb": "Den som kjøper", "it": "Chi acquista", "id": "Pembeli"},
        "SUPPLIER": {"en": "Whoever sells", "nb": "Den som selger", "it": "Chi vende", "id": "Penjual"},
    },
    "dispute_answer": {each.value: label for each, label in DISPUTE_ANSWER_LABELS.items()},
    "fault": {fault.value: label for fault, label in FAULT_LABELS.items()},
    "waits_for": {each.value: label for each, label in WAITS_LABELS.items()},
    "budget_rule": {rule.value: label for rule, label in BUDGET_RULE_LABELS.items()},
    "stock_move": {kind.value: label for kind, label in STOCK_MOVE_LABELS.items()},
    "order_state": {state.value: label for state, label in STATE_LABELS.items()},
    "settlement": {way.value: label for way, label in SETTLEMENT_LABELS.items()},
    "on_leaving": {
        "LAST_PAY": {
            "en": "All of it out of the last pay",
            "nb": "Alt trekkes i siste lønn",
            "it": "Tutto dall’ultima busta paga",
            "id": "Semuanya dari gaji terakhir",
        },
        "INVOICE": {
            "en": "The rest is invoiced",
            "nb": "Resten faktureres",
            "it": "Il resto viene fatturato",
            "id": "Sisanya ditagih",
        },
    },
    "disposal": {how.value: label for how, label in DISPOSAL_LABELS.items()},
    "payment_state": {
        "GIVEN": {"en": "To be checked", "nb": "Skal kontrolleres", "it": "Da verificare", "id": "Akan diperiksa"},
        "RECEIVED": {"en": "Received", "nb": "Mottatt", "it": "Ricevuto", "id": "Diterima"},
        "NOT_FOUND": {"en": "Not found", "nb": "Ikke funnet", "it": "Non trovato", "id": "Tidak ditemukan"},
    },
    "step": {kind.value: label for kind, label in STEP_LABELS.items()},
    "given_up": {why.value: label for why, label in GIVEN_UP_LABELS.items()},
    "fault_answer": {each.value: label for each, label in FAULT_ANSWER_LABELS.items()},
    "handover_way": {way.value: label for way, label in HANDOVER_LABELS.items()},
    "stage": {kind.value: label for kind, label in STAGE_LABELS.items()},
    "stage_state": {state.value: label for state, label in STAGE_STATE_LABELS.items()},
}

REASONS = {
    **RUNNING_REASONS,
    **FRAME_REASONS,
    "given_up_not_asked": {
        "en": "Nothing is asked about your basket.",
        "nb": "Det er ingenting å svare på om kurven din.",
        "it": "Non c’è nulla da rispondere sul tuo carrello.",
        "id": "Tidak ada yang ditanyakan tentang keranjang Anda.",
    },
    "helper_oneself": {
        "en": "You order for yourself anyway: name a colleague.",
        "nb": "Du bestiller uansett for deg selv: oppgi en kollega.",
        "it": "Per te ordini già: indica un collega.",
        "id": "Anda memang memesan untuk diri sendiri: sebutkan seorang rekan.",
    },
    "helper_days_unfit": {
        "en": "Name a last day from today on, at most {most} days from now.",
        "nb": "Oppgi en siste dag fra i dag av, høyst {most} dager frem.",
        "it": "Indica un ultimo giorno da oggi, entro {most} giorni.",
        "id": "Sebutkan hari terakhir mulai hari ini, paling lama {most} hari lagi.",
    },
    "not_helper_for": {
        "en": "You may order only for those who let you.",
        "nb": "Du kan bare bestille for dem som lar deg gjøre det.",
        "it": "Puoi ordinare solo per chi te lo permette.",
        "id": "Anda hanya boleh memesan untuk yang mengizinkan Anda.",
    },
    "behalf_needs_approval": {
        "en": "What a department pays needs approval: whoever it is for has to order it.",
        "nb": "Det en avdeling betaler, må godkjennes: den det gjelder, bestiller selv.",
        "it": "Ciò che paga un reparto richiede approvazione: lo ordina la persona a cui è destinato.",
        "id": "Yang dibayar bagian perlu persetujuan: yang bersangkutan memesan sendiri.",
    },
    "behalf_alone": {
        "en": "What is ordered for a colleague says nothing of “{name}”: whoever it is for says that.",
        "nb": "Det som bestilles for en kollega, sier ikke noe om «{name}»: det må kollegaen selv si.",
        "it": "Un ordine per un collega non dice nulla di «{name}»: spetta al collega.",
        "id": "Pesanan untuk rekan tidak menyebut “{name}”: itu urusan rekan tersebut.",
    },
    "behalf_terms": {
        "en": "{name} has to accept the terms “{terms}” first.",
        "nb": "{name} må godta vilkårene «{terms}» først.",
        "it": "{name} deve prima accettare le condizioni «{terms}».",
        "id": "{name} harus menyetujui ketentuan “{terms}” terlebih dahulu.",
    },
    "behalf_not_running": {
        "en": "What runs on is ordered by whoever has it.",
        "nb": "Det som løper, bestilles av den som skal ha det.",
        "it": "Ciò che continua nel tempo lo ordina chi lo avrà.",
        "id": "Yang berjalan terus dipesan oleh pemiliknya sendiri.",
    },
    "promise_unfit": {
        "en": "Days to bring back are between 0 and {days}, months of guarantee between 0 and {months}.",
        "nb": "Dager for retur er mellom 0 og {days}, måneder med garanti mellom 0 og {months}.",
        "it": "I giorni per il reso sono tra 0 e {days}, i mesi di garanzia tra 0 e {months}.",
        "id": "Hari pengembalian antara 0 dan {days}, bulan garansi antara 0 dan {months}.",
    },
    "fault_waits": {
        "en": "A fault of {offering} is reported already and waits for an answer.",
        "nb": "En feil ved {offering} er allerede meldt og venter på svar.",
        "it": "Un difetto di {offering} è già segnalato e attende risposta.",
        "id": "Kerusakan {offering} sudah dilaporkan dan menunggu jawaban.",
    },
    "fault_not_waiting": {
        "en": "This fault does not wait for an answer any more.",
        "nb": "Denne feilen venter ikke lenger på svar.",
        "it": "Questo difetto non attende più risposta.",
        "id": "Kerusakan ini tidak lagi menunggu jawaban.",
    },
    "fault_taken_back_by_return": {
        "en": "Take the pieces back on the order: that answers the fault and gives the price back.",
        "nb": "Ta delene tilbake på bestillingen: det besvarer feilen og gir prisen tilbake.",
        "it": "Riprendi i pezzi nell’ordine: così si risponde al difetto e si rimborsa il prezzo.",
        "id": "Tarik kembali barangnya pada pesanan: itu menjawab kerusakan dan mengembalikan harganya.",
    },
    "fault_reported_by_buyer": {
        "en": "Only whoever ordered it, or buys for the same department, reports a fault.",
        "nb": "Bare den som bestilte, eller kjøper for samme avdeling, melder en feil.",
        "it": "Solo chi ha ordinato, o acquista per lo stesso reparto, segnala un difetto.",
        "id": "Hanya pemesan, atau pembeli untuk bagian yang sama, yang melaporkan kerusakan.",
    },
    "handover_not_offered": {
        "en": "Nothing is to be chosen here: {supplier} does not say how it hands over, or nothing is handed over.",
        "nb": "Her er det ingenting å velge: {supplier} sier ikke hvordan den leverer, eller ingenting leveres.",
        "it": "Qui non c’è nulla da scegliere: {supplier} non dice come consegna, o non si consegna nulla.",
        "id": "Tidak ada yang perlu dipilih: {supplier} tidak menyebut cara penyerahan, atau tidak ada yang diserahkan.",
    },
    "handover_way_unknown": {
        "en": "{supplier} does not hand over so any more. Choose how you get it again.",
        "nb": "{supplier} leverer ikke slik lenger. Velg på nytt hvordan du får det.",
        "it": "{supplier} non consegna più in questo modo. Scegli di nuovo come riceverlo.",
        "id": "{supplier} tidak lagi menyerahkan dengan cara itu. Pilih lagi cara menerimanya.",
    },
    "handover_address_missing": {
        "en": "Say where it is to be brought, in at most {most} letters.",
        "nb": "Oppgi hvor det skal bringes, med høyst {most} tegn.",
        "it": "Indica dove consegnarlo, in al massimo {most} lettere.",
        "id": "Sebutkan ke mana harus diantar, paling banyak {most} huruf.",
    },
    "handover_unfit": {
        "en": "Name up to {places} different places in at most {most} letters each; or say that it is brought.",
        "nb": "Oppgi inntil {places} ulike steder med høyst {most} tegn hver; eller si at det bringes.",
        "it": "Indica fino a {places} luoghi diversi di al massimo {most} lettere ciascuno; oppure che viene portato.",
        "id": "Sebutkan hingga {places} tempat berbeda, masing-masing paling banyak {most} huruf; atau bahwa diantar.",
    },
    "handover_ready_already": {
        "en": "It is noted as ready already.",
        "nb": "Det er allerede notert som klart.",
        "it": "È già segnato come pronto.",
        "id": "Sudah dicatat sebagai siap.",
    },
    "not_handover_keeper": {
        "en": "How {supplier} hands over and takes back is said by those who serve for it and by its data administrators.",
        "nb": "Hvordan {supplier} leverer og tar tilbake, sies av dem som leverer for den og av dens dataansvarlige.",
        "it": "Come {supplier} consegna e riprende lo dice chi fornisce per essa e i suoi amministratori dei dati.",
        "id": "Cara {supplier} menyerahkan dan menarik kembali ditentukan oleh yang melayani untuknya dan administrator datanya.",
    },
    "not_some_handover_keeper": {
        "en": "How things are handed over and taken back is said by those who serve for a supplier and by data administrators.",
        "nb": "Hvordan ting leveres og tas tilbake, sies av dem som leverer for en leverandør og av dataansvarlige.",
        "it": "Come si consegna e si riprende lo dice chi fornisce per un fornitore e gli amministratori dei dati.",
        "id": "Cara penyerahan dan penarikan ditentukan oleh yang melayani untuk pemasok dan administrator data.",
    },
    "shares_not_open": {
        "en": "Only what a department or company buys, and is charged to it, can be shared; nothing that runs on by itself.",
        "nb": "Bare det en avdeling eller et selskap kjøper og belastes for, kan deles; ikke det som løper av seg selv.",
        "it": "Si può ripartire solo ciò che un reparto o una società acquista e che gli viene addebitato; non ciò che continua da sé.",
        "id": "Hanya yang dibeli dan dibebankan kepada bagian atau perusahaan yang dapat dibagi; bukan yang berjalan sendiri.",
    },
    "shares_unfit": {
        "en": "Name 2 to {most} different cost centres, each with a part above zero, all in percent or all in amounts.",
        "nb": "Oppgi 2 til {most} ulike kostnadssteder, hvert med en del over null, alle i prosent eller alle i beløp.",
        "it": "Indica da 2 a {most} centri di costo diversi, ciascuno con una parte maggiore di zero, tutti in percentuale o tutti in importi.",
        "id": "Sebutkan 2 sampai {most} pusat biaya yang berbeda, masing-masing dengan bagian di atas nol, semuanya dalam persen atau semuanya dalam jumlah.",
    },
    "shares_not_whole": {
        "en": "The parts are {sum} percent together; they must be 100.",
        "nb": "Delene er {sum} prosent til sammen; de må være 100.",
        "it": "Le parti fanno insieme il {sum} per cento; devono fare 100.",
        "id": "Bagian-bagian berjumlah {sum} persen; harus 100.",
    },
    "shares_not_amount": {
        "en": "The parts are {sum} together; the order costs {total} without tax.",
        "nb": "Delene er {sum} til sammen; bestillingen koster {total} uten avgift.",
        "it": "Le parti fanno insieme {sum}; l’ordine costa {total} senza imposta.",
        "id": "Bagian-bagian berjumlah {sum}; pesanan berharga {total} tanpa pajak.",
    },
    "not_disputer": {
        "en": "A charge is disputed by those who buy for the cost centre or hold its budget.",
        "nb": "En belastning bestrides av dem som kjøper for kostnadsstedet eller har budsjettet.",
        "it": "Un addebito è contestato da chi acquista per il centro di costo o ne ha il budget.",
        "id": "Beban disanggah oleh pembeli untuk pusat biaya itu atau pemegang anggarannya.",
    },
    "not_answerer": {
        "en": "A dispute is answered by the other side: those who serve for the supplier, or buy for the cost centre or hold its budget; never by whoever raised it.",
        "nb": "En innsigelse besvares av den andre siden: de som ekspederer for leverandøren, eller kjøper for kostnadsstedet eller har budsjettet; aldri av den som kom med den.",
        "it": "A una contestazione risponde l’altra parte: chi serve per il fornitore, o acquista per il centro di costo o ne ha il budget; mai chi l’ha sollevata.",
        "id": "Sanggahan dijawab pihak lain: yang melayani untuk pemasok, atau pembeli untuk pusat biaya atau pemegang anggarannya; bukan penyanggahnya.",
    },
    "dispute_between_companies": {
        "en": "Whoever sells disputes only what a company of the house bought; anything else is settled on the order itself.",
        "nb": "Den som selger, bestrider bare det et selskap i huset kjøpte; alt annet ordnes på selve bestillingen.",
        "it": "Chi vende contesta solo ciò che ha acquistato una società interna; il resto si risolve sull’ordine stesso.",
        "id": "Penjual hanya menyanggah yang dibeli perusahaan internal; selain itu diselesaikan pada pesanannya.",
    },
    "dispute_amount": {
        "en": "The disputed amount lies above zero, at most {most}.",
        "nb": "Det bestridte beløpet er over null og høyst {most}.",
        "it": "L’importo contestato è maggiore di zero e al massimo {most}.",
        "id": "Jumlah yang disanggah di atas nol, paling banyak {most}.",
    },
    "dispute_owner": {
        "en": "Name somebody who may answer this dispute.",
        "nb": "Oppgi noen som kan besvare denne innsigelsen.",
        "it": "Indica qualcuno che può rispondere a questa contestazione.",
        "id": "Sebutkan orang yang boleh menjawab sanggahan ini.",
    },
    "dispute_open": {
        "en": "This charge is disputed already and waits for an answer.",
        "nb": "Denne belastningen er alt bestridt og venter på svar.",
        "it": "Questo addebito è già contestato e attende risposta.",
        "id": "Beban ini sudah disanggah dan menunggu jawaban.",
    },
    "dispute_answered": {
        "en": "This dispute has been answered already.",
        "nb": "Denne innsigelsen er alt besvart.",
        "it": "A questa contestazione è già stato risposto.",
        "id": "Sanggahan ini sudah dijawab.",
    },
    "dispute_due": {
        "en": "Choose a day from today on by which you need an answer, within a year.",
        "nb": "Velg en dag fra i dag av da du trenger svar, innen ett år.",
        "it": "Scegli un giorno da oggi in poi entro cui ti serve una risposta, entro un anno.",
        "id": "Pilih hari mulai hari ini sebagai batas jawaban, dalam satu tahun.",
    },
    "not_charged": {
        "en": "Nothing of this order is charged to {unit}.",
        "nb": "Ingenting av denne bestillingen er belastet {unit}.",
        "it": "Nulla di questo ordine è addebitato a {unit}.",
        "id": "Tidak ada dari pesanan ini yang dibebankan ke {unit}.",
    },
    "approval_already_said": {
        "en": "You have said yes already; others have to agree as well.",
        "nb": "Du har alt sagt ja; andre må også være enige.",
        "it": "Hai già detto di sì; devono essere d’accordo anche altri.",
        "id": "Anda sudah menyetujui; orang lain juga harus setuju.",
    },
    "procedure_not_usable": {
        "en": "Between 1 and {most} people can be asked to agree, in at most ten stages.",
        "nb": "Mellom 1 og {most} personer kan bli bedt om å godkjenne, i høyst ti trinn.",
        "it": "Si può chiedere il consenso da 1 a {most} persone, in al massimo dieci passaggi.",
        "id": "Persetujuan dapat diminta dari 1 sampai {most} orang, paling banyak sepuluh tahap.",
    },
    "stage_not_readable": {
        "en": "“{line}” is no stage. Type an amount, the code of a department and a number, such as: 20000 abc 1",
        "nb": "«{line}» er ikke et trinn. Skriv et beløp, koden til en avdeling og et antall, for eksempel: 20000 abc 1",
        "it": "«{line}» non è un passaggio. Scrivi un importo, il codice di un reparto e un numero, per esempio: 20000 abc 1",
        "id": "“{line}” bukan tahap. Ketik jumlah, kode bagian, dan angka, misalnya: 20000 abc 1",
    },
    "stage_not_above": {
        "en": "A further stage asks the department itself or what is above it; {place} is neither.",
        "nb": "Et videre trinn spør avdelingen selv eller det som er over den; {place} er ingen av delene.",
        "it": "Un passaggio ulteriore chiede al reparto stesso o a ciò che gli sta sopra; {place} non lo è.",
        "id": "Tahap berikutnya menanyai bagian itu sendiri atau yang di atasnya; {place} bukan keduanya.",
    },
    "procedure_days": {
        "en": "A reminder comes after 1 to {most} working days.",
        "nb": "En påminnelse kommer etter 1 til {most} arbeidsdager.",
        "it": "Un sollecito arriva dopo 1–{most} giorni lavorativi.",
        "id": "Pengingat dikirim setelah 1 sampai {most} hari kerja.",
    },
    "away_days": {
        "en": "Choose days from today on, the last not before the first.",
        "nb": "Velg dager fra i dag av, den siste ikke før den første.",
        "it": "Scegli giorni da oggi in poi, l’ultimo non prima del primo.",
        "id": "Pilih hari mulai hari ini, yang terakhir tidak sebelum yang pertama.",
    },
    "deputy_signs_in": {
        "en": "Name a colleague who signs in here to approve meanwhile.",
        "nb": "Oppgi en kollega som logger inn her og kan godkjenne imens.",
        "it": "Indica un collega che accede qui e approva nel frattempo.",
        "id": "Sebutkan rekan yang masuk ke sistem ini untuk menyetujui sementara itu.",
    },
    "not_receiver": {
        "en": "What came is confirmed by whoever ordered it or buys for the department.",
        "nb": "Det som kom, bekreftes av den som bestilte eller kjøper inn for avdelingen.",
        "it": "Quanto arrivato è confermato da chi l’ha ordinato o acquista per il reparto.",
        "id": "Yang datang dikonfirmasi oleh pemesan atau pembeli untuk bagian itu.",
    },
    "receiver_delivers": {
        "en": "Whoever handed it over does not confirm what came.",
        "nb": "Den som leverte, bekrefter ikke mottaket.",
        "it": "Chi ha consegnato non conferma il ricevimento.",
        "id": "Yang menyerahkan tidak mengonfirmasi penerimaan.",
    },
    "nothing_to_receive": {
        "en": "Nothing on this order waits to be confirmed.",
        "nb": "Ingenting på denne bestillingen venter på bekreftelse.",
        "it": "In questo ordine non c’è nulla da confermare.",
        "id": "Tidak ada yang menunggu konfirmasi pada pesanan ini.",
    },
    "more_than_came": {
        "en": "{offering}: {quantity} is more than the {open} that were handed over and are not confirmed.",
        "nb": "{offering}: {quantity} er mer enn de {open} som er levert og ikke bekreftet.",
        "it": "{offering}: {quantity} sono più dei {open} consegnati e non confermati.",
        "id": "{offering}: {quantity} melebihi {open} yang diserahkan dan belum dikonfirmasi.",
    },
    "fault_missing": {
        "en": "Say why the pieces are refused.",
        "nb": "Oppgi hvorfor stykkene avvises.",
        "it": "Indica perché i pezzi sono rifiutati.",
        "id": "Sebutkan mengapa barang itu ditolak.",
    },
    "budget_spent": {
        "en": "The budget of {unit} for {since} – {last} has {left} left; this order takes {total}. Ask whoever sets the budget, or order less.",
        "nb": "Budsjettet til {unit} for {since} – {last} har {left} igjen; denne bestillingen tar {total}. Spør den som setter budsjettet, eller bestill mindre.",
        "it": "Nel budget di {unit} per {since} – {last} restano {left}; questo ordine ne prende {total}. Chiedi a chi stabilisce il budget, oppure ordina meno.",
        "id": "Anggaran {unit} untuk {since} – {last} tersisa {left}; pesanan ini memakai {total}. Tanyakan kepada penetap anggaran, atau kurangi pesanan.",
    },
    "budget_other_currency": {
        "en": "The budget of {unit} is in {currency}; this order is in {given}, and nobody has said at which rate.",
        "nb": "Budsjettet til {unit} er i {currency}; denne bestillingen er i {given}, og ingen har oppgitt kursen.",
        "it": "Il budget di {unit} è in {currency}; questo ordine è in {given} e nessuno ha indicato il cambio.",
        "id": "Anggaran {unit} dalam {currency}; pesanan ini dalam {given}, dan belum ada yang menyebutkan kursnya.",
    },
    "budget_not_usable": {
        "en": "{amount} is no amount for a budget.",
        "nb": "{amount} er ikke et budsjettbeløp.",
        "it": "{amount} non è un importo di budget.",
        "id": "{amount} bukan jumlah untuk anggaran.",
    },
    "budget_currency": {
        "en": "The budget must be in {currency}, the currency of {unit}'s company.",
        "nb": "Budsjettet må være i {currency}, valutaen til selskapet {unit} hører til.",
        "it": "Il budget deve essere in {currency}, la valuta della società di {unit}.",
        "id": "Anggaran harus dalam {currency}, mata uang perusahaan tempat {unit} berada.",
    },
    "budget_days": {
        "en": "The last day must not come before the first.",
        "nb": "Den siste dagen kan ikke komme før den første.",
        "it": "L’ultimo giorno non può precedere il primo.",
        "id": "Hari terakhir tidak boleh mendahului hari pertama.",
    },
    "budget_overlaps": {
        "en": "{unit} has a budget for some of these days already: {since} – {last}.",
        "nb": "{unit} har alt et budsjett for noen av disse dagene: {since} – {last}.",
        "it": "{unit} ha già un budget per alcuni di questi giorni: {since} – {last}.",
        "id": "{unit} sudah punya anggaran untuk sebagian hari itu: {since} – {last}.",
    },
    "stock_none": {
        "en": "None of {offering} is left.",
        "nb": "Det er ingen igjen av {offering}.",
        "it": "Di {offering} non ne resta nessuno.",
        "id": "{offering} sudah habis.",
    },
    "stock_none_until": {
        "en": "None of {offering} is left; more is expected by {expected}.",
        "nb": "Det er ingen igjen av {offering}; flere er ventet innen {expected}.",
        "it": "Di {offering} non ne resta nessuno; altri sono attesi entro il {expected}.",
        "id": "{offering} sudah habis; tambahan diharapkan paling lambat {expected}.",
    },
    "stock_short": {
        "en": "Only {left} of {offering} are left; you asked for {quantity}.",
        "nb": "Det er bare {left} igjen av {offering}; du ba om {quantity}.",
        "it": "Di {offering} ne restano solo {left}; ne hai chiesti {quantity}.",
        "id": "{offering} hanya tersisa {left}; Anda meminta {quantity}.",
    },
    "stock_apart": {
        "en": "{offering}: one order takes at most {most}, which is what {place} has; {left} are left at all places together. Order the rest apart.",
        "nb": "{offering}: én bestilling tar høyst {most}, som er det {place} har; {left} er igjen på alle steder til sammen. Bestill resten for seg.",
        "it": "{offering}: un ordine ne prende al massimo {most}, quanti ne ha {place}; in tutti i luoghi insieme ne restano {left}. Ordina il resto a parte.",
        "id": "{offering}: satu pesanan mengambil paling banyak {most}, yaitu yang ada di {place}; di semua tempat tersisa {left}. Pesan sisanya terpisah.",
    },
    "stock_moved": {
        "en": "Others are ordering the same items at this moment. Try again.",
        "nb": "Andre bestiller de samme varene akkurat nå. Prøv igjen.",
        "it": "Altri stanno ordinando gli stessi articoli in questo momento. Riprova.",
        "id": "Orang lain sedang memesan barang yang sama. Coba lagi.",
    },
    "waiting_needless": {
        "en": "{offering} can be ordered now: there is no need to wait.",
        "nb": "{offering} kan bestilles nå: det er ikke nødvendig å vente.",
        "it": "{offering} si può ordinare adesso: non serve aspettare.",
        "id": "{offering} dapat dipesan sekarang: tidak perlu menunggu.",
    },
    "waiting_already": {
        "en": "You wait for {offering} already.",
        "nb": "Du venter alt på {offering}.",
        "it": "Sei già in attesa di {offering}.",
        "id": "Anda sudah menunggu {offering}.",
    },
    "stock_days_unfit": {
        "en": "Who waits has between 1 and {most} working days to order.",
        "nb": "Den som venter har mellom 1 og {most} arbeidsdager på å bestille.",
        "it": "Chi è in attesa ha da 1 a {most} giorni lavorativi per ordinare.",
        "id": "Yang menunggu punya 1 sampai {most} hari kerja untuk memesan.",
    },
    "stock_count_unfit": {
        "en": "A count is a whole number between 0 and {most}.",
        "nb": "En telling er et helt tall mellom 0 og {most}.",
        "it": "Un conteggio è un numero intero tra 0 e {most}.",
        "id": "Hitungan adalah bilangan bulat antara 0 dan {most}.",
    },
    "stock_place_unfit": {
        "en": "A place is named in at most {most} letters, without a slash or colon.",
        "nb": "Et sted har et navn på høyst {most} tegn, uten skråstrek eller kolon.",
        "it": "Un luogo ha un nome di al massimo {most} lettere, senza barre né due punti.",
        "id": "Tempat bernama paling banyak {most} huruf, tanpa garis miring atau titik dua.",
    },
    "stock_expected_unfit": {
        "en": "Say a day from today on by which more is expected.",
        "nb": "Oppgi en dag fra i dag av da flere er ventet.",
        "it": "Indica un giorno da oggi in poi entro cui ne sono attesi altri.",
        "id": "Sebutkan hari mulai hari ini saat tambahan diharapkan.",
    },
    "stock_not_of_running": {
        "en": "{offering} runs on from period to period: it is not counted in pieces.",
        "nb": "{offering} løper fra periode til periode: den telles ikke i stykker.",
        "it": "{offering} continua di periodo in periodo: non si conta in pezzi.",
        "id": "{offering} berjalan dari periode ke periode: tidak dihitung per buah.",
    },
    "not_counter_for": {
        "en": "Counts of {supplier} are kept by those who serve for it and by its data administrators.",
        "nb": "Tellinger hos {supplier} føres av dem som leverer for den og av dens dataansvarlige.",
        "it": "I conteggi di {supplier} sono tenuti da chi fornisce per essa e dai suoi amministratori dei dati.",
        "id": "Hitungan {supplier} dicatat oleh yang melayani untuknya dan oleh administrator datanya.",
    },
    "not_counter": {
        "en": "Counts are kept by those who serve for a supplier and by data administrators.",
        "nb": "Tellinger føres av dem som leverer for en leverandør og av dataansvarlige.",
        "it": "I conteggi sono tenuti da chi fornisce per un fornitore e dagli amministratori dei dati.",
        "id": "Hitungan dicatat oleh yang melayani untuk pemasok dan oleh administrator data.",
    },
    "not_setter_of_budgets": {
        "en": "Only controllers set budgets.",
        "nb": "Bare controllere setter budsjetter.",
        "it": "Solo i controller stabiliscono i budget.",
        "id": "Hanya pengendali keuangan yang menetapkan anggaran.",
    },
    "terms_not_accepted": {
        "en": "Read and accept the terms “{terms}” first; then order again.",
        "nb": "Les og godta vilkårene «{terms}» først, og bestill så på nytt.",
        "it": "Leggi e accetta prima le condizioni «{terms}», poi ordina di nuovo.",
        "id": "Baca dan setujui dulu ketentuan “{terms}”, lalu pesan lagi.",
    },
    "order_not_disposable": {
        "en": "Nothing of this order was handed over yet that could be given away ({state:order_state}).",
        "nb": "Ingenting av denne bestillingen er levert som kunne gis bort ({state:order_state}).",
        "it": "Di questo ordine non è stato ancora consegnato nulla che si possa cedere ({state:order_state}).",
        "id": "Belum ada bagian pesanan ini yang diserahkan sehingga dapat diberikan ({state:order_state}).",
    },
    "more_than_there": {
        "en": "Of {offering} there are only {open} left, not {quantity}.",
        "nb": "Av {offering} er det bare {open} igjen, ikke {quantity}.",
        "it": "Di {offering} ne restano solo {open}, non {quantity}.",
        "id": "{offering} hanya tersisa {open}, bukan {quantity}.",
    },
    "instalments_not_open": {
        "en": "It can be deducted in at most {most} parts.",
        "nb": "Det kan trekkes i høyst {most} deler.",
        "it": "Si può trattenere in al massimo {most} rate.",
        "id": "Pemotongan dapat dilakukan paling banyak dalam {most} bagian.",
    },
    "instalment_too_small": {
        "en": "No part may be smaller than {least}; choose fewer.",
        "nb": "Ingen del kan være mindre enn {least}; velg færre.",
        "it": "Nessuna rata può essere inferiore a {least}; sceglierne meno.",
        "id": "Tidak ada bagian yang boleh kurang dari {least}; pilih lebih sedikit.",
    },
    "instalments_of_pay_alone": {
        "en": "Only what is deducted from pay comes in parts.",
        "nb": "Bare det som trekkes i lønn, kan deles opp.",
        "it": "Solo ciò che si trattiene in busta paga può essere rateizzato.",
        "id": "Hanya yang dipotong dari gaji yang dapat dibagi.",
    },
    "pay_parts_unfit": {
        "en": "From 1 to {most} parts, none below nothing, and a day of the month.",
        "nb": "Fra 1 til {most} deler, ingen under null, og en dag i måneden.",
        "it": "Da 1 a {most} rate, nessuna sotto zero, e un giorno del mese.",
        "id": "Dari 1 sampai {most} bagian, tidak ada yang di bawah nol, dan satu hari dalam bulan.",
    },
    "allowance_not_given": {
        "en": "{scheme} lets nobody give unused allowance away, or is not open to you.",
        "nb": "{scheme} lar ingen gi bort ubrukt kvote, eller er ikke åpen for deg.",
        "it": "{scheme} non consente di cedere la quota non usata, o non ti è aperto.",
        "id": "{scheme} tidak mengizinkan pemberian jatah yang tersisa, atau tidak terbuka bagi Anda.",
    },
    "allowance_not_for_them": {
        "en": "{scheme} does not let you give allowance to this person.",
        "nb": "{scheme} lar deg ikke gi kvote til denne personen.",
        "it": "{scheme} non ti consente di cedere la quota a questa persona.",
        "id": "{scheme} tidak mengizinkan Anda memberi jatah kepada orang ini.",
    },
    "allowance_gift_empty": {
        "en": "Say how much you give, in money or in pieces.",
        "nb": "Si hvor mye du gir, i penger eller i stykk.",
        "it": "Indica quanto cedi, in denaro o in pezzi.",
        "id": "Sebutkan berapa yang Anda berikan, dalam uang atau jumlah buah.",
    },
    "allowance_not_in_pieces": {
        "en": "This allowance is not counted in pieces.",
        "nb": "Denne kvoten telles ikke i stykk.",
        "it": "Questa quota non si conta in pezzi.",
        "id": "Jatah ini tidak dihitung dalam jumlah buah.",
    },
    "allowance_not_in_money": {
        "en": "This allowance is not counted in this money.",
        "nb": "Denne kvoten telles ikke i disse pengene.",
        "it": "Questa quota non si conta in questa valuta.",
        "id": "Jatah ini tidak dihitung dalam mata uang ini.",
    },
    "allowance_gift_too_much": {
        "en": "That is more than is left of your own allowance.",
        "nb": "Det er mer enn det som er igjen av din egen kvote.",
        "it": "È più di quanto resta della tua quota.",
        "id": "Itu lebih dari sisa jatah Anda sendiri.",
    },
    "disposal_how_missing": {
        "en": "Say whether it was given away or sold.",
        "nb": "Si om det ble gitt bort eller solgt.",
        "it": "Indica se è stato regalato o venduto.",
        "id": "Sebutkan apakah barang itu diberikan atau dijual.",
    },
    "disposal_not_yours": {
        "en": "Only whoever bought it for themselves says what became of it.",
        "nb": "Bare den som kjøpte det til seg selv, sier hva som ble av det.",
        "it": "Solo chi l’ha comprato per sé dice che fine ha fatto.",
        "id": "Hanya yang membelinya untuk diri sendiri yang mengatakan nasib barang itu.",
    },
    "benefit_law_none": {
        "en": "No rules on taxable benefit are kept for {jurisdiction}. A controller of everything can load them.",
        "nb": "Det finnes ingen regler om skattepliktige fordeler for {jurisdiction}. En controller for alt kan laste dem inn.",
        "it": "Per {jurisdiction} non ci sono regole sui benefici tassabili. Può caricarle un controller di tutto.",
        "id": "Belum ada aturan natura kena pajak untuk {jurisdiction}. Pengendali keuangan atas semuanya dapat memuatnya.",
    },
    "benefit_paid_by_department": {
        "en": "A department paid for it, so it counts as bought for work.",
        "nb": "En avdeling betalte, så det regnes som kjøpt til arbeidet.",
        "it": "L’ha pagato un reparto, quindi conta come acquisto per lavoro.",
        "id": "Dibayar oleh bagian, jadi dihitung sebagai pembelian untuk pekerjaan.",
    },
    "benefit_in_other_currency": {
        "en": "It was paid in {given}, and the law reckons in {currency}: nobody has said at which rate.",
        "nb": "Det ble betalt i {given}, og loven regner i {currency}: ingen har oppgitt kursen.",
        "it": "È stato pagato in {given} e la legge conta in {currency}: nessuno ha indicato il cambio.",
        "id": "Dibayar dalam {given}, sedangkan hukum menghitung dalam {currency}: belum ada yang menyebutkan kursnya.",
    },
    "benefit_fact_not_asked": {
        "en": "The law of the country of {company} does not ask this of anybody.",
        "nb": "Loven i landet til {company} spør ikke om dette.",
        "it": "La legge del paese di {company} non lo chiede a nessuno.",
        "id": "Hukum negara {company} tidak menanyakan hal ini.",
    },
    "benefit_gift_kind": {
        "en": "The law of the country of {company} names no such kind of benefit.",
        "nb": "Loven i landet til {company} kjenner ingen slik fordel.",
        "it": "La legge del paese di {company} non conosce questo tipo di beneficio.",
        "id": "Hukum negara {company} tidak mengenal jenis natura itu.",
    },
    "benefit_gift_unfit": {
        "en": "Say what was given (up to {most} characters) and what it is worth, more than nothing.",
        "nb": "Oppgi hva som ble gitt (inntil {most} tegn) og hva det er verdt, mer enn ingenting.",
        "it": "Indica che cosa è stato dato (al più {most} caratteri) e quanto vale, più di nulla.",
        "id": "Sebutkan apa yang diberikan (paling banyak {most} huruf) dan nilainya, lebih dari nol.",
    },
    "benefit_gift_to_come": {
        "en": "What was given was given on {today} or before.",
        "nb": "Det som ble gitt, ble gitt {today} eller før.",
        "it": "Ciò che è stato dato è stato dato il {today} o prima.",
        "id": "Yang diberikan telah diberikan pada {today} atau sebelumnya.",
    },
    "benefit_gift_giver": {
        "en": "Choose the company that gave it from the list.",
        "nb": "Velg selskapet som ga det, fra listen.",
        "it": "Scegli dalla lista l’azienda che l’ha dato.",
        "id": "Pilih dari daftar perusahaan yang memberikannya.",
    },
    "benefit_fact_noted": {
        "en": "That is noted already for some of these days. Take it back first to say it otherwise.",
        "nb": "Det er alt notert for noen av disse dagene. Trekk det tilbake først for å si det annerledes.",
        "it": "È già annotato per alcuni di questi giorni. Prima ritiralo, poi indicalo di nuovo.",
        "id": "Sudah dicatat untuk sebagian hari itu. Tarik kembali dulu untuk mengubahnya.",
    },
    "benefit_too_much_to_wait": {
        "en": "so much was bought this year that only the page of your taxable benefit reckons it.",
        "nb": "det er kjøpt så mye i år at bare siden for din skattepliktige fordel regner det ut.",
        "it": "quest’anno si è acquistato tanto che lo calcola solo la pagina dei tuoi benefici tassabili.",
        "id": "pembelian tahun ini begitu banyak sehingga hanya halaman natura kena pajak Anda yang menghitungnya.",
    },
    "benefit_year_unknown": {
        "en": "{year} is not a tax year that can be asked for.",
        "nb": "{year} er ikke et skatteår det kan spørres om.",
        "it": "{year} non è un anno fiscale valido.",
        "id": "{year} bukan tahun pajak yang dapat diminta.",
    },
    "benefit_money_not_usable": {
        "en": "{amount} is not an amount. Give a number such as 120000.00 and a currency such as EUR.",
        "nb": "{amount} er ikke et beløp. Oppgi et tall som 120000,00 og en valuta som NOK.",
        "it": "{amount} non è un importo. Indica un numero come 120000,00 e una valuta come EUR.",
        "id": "{amount} bukan jumlah uang. Berikan angka seperti 120000,00 dan mata uang seperti IDR.",
    },
    "pay_run_empty": {
        "en": "Payroll has been told everything there is through {day}: there is nothing to send.",
        "nb": "Lønn har fått vite alt til og med {day}: det er ingenting å sende.",
        "it": "Alle paghe è già stato comunicato tutto fino al {day}: non c’è niente da inviare.",
        "id": "Penggajian sudah menerima semuanya sampai {day}: tidak ada yang dikirim.",
    },
    "pay_run_unreckoned": {
        "en": "There is nothing to send through {day}. What is taxable for some people cannot be reckoned yet: their statements say why.",
        "nb": "Det er ingenting å sende til og med {day}. For noen kan det skattepliktige ikke beregnes ennå: oversiktene sier hvorfor.",
        "it": "Fino al {day} non c’è niente da inviare. Per alcune persone la parte tassabile non si può ancora calcolare: i loro prospetti dicono perché.",
        "id": "Tidak ada yang dikirim sampai {day}. Untuk sebagian orang yang kena pajak belum dapat dihitung: rinciannya menyebutkan sebabnya.",
    },
    "pay_run_before_last": {
        "en": "Run {number} told everything through {day}. A later run goes at least as far, for the same month or a later one.",
        "nb": "Kjøring {number} meldte alt til og med {day}. En senere kjøring går minst så langt, for samme måned eller en senere.",
        "it": "L’elaborazione {number} ha comunicato tutto fino al {day}. La successiva arriva almeno fin lì, per lo stesso mese o uno successivo.",
        "id": "Proses {number} telah melaporkan semuanya sampai {day}. Proses berikutnya paling tidak sejauh itu, untuk bulan yang sama atau sesudahnya.",
    },
    "pay_run_in_future": {
        "en": "The cut-off day cannot lie after today: what is ordered then is not known yet.",
        "nb": "Siste dag kan ikke ligge etter i dag: det som bestilles da, er ikke kjent ennå.",
        "it": "L’ultimo giorno non può essere dopo oggi: gli ordini di allora non si conoscono ancora.",
        "id": "Hari batas tidak boleh setelah hari ini: pesanan saat itu belum diketahui.",
    },
    "pay_run_month_far": {
        "en": "The pay month is more than a year away from {day}, the last day of orders in it. Is the year right?",
        "nb": "Lønnsmåneden er mer enn et år unna {day}, siste dag med bestillinger i den. Er årstallet riktig?",
        "it": "Il mese di paga dista più di un anno dal {day}, l’ultimo giorno di ordini che comprende. L’anno è giusto?",
        "id": "Bulan gaji terpaut lebih dari setahun dari {day}, hari pesanan terakhir di dalamnya. Apakah tahunnya benar?",
    },
    "pay_line_rejected": {
        "en": "That line was rejected already.",
        "nb": "Den linjen er alt avvist.",
        "it": "Quella riga è già stata respinta.",
        "id": "Baris itu sudah ditolak.",
    },
    "pay_code_not_usable": {
        "en": "{code} cannot be a code: use up to 40 letters, digits, dots and hyphens.",
        "nb": "{code} kan ikke være en kode: bruk inntil 40 bokstaver, sifre, punktum og bindestreker.",
        "it": "{code} non può essere un codice: usa fino a 40 lettere, cifre, punti e trattini.",
        "id": "{code} tidak dapat menjadi kode: pakai paling banyak 40 huruf, angka, titik, dan tanda hubung.",
    },
    "not_payroll_officer": {
        "en": "Only payroll officers of the employer do this, and nobody for oneself.",
        "nb": "Bare lønnsansvarlige hos arbeidsgiveren gjør dette, og ingen for seg selv.",
        "it": "Lo fanno solo gli addetti alle paghe del datore di lavoro, e nessuno per sé.",
        "id": "Hanya petugas penggajian pemberi kerja yang melakukannya, dan tidak untuk diri sendiri.",
    },
    "terms_without_text": {
        "en": "Give the text in English at least, or in none of the languages where nothing needs to be accepted any more.",
        "nb": "Skriv teksten minst på engelsk, eller på ingen av språkene når ingenting trenger å godtas lenger.",
        "it": "Scrivi il testo almeno in inglese, oppure in nessuna lingua se non occorre più accettare nulla.",
        "id": "Tulis teksnya setidaknya dalam bahasa Inggris, atau kosongkan semua bahasa jika tidak ada lagi yang perlu disetujui.",
    },
    "terms_day_before_last": {
        "en": "Version {number} holds from {since}; a new one begins later, and not in the past.",
        "nb": "Versjon {number} gjelder fra {since}; en ny begynner senere, og ikke i fortiden.",
        "it": "La versione {number} vale dal {since}; una nuova comincia dopo, e non nel passato.",
        "id": "Versi {number} berlaku sejak {since}; versi baru dimulai sesudahnya, dan tidak di masa lalu.",
    },
    "terms_text_too_long": {
        "en": "The text is longer than {most} characters.",
        "nb": "Teksten er lengre enn {most} tegn.",
        "it": "Il testo supera i {most} caratteri.",
        "id": "Teksnya lebih dari {most} karakter.",
    },
    "terms_not_kept_by_you": {
        "en": "Terms of a scheme are published by whoever keeps its prices, those of deduction from pay by controllers of the company.",
        "nb": "Vilkår for en ordning publiseres av den som holder prisene, vilkår for trekk i lønn av selskapets controllere.",
        "it": "Le condizioni di un programma sono pubblicate da chi ne gestisce i prezzi, quelle della trattenuta dai controller della società.",
        "id": "Ketentuan program diterbitkan oleh pengelola harganya, ketentuan pemotongan gaji oleh pengendali perusahaan.",
    },
    "no_actor": {
        "en": "Sign in first: nobody is known to be asking.",
        "nb": "Logg inn først: ingen er kjent som den som spør.",
        "it": "Prima accedi: non si sa chi chiede.",
        "id": "Masuklah dulu: tidak diketahui siapa yang bertanya.",
    },
    "no_customer": {
        "en": "Your sign-in is not linked to a person, so there is nobody to order for.",
        "nb": "Innloggingen din er ikke knyttet til en person, så det er ingen å bestille for.",
        "it": "Il tuo accesso non è legato a una persona, quindi non c’è nessuno per cui ordinare.",
        "id": "Akses masuk Anda tidak terhubung dengan seseorang, jadi tidak ada yang dapat dipesankan.",
    },
    "not_buyer_for": {
        "en": "You may not order for {customer}. Somebody with the buyer role there can.",
        "nb": "Du kan ikke bestille for {customer}. En med innkjøperrollen der kan.",
        "it": "Non puoi ordinare per {customer}. Può farlo chi lì è acquirente.",
        "id": "Anda tidak boleh memesan untuk {customer}. Yang berperan sebagai pembeli di sana boleh.",
    },
    "own_order_not_decided": {
        "en": "Nobody approves or declines an order of their own.",
        "nb": "Ingen godkjenner eller avslår sin egen bestilling.",
        "it": "Nessuno approva o respinge un proprio ordine.",
        "id": "Tidak seorang pun menyetujui atau menolak pesanannya sendiri.",
    },
    "above_signing_limit": {
        "en": "For {unit} you may approve up to {limit}; this is {total}. Somebody with a higher signing limit has to.",
        "nb": "For {unit} kan du godkjenne opptil {limit}; dette er {total}. Det må noen med høyere fullmaktsgrense gjøre.",
        "it": "Per {unit} puoi approvare fino a {limit}; qui sono {total}. Serve chi ha un limite di firma più alto.",
        "id": "Untuk {unit} Anda boleh menyetujui sampai {limit}; ini {total}. Perlu orang dengan batas wewenang lebih tinggi.",
    },
    "nobody_signs": {
        "en": "Nobody else who holds the budget of {unit} may approve {total}: no signing limit there is high enough.",
        "nb": "Ingen andre med budsjettet til {unit} kan godkjenne {total}: ingen fullmaktsgrense der er høy nok.",
        "it": "Nessun altro responsabile del budget di {unit} può approvare {total}: nessun limite di firma basta.",
        "id": "Tidak ada pemegang anggaran {unit} lain yang boleh menyetujui {total}: tidak ada batas wewenang yang cukup.",
    },
    "serves_nobody": {
        "en": "Only those who serve for a supplier sell at a till.",
        "nb": "Bare de som betjener for en leverandør, selger i en kasse.",
        "it": "Vende alla cassa solo chi serve per un fornitore.",
        "id": "Hanya yang melayani atas nama pemasok yang menjual di kasir.",
    },
    "till_code_over": {
        "en": "This code holds no longer: it holds for {minutes} minutes. A new one is made on the phone.",
        "nb": "Denne koden gjelder ikke lenger: den gjelder i {minutes} minutter. En ny lages på telefonen.",
        "it": "Questo codice non vale più: vale per {minutes} minuti. Se ne crea uno nuovo sul telefono.",
        "id": "Kode ini tidak berlaku lagi: berlaku {minutes} menit. Kode baru dibuat di ponsel.",
    },
    "till_code_unknown": {
        "en": "There is no such code. Read it again from the phone.",
        "nb": "Koden finnes ikke. Les den en gang til fra telefonen.",
        "it": "Questo codice non esiste. Rileggilo dal telefono.",
        "id": "Tidak ada kode seperti itu. Baca lagi dari ponsel.",
    },
    "till_code_used": {
        "en": "This code has been used already: each is for one order.",
        "nb": "Denne koden er allerede brukt: hver kode gjelder én bestilling.",
        "it": "Questo codice è già stato usato: ognuno vale per un solo ordine.",
        "id": "Kode ini sudah dipakai: setiap kode untuk satu pesanan.",
    },
    "till_needs_approval": {
        "en": "Somebody would have to approve this: it is ordered in the shop, not at a till.",
        "nb": "Noen måtte ha godkjent dette: det bestilles i butikken, ikke i en kasse.",
        "it": "Qualcuno dovrebbe approvarlo: si ordina nel negozio, non alla cassa.",
        "id": "Ini perlu persetujuan seseorang: dipesan di toko, bukan di kasir.",
    },
    "offering_withdrawn": {
        "en": "{offering} is not offered any more.",
        "nb": "{offering} tilbys ikke lenger.",
        "it": "{offering} non è più in offerta.",
        "id": "{offering} tidak ditawarkan lagi.",
    },
    "not_approver_for": {
        "en": "Only a budget holder of {unit} may decide this order.",
        "nb": "Bare en budsjettansvarlig for {unit} kan avgjøre denne bestillingen.",
        "it": "Solo un responsabile del budget di {unit} può decidere su questo ordine.",
        "id": "Hanya pemegang anggaran {unit} yang boleh memutuskan pesanan ini.",
    },
    "not_seller_for": {
        "en": "Only those who serve for {supplier} may do this.",
        "nb": "Bare de som leverer for {supplier}, kan gjøre dette.",
        "it": "Solo chi fornisce per {supplier} può farlo.",
        "id": "Hanya yang melayani untuk {supplier} yang boleh melakukan ini.",
    },
    "not_order_party": {
        "en": "Only the buyer or the supplier of this order may do this.",
        "nb": "Bare kjøperen eller leverandøren av denne bestillingen kan gjøre dette.",
        "it": "Solo l’acquirente o il fornitore di questo ordine può farlo.",
        "id": "Hanya pembeli atau pemasok pesanan ini yang boleh melakukan ini.",
    },
    "settlement_not_open": {
        "en": "This order cannot be paid that way; possible: {possible}.",
        "nb": "Denne bestillingen kan ikke betales slik; mulig: {possible}.",
        "it": "Questo ordine non si può pagare così; possibile: {possible}.",
        "id": "Pesanan ini tidak dapat dibayar dengan cara itu; yang mungkin: {possible}.",
    },
    "cost_centre_missing": {
        "en": "Choose the cost centre that is to be charged.",
        "nb": "Velg kostnadsstedet som skal belastes.",
        "it": "Scegli il centro di costo da addebitare.",
        "id": "Pilih pusat biaya yang akan dibebani.",
    },
    "never_to_oneself": {
        "en": "Nobody sells to themselves: you serve for {supplier} and this is your own purchase, so a colleague hands it over.",
        "nb": "Ingen selger til seg selv: du leverer for {supplier} og dette er ditt eget kjøp, så en kollega utleverer det.",
        "it": "Nessuno vende a se stesso: tu fornisci per {supplier} e questo è un tuo acquisto, quindi lo consegna un collega.",
        "id": "Tidak seorang pun menjual kepada dirinya sendiri: Anda melayani untuk {supplier} dan ini pembelian Anda sendiri, jadi rekan kerja yang menyerahkannya.",
    },
    "price_changed": {
        "en": "The price has changed from {expected} to {total} since you saw it.",
        "nb": "Prisen er endret fra {expected} til {total} siden du så den.",
        "it": "Il prezzo è cambiato da {expected} a {total} da quando l’hai visto.",
        "id": "Harga telah berubah dari {expected} menjadi {total} sejak Anda melihatnya.",
    },
    "allowance_spent": {
        "en": "Somebody used the allowance at the same moment; the price is now {total}.",
        "nb": "Noen brukte kvoten i samme øyeblikk; prisen er nå {total}.",
        "it": "Qualcuno ha usato la quota nello stesso momento; ora il prezzo è {total}.",
        "id": "Seseorang memakai jatahnya pada saat yang sama; harganya sekarang {total}.",
    },
    "order_not_waiting": {
        "en": "This order no longer waits for approval; it is {state:order_state}.",
        "nb": "Bestillingen venter ikke lenger på godkjenning; den er {state:order_state}.",
        "it": "Questo ordine non aspetta più l’approvazione; è {state:order_state}.",
        "id": "Pesanan ini tidak lagi menunggu persetujuan; statusnya {state:order_state}.",
    },
    "order_not_cancellable": {
        "en": "This order cannot be cancelled: it is {state:order_state}.",
        "nb": "Bestillingen kan ikke avbestilles: den er {state:order_state}.",
        "it": "Questo ordine non si può annullare: è {state:order_state}.",
        "id": "Pesanan ini tidak dapat dibatalkan: statusnya {state:order_state}.",
    },
    "order_not_deliverable": {
        "en": "Nothing can be delivered on this order: it is {state:order_state}.",
        "nb": "Ingenting kan leveres på denne bestillingen: den er {state:order_state}.",
        "it": "Su questo ordine non si può consegnare nulla: è {state:order_state}.",
        "id": "Tidak ada yang dapat diserahkan pada pesanan ini: statusnya {state:order_state}.",
    },
    "order_not_returnable": {
        "en": "Nothing can be taken back on this order: it is {state:order_state}.",
        "nb": "Ingenting kan tas i retur på denne bestillingen: den er {state:order_state}.",
        "it": "Da questo ordine non si può riprendere nulla: è {state:order_state}.",
        "id": "Tidak ada yang dapat diterima kembali dari pesanan ini: statusnya {state:order_state}.",
    },
    "net_pay_rows_unfit": {
        "en": "Tell the net pay of at least one person and at most {most} at once.",
        "nb": "Oppgi nettolønn for minst én person og høyst {most} om gangen.",
        "it": "Comunica la retribuzione netta di almeno una persona e al massimo {most} alla volta.",
        "id": "Beritahukan gaji bersih paling sedikit satu orang dan paling banyak {most} sekaligus.",
    },
    "net_pay_of_nobody": {
        "en": "Nobody of whom you may tell net pay here is called {person}.",
        "nb": "Ingen du kan oppgi nettolønn for her, heter {person}.",
        "it": "Nessuna persona di cui puoi comunicare qui la retribuzione netta si chiama {person}.",
        "id": "Tidak ada orang bernama {person} yang gaji bersihnya dapat Anda beritahukan di sini.",
    },
    "net_pay_told_twice": {
        "en": "{person} stands there twice.",
        "nb": "{person} står der to ganger.",
        "it": "{person} compare due volte.",
        "id": "{person} tercantum dua kali.",
    },
    "net_pay_amount_unfit": {
        "en": "The net pay of {person} is below nothing or too large.",
        "nb": "Nettolønnen til {person} er under null eller for stor.",
        "it": "La retribuzione netta di {person} è sotto zero o troppo grande.",
        "id": "Gaji bersih {person} di bawah nol atau terlalu besar.",
    },
    "net_pay_file_unfit": {
        "en": "A CSV file in UTF-8 is wanted with the columns {columns}; amounts such as 2450.00, days such as 2026-11-01.",
        "nb": "En CSV-fil i UTF-8 med kolonnene {columns} trengs; beløp som 2450.00, dager som 2026-11-01.",
        "it": "Serve un file CSV in UTF-8 con le colonne {columns}; importi come 2450.00, giorni come 2026-11-01.",
        "id": "Diperlukan berkas CSV dalam UTF-8 dengan kolom {columns}; jumlah seperti 2450.00, tanggal seperti 2026-11-01.",
    },
    "net_pay_line_unfit": {
        "en": "Line {line}: a code or whole name, a semicolon, and an amount such as 2450.00.",
        "nb": "Linje {line}: en kode eller et helt navn, semikolon og et beløp som 2450,00.",
        "it": "Riga {line}: un codice o un nome completo, punto e virgola e un importo come 2450,00.",
        "id": "Baris {line}: kode atau nama lengkap, titik koma, dan jumlah seperti 2450.00.",
    },
    "schemes_alike": {
        "en": "Choose two different schemes.",
        "nb": "Velg to ulike ordninger.",
        "it": "Scegli due programmi diversi.",
        "id": "Pilih dua program yang berbeda.",
    },
    "schemes_of_two_suppliers": {
        "en": "Only schemes of one supplier can be compared: they price the same orders.",
        "nb": "Bare ordninger hos én leverandør kan sammenlignes: de priser de samme bestillingene.",
        "it": "Si confrontano solo programmi dello stesso fornitore: valgono per gli stessi ordini.",
        "id": "Hanya program dari satu pemasok yang dapat dibandingkan: keduanya menilai pesanan yang sama.",
    },
    "payment_reference_missing": {
        "en": "Give the reference of your payment: letters or digits, at most {most} characters.",
        "nb": "Oppgi referansen til betalingen din: bokstaver eller sifre, høyst {most} tegn.",
        "it": "Indica il riferimento del pagamento: lettere o cifre, al massimo {most} caratteri.",
        "id": "Berikan referensi pembayaran Anda: huruf atau angka, paling banyak {most} karakter.",
    },
    "payment_reference_not_asked": {
        "en": "A reference is given only with a payment made elsewhere.",
        "nb": "En referanse oppgis bare for en betaling som er gjort et annet sted.",
        "it": "Il riferimento si indica solo per un pagamento fatto altrove.",
        "id": "Referensi diberikan hanya untuk pembayaran yang dilakukan di tempat lain.",
    },
    "payment_reference_used": {
        "en": "This payment stands on another order already. Each payment pays for one order.",
        "nb": "Denne betalingen står allerede på en annen bestilling. Hver betaling gjelder én bestilling.",
        "it": "Questo pagamento figura già su un altro ordine. Ogni pagamento vale per un ordine.",
        "id": "Pembayaran ini sudah tercantum pada pesanan lain. Setiap pembayaran untuk satu pesanan.",
    },
    "payment_not_to_mark": {
        "en": "No payment of this order waits to be checked.",
        "nb": "Ingen betaling for denne bestillingen venter på kontroll.",
        "it": "Nessun pagamento di questo ordine attende una verifica.",
        "id": "Tidak ada pembayaran pesanan ini yang menunggu pemeriksaan.",
    },
    "payment_not_asked_again": {
        "en": "Another payment is named only where the last one was not found.",
        "nb": "En annen betaling oppgis bare når den siste ikke ble funnet.",
        "it": "Un altro pagamento si indica solo se l’ultimo non è stato trovato.",
        "id": "Pembayaran lain disebutkan hanya jika yang terakhir tidak ditemukan.",
    },
    "payment_named_by_buyer": {
        "en": "A payment is named by whoever placed the order.",
        "nb": "En betaling oppgis av den som la inn bestillingen.",
        "it": "Il pagamento lo indica chi ha fatto l’ordine.",
        "id": "Pembayaran disebutkan oleh pemesan.",
    },
    "payment_account_missing": {
        "en": "The books of {company} have no account for payments made elsewhere ({kind:entry_kind}); map one first.",
        "nb": "Regnskapet til {company} har ingen konto for betalinger gjort et annet sted ({kind:entry_kind}); velg en først.",
        "it": "La contabilità di {company} non ha un conto per i pagamenti fatti altrove ({kind:entry_kind}); assegnane prima uno.",
        "id": "Pembukuan {company} tidak memiliki akun untuk pembayaran di tempat lain ({kind:entry_kind}); petakan dahulu.",
    },
    "payment_words_missing": {
        "en": "Say in a sentence where one pays and what the reference is, in at most {most} characters.",
        "nb": "Si i en setning hvor man betaler og hva referansen er, med høyst {most} tegn.",
        "it": "Di’ in una frase dove si paga e qual è il riferimento, in al massimo {most} caratteri.",
        "id": "Jelaskan dalam satu kalimat di mana membayar dan apa referensinya, paling banyak {most} karakter.",
    },
    "household_private_alone": {
        "en": "Only a private purchase can be for somebody of your household.",
        "nb": "Bare et privat kjøp kan være til noen i husstanden din.",
        "it": "Solo un acquisto personale può essere per qualcuno del nucleo familiare.",
        "id": "Hanya pembelian pribadi yang dapat diperuntukkan bagi anggota rumah tangga Anda.",
    },
    "private_for_oneself": {
        "en": "Only {customer} can buy privately as {customer}.",
        "nb": "Bare {customer} kan kjøpe privat som {customer}.",
        "it": "Solo {customer} può acquistare a titolo personale come {customer}.",
        "id": "Hanya {customer} yang dapat membeli untuk diri sendiri sebagai {customer}.",
    },
    "cost_centre_elsewhere": {
        "en": "{cost_centre} is not a cost centre of {company} on this day.",
        "nb": "{cost_centre} er ikke et kostnadssted i {company} denne dagen.",
        "it": "{cost_centre} non è un centro di costo di {company} in questo giorno.",
        "id": "{cost_centre} bukan pusat biaya {company} pada hari ini.",
    },
    "quantity_too_large": {
        "en": "{quantity} pieces are more than one line can take ({most}).",
        "nb": "{quantity} stykker er mer enn én linje kan ta ({most}).",
        "it": "{quantity} pezzi sono più di quanti ne può contenere una riga ({most}).",
        "id": "{quantity} buah melebihi batas satu baris ({most}).",
    },
    "amount_too_large": {
        "en": "{amount} is too much for one order.",
        "nb": "{amount} er for mye for én bestilling.",
        "it": "{amount} è troppo per un solo ordine.",
        "id": "{amount} terlalu besar untuk satu pesanan.",
    },
    "approval_limit_not_usable": {
        "en": "{limit} is no limit that an order could be held against.",
        "nb": "{limit} er ingen grense en bestilling kan holdes opp mot.",
        "it": "{limit} non è un limite con cui si possa confrontare un ordine.",
        "id": "{limit} bukan batas yang dapat dibandingkan dengan pesanan.",
    },
    "not_teller_of_overdue": {
        "en": "Only the house itself tells that a dispute is overdue.",
        "nb": "Bare systemet selv sier fra om at en innsigelse er over fristen.",
        "it": "Solo il sistema avvisa che una contestazione è scaduta.",
        "id": "Hanya sistem yang memberi tahu bahwa sanggahan lewat tenggat.",
    },
    "delivery_note_used": {
        "en": "Delivery note {note} was noted for this order with other pieces.",
        "nb": "Følgeseddel {note} er allerede notert på denne bestillingen med andre antall.",
        "it": "La bolla {note} è già registrata per questo ordine con altri pezzi.",
        "id": "Surat jalan {note} sudah dicatat untuk pesanan ini dengan jumlah lain.",
    },
    "hand_overs_stay": {
        "en": "What was handed over is not taken back with its list: take the pieces back on the order.",
        "nb": "Det som er utlevert, tas ikke tilbake med listen: ta stykkene tilbake på bestillingen.",
        "it": "Ciò che è stato consegnato non si annulla con l’elenco: riprendi i pezzi sull’ordine.",
        "id": "Yang sudah diserahkan tidak dibatalkan bersama daftarnya: terima kembali barangnya pada pesanan.",
    },
    "not_seller": {
        "en": "Only those who serve for a supplier can say what was handed over.",
        "nb": "Bare de som betjener for en leverandør, kan si hva som er utlevert.",
        "it": "Solo chi serve per un fornitore può dire che cosa è stato consegnato.",
        "id": "Hanya yang melayani untuk pemasok yang dapat menyatakan apa yang diserahkan.",
    },
    "more_than_ordered": {
        "en": "{offering}: {quantity} is more than the {open} still to be delivered.",
        "nb": "{offering}: {quantity} er mer enn de {open} som gjenstår å levere.",
        "it": "{offering}: {quantity} sono più dei {open} ancora da consegnare.",
        "id": "{offering}: {quantity} melebihi {open} yang masih harus diserahkan.",
    },
    "more_than_delivered": {
        "en": "{offering}: {quantity} is more than the {open} that can be returned.",
        "nb": "{offering}: {quantity} er mer enn de {open} som kan returneres.",
        "it": "{offering}: {quantity} sono più dei {open} che si possono rendere.",
        "id": "{offering}: {quantity} melebihi {open} yang dapat dikembalikan.",
    },
    "nothing_chosen": {
        "en": "Choose at least one piece.",
        "nb": "Velg minst ett stykke.",
        "it": "Scegli almeno un pezzo.",
        "id": "Pilih paling sedikit satu buah.",
    },
    "unknown_line": {
        "en": "The order has no line {line}.",
        "nb": "Bestillingen har ingen linje {line}.",
        "it": "L’ordine non ha la riga {line}.",
        "id": "Pesanan ini tidak punya baris {line}.",
    },
    "reason_missing": {
        "en": "Say why, so that the other side can understand it.",
        "nb": "Skriv hvorfor, så den andre parten kan forstå det.",
        "it": "Spiega perché, in modo che l’altra parte capisca.",
        "id": "Sebutkan alasannya, supaya pihak lain mengerti.",
    },
    "lines_missing": {
        "en": "Nothing was ordered: choose at least one item.",
        "nb": "Ingenting ble bestilt: velg minst én vare.",
        "it": "Non è stato ordinato nulla: scegli almeno un articolo.",
        "id": "Tidak ada yang dipesan: pilih paling sedikit satu barang.",
    },
    "lines_of_several_suppliers": {
        "en": "One order has one supplier; these items come from {count}.",
        "nb": "En bestilling har én leverandør; disse varene kommer fra {count}.",
        "it": "Un ordine ha un solo fornitore; questi articoli vengono da {count}.",
        "id": "Satu pesanan punya satu pemasok; barang-barang ini berasal dari {count}.",
    },
    "too_many_lines": {
        "en": "An order has at most {most} lines; this one has {count}.",
        "nb": "En bestilling har høyst {most} linjer; denne har {count}.",
        "it": "Un ordine ha al massimo {most} righe; questo ne ha {count}.",
        "id": "Satu pesanan paling banyak punya {most} baris; yang ini punya {count}.",
    },
    "offering_gone": {
        "en": "{offering} is not offered any more.",
        "nb": "{offering} tilbys ikke lenger.",
        "it": "{offering} non è più in offerta.",
        "id": "{offering} tidak ditawarkan lagi.",
    },
    "not_setter_of_limits": {
        "en": "Only controllers look after approval limits.",
        "nb": "Bare controllere tar seg av godkjenningsgrenser.",
        "it": "Solo i controller si occupano dei limiti di approvazione.",
        "id": "Hanya pengendali yang mengurus batas persetujuan.",
    },
    "approval_limit_currency": {
        "en": "The limit must be in {currency}, the currency of {unit}'s company.",
        "nb": "Grensen må være i {currency}, valutaen til selskapet {unit} hører til.",
        "it": "Il limite deve essere in {currency}, la valuta della società di {unit}.",
        "id": "Batasnya harus dalam {currency}, mata uang perusahaan tempat {unit} berada.",
    },
}
