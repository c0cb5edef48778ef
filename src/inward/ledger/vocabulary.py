"""The words of the ledger: kinds of accounts, the usual chart, and the sentences for what the books refuse."""

from enum import Enum
from typing import NamedTuple

from inward.core.bookkeeping import Role


class AccountKind(Enum):
    """What an account is in the balance sheet or the result."""

    ASSET = "ASSET"
    LIABILITY = "LIABILITY"
    REVENUE = "REVENUE"
    EXPENSE = "EXPENSE"


class PeriodState(Enum):
    """Whether a month takes postings."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class UsualAccount(NamedTuple):
    """An account of the usual chart."""

    code: str
    name: str
    kind: AccountKind


USUAL_CHART = {
    Role.EMPLOYEE_RECEIVABLE: UsualAccount("1530", "Receivable from employees (payroll)", AccountKind.ASSET),
    Role.INTERCOMPANY_RECEIVABLE: UsualAccount("1560", "Intercompany receivable", AccountKind.ASSET),
    Role.CUSTOMER_RECEIVABLE: UsualAccount("1500", "Trade receivables", AccountKind.ASSET),
    Role.INPUT_TAX: UsualAccount("1580", "Input tax", AccountKind.ASSET),
    Role.INTERCOMPANY_PAYABLE: UsualAccount("2460", "Intercompany payable", AccountKind.LIABILITY),
    Role.OUTPUT_TAX: UsualAccount("2700", "Output tax", AccountKind.LIABILITY),
    Role.REVENUE: UsualAccount("3000", "Sales", AccountKind.REVENUE),
    Role.STAFF_REVENUE: UsualAccount("3050", "Sales to staff", AccountKind.REVENUE),
    Role.INTERCOMPANY_REVENUE: UsualAccount("3060", "Intercompany sales", AccountKind.REVENUE),
    Role.COST_RECOVERY: UsualAccount("3900", "Recovered from other departments", AccountKind.REVENUE),
    Role.INTERCOMPANY_PURCHASE: UsualAccount("4060", "Intercompany purchases", AccountKind.EXPENSE),
    Role.COST_CENTRE_CHARGE: UsualAccount("6900", "Charged by other departments", AccountKind.EXPENSE),
    Role.FREE_USE: UsualAccount("6950", "Absorbed: free for use", AccountKind.EXPENSE),
}

LABELS = {
    "entry_kind": {
        "STAFF_SALE": {
            "en": "Sale to staff",
            "nb": "Salg til ansatt",
            "it": "Vendita a dipendenti",
            "id": "Penjualan kepada karyawan",
        },
        "STAFF_SETTLEMENT": {
            "en": "Staff purchase from a sister company",
            "nb": "Ansattkjøp hos søsterselskap",
            "it": "Acquisto di un dipendente da una consorella",
            "id": "Pembelian karyawan dari perusahaan sesaudara",
        },
        "CHARGEBACK": {
            "en": "Internal charge",
            "nb": "Internbelastning",
            "it": "Addebito interno",
            "id": "Pembebanan internal",
        },
        "FREE_USE": {"en": "Free for use", "nb": "Fri bruk", "it": "Uso gratuito", "id": "Bebas pakai"},
        "INTERCOMPANY_SALE": {
            "en": "Intercompany sale",
            "nb": "Konserninternt salg",
            "it": "Vendita intercompany",
            "id": "Penjualan antarperusahaan",
        },
        "INTERCOMPANY_PURCHASE": {
            "en": "Intercompany purchase",
            "nb": "Konserninternt kjøp",
            "it": "Acquisto intercompany",
            "id": "Pembelian antarperusahaan",
        },
        "OUTSIDE_SALE": {
            "en": "Sale outside",
            "nb": "Eksternt salg",
            "it": "Vendita esterna",
            "id": "Penjualan ke luar",
        },
    },
    "posting_role": {
        "EMPLOYEE_RECEIVABLE": {
            "en": "Owed by the employee",
            "nb": "Skyldig av ansatt",
            "it": "Dovuto dal dipendente",
            "id": "Piutang karyawan",
        },
        "INTERCOMPANY_RECEIVABLE": {
            "en": "Owed by a sister company",
            "nb": "Fordring på søsterselskap",
            "it": "Dovuto da una consorella",
            "id": "Piutang perusahaan sesaudara",
        },
        "INTERCOMPANY_PAYABLE": {
            "en": "Owed to a sister company",
            "nb": "Gjeld til søsterselskap",
            "it": "Dovuto a una consorella",
            "id": "Utang kepada perusahaan sesaudara",
        },
        "CUSTOMER_RECEIVABLE": {
            "en": "Owed by the customer",
            "nb": "Kundefordring",
            "it": "Dovuto dal cliente",
            "id": "Piutang pelanggan",
        },
        "STAFF_REVENUE": {
            "en": "Sales to staff",
            "nb": "Salg til ansatte",
            "it": "Vendite a dipendenti",
            "id": "Penjualan kepada karyawan",
        },
        "INTERCOMPANY_REVENUE": {
            "en": "Intercompany sales",
            "nb": "Konserninternt salg",
            "it": "Vendite intercompany",
            "id": "Penjualan antarperusahaan",
        },
        "REVENUE": {"en": "Sales", "nb": "Salg", "it": "Vendite", "id": "Penjualan"},
        "OUTPUT_TAX": {"en": "Output tax", "nb": "Utgående avgift", "it": "Imposta a debito", "id": "Pajak keluaran"},
        "INPUT_TAX": {"en": "Input tax", "nb": "Inngående avgift", "it": "Imposta a credito", "id": "Pajak masukan"},
        "INTERCOMPANY_PURCHASE": {
            "en": "Intercompany purchases",
            "nb": "Konserninterne kjøp",
            "it": "Acquisti intercompany",
            "id": "Pembelian antarperusahaan",
        },
        "COST_CENTRE_CHARGE": {
            "en": "Charged to a cost centre",
            "nb": "Belastet kostnadssted",
            "it": "Addebitato a un centro di costo",
            "id": "Dibebankan ke pusat biaya",
        },
        "COST_RECOVERY": {
            "en": "Recovered from a cost centre",
            "nb": "Dekket av kostnadssted",
            "it": "Recuperato da un centro di costo",
            "id": "Diganti oleh pusat biaya",
        },
        "FREE_USE": {
            "en": "Absorbed: free for use",
            "nb": "Dekket selv: fri bruk",
            "it": "A carico proprio: uso gratuito",
            "id": "Ditanggung sendiri: bebas pakai",
        },
    },
    "account_kind": {
        "ASSET": {"en": "Asset", "nb": "Eiendel", "it": "Attività", "id": "Aset"},
        "LIABILITY": {"en": "Liability", "nb": "Gjeld", "it": "Passività", "id": "Kewajiban"},
        "REVENUE": {"en": "Revenue", "nb": "Inntekt", "it": "Ricavo", "id": "Pendapatan"},
        "EXPENSE": {"en": "Expense", "nb": "Kostnad", "it": "Costo", "id": "Beban"},
    },
    "period_state": {
        "OPEN": {"en": "Open", "nb": "Åpen", "it": "aperto", "id": "dibuka"},
        "CLOSED": {"en": "Closed", "nb": "Stengt", "it": "chiuso", "id": "ditutup"},
    },
}

REASONS = {
    "not_controller_of": {
        "en": "Only controllers of {company} may do this.",
        "nb": "Bare controllere i {company} kan gjøre dette.",
        "it": "Solo i controller di {company} possono farlo.",
        "id": "Hanya pengendali keuangan {company} yang boleh melakukan ini.",
    },
    "not_controller_of_any": {
        "en": "Only controllers and auditors see the books.",
        "nb": "Bare controllere og revisorer ser bøkene.",
        "it": "Solo controller e revisori vedono i libri contabili.",
        "id": "Hanya pengendali dan auditor yang melihat pembukuan.",
    },
    "not_controller_of_everything": {
        "en": "Only controllers and auditors of all companies take figures for analysis.",
        "nb": "Bare controllere og revisorer for alle selskaper henter tall til analyse.",
        "it": "Solo controller e revisori di tutte le società prelevano dati per le analisi.",
        "id": "Hanya pengendali dan auditor untuk semua perusahaan yang mengambil angka untuk analisis.",
    },
    "account_in_use": {
        "en": "{account} is still posted to in {count} places of the account map. Map those to another account first.",
        "nb": "{account} posteres det fortsatt til {count} steder i kontooversikten. Legg dem til en annen konto først.",
        "it": "Su {account} si registra ancora in {count} punti della mappa dei conti. Vanno prima assegnati a un altro conto.",
        "id": "{account} masih dipakai di {count} tempat pada peta akun. Petakan dulu ke akun lain.",
    },
    "account_not_there": {
        "en": "{company} has no open account {code}.",
        "nb": "{company} har ingen åpen konto {code}.",
        "it": "{company} non ha alcun conto aperto {code}.",
        "id": "{company} tidak memiliki akun terbuka {code}.",
    },
    "role_not_in_kind": {
        "en": "“{kind:entry_kind}” never posts “{role:posting_role}”.",
        "nb": "«{kind:entry_kind}» posterer aldri «{role:posting_role}».",
        "it": "«{kind:entry_kind}» non registra mai «{role:posting_role}».",
        "id": "“{kind:entry_kind}” tidak pernah membukukan “{role:posting_role}”.",
    },
    "account_closed": {
        "en": "{account} has been closed since {since}.",
        "nb": "{account} har vært stengt siden {since}.",
        "it": "{account} è chiuso dal {since}.",
        "id": "{account} sudah ditutup sejak {since}.",
    },
    "books_not_opened": {
        "en": "{company} has no books yet. A controller opens them first.",
        "nb": "{company} har ingen regnskapsbøker ennå. En controller åpner dem først.",
        "it": "{company} non ha ancora una contabilità. Prima la apre un controller.",
        "id": "{company} belum punya pembukuan. Pengendali keuangan membukanya lebih dulu.",
    },
    "books_opened_already": {
        "en": "{company} has books already.",
        "nb": "{company} har allerede regnskapsbøker.",
        "it": "{company} ha già una contabilità.",
        "id": "{company} sudah punya pembukuan.",
    },
    "books_in_another_currency": {
        "en": "The books of {company} are kept in {functional}, so {currency} cannot be posted yet.",
        "nb": "Bøkene til {company} føres i {functional}, så {currency} kan ikke posteres ennå.",
        "it": "La contabilità di {company} è tenuta in {functional}, quindi {currency} non si può ancora registrare.",
        "id": "Pembukuan {company} memakai {functional}, jadi {currency} belum dapat dibukukan.",
    },
    "period_closed": {
        "en": "{month} is closed in the books of {company}. A controller can open it again.",
        "nb": "{month} er stengt i bøkene til {company}. En controller kan åpne den igjen.",
        "it": "{month} è chiuso nella contabilità di {company}. Un controller può riaprirlo.",
        "id": "{month} sudah ditutup dalam pembukuan {company}. Pengendali keuangan dapat membukanya lagi.",
    },
    "period_state_already": {
        "en": "{month} has the state “{state:period_state}” already.",
        "nb": "{month} har allerede tilstanden «{state:period_state}».",
        "it": "{month} ha già lo stato «{state:period_state}».",
        "id": "{month} sudah berstatus “{state:period_state}”.",
    },
    "period_has_unnumbered": {
        "en": "{month} still has {count} postings without a number; try again in a moment.",
        "nb": "{month} har fortsatt {count} posteringer uten nummer; prøv igjen om et øyeblikk.",
        "it": "{month} ha ancora {count} registrazioni senza numero; riprova tra un momento.",
        "id": "{month} masih punya {count} jurnal tanpa nomor; coba lagi sebentar lagi.",
    },
    "account_not_mapped": {
        "en": "{company} has no account for “{role:posting_role}” in “{kind:entry_kind}”. A controller can set it.",
        "nb": "{company} har ingen konto for «{role:posting_role}» i «{kind:entry_kind}». En controller kan sette den.",
        "it": "{company} non ha un conto per «{role:posting_role}» in «{kind:entry_kind}». Può impostarlo un controller.",
        "id": "{company} tidak punya akun untuk “{role:posting_role}” dalam “{kind:entry_kind}”. Pengendali keuangan dapat mengaturnya.",
    },
    "account_code_taken": {
        "en": "{company} has an account {code} already.",
        "nb": "{company} har allerede en konto {code}.",
        "it": "{company} ha già un conto {code}.",
        "id": "{company} sudah punya akun {code}.",
    },
    "account_not_usable": {
        "en": "An account needs a code of at most 20 letters and digits, and a name.",
        "nb": "En konto trenger en kode på høyst 20 bokstaver og sifre, og et navn.",
        "it": "Un conto vuole un codice di al massimo 20 lettere e cifre, e un nome.",
        "id": "Akun memerlukan kode paling banyak 20 huruf dan angka, serta nama.",
    },
    "nothing_to_export": {
        "en": "Everything in the books of {company} has been exported already.",
        "nb": "Alt i bøkene til {company} er allerede eksportert.",
        "it": "Nella contabilità di {company} tutto è già stato esportato.",
        "id": "Semua dalam pembukuan {company} sudah diekspor.",
    },
    "entry_not_balanced": {
        "en": "An entry in the books of {company} is out of balance by {left}.",
        "nb": "En postering i bøkene til {company} er ute av balanse med {left}.",
        "it": "Una registrazione nella contabilità di {company} non quadra per {left}.",
        "id": "Satu jurnal dalam pembukuan {company} tidak seimbang sebesar {left}.",
    },
    "chargeback_with_tax": {
        "en": "Departments of one company charge each other without tax, but {tax} was given.",
        "nb": "Avdelinger i samme selskap belaster hverandre uten avgift, men {tax} ble oppgitt.",
        "it": "I reparti di una società si addebitano senza imposta, ma è stata indicata {tax}.",
        "id": "Bagian-bagian dalam satu perusahaan saling membebankan tanpa pajak, tetapi {tax} dicantumkan.",
    },
    "posting_without_lines": {
        "en": "There is nothing to post.",
        "nb": "Det er ingenting å postere.",
        "it": "Non c’è nulla da registrare.",
        "id": "Tidak ada yang perlu dibukukan.",
    },
}
