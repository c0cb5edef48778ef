"""The words of the ledger: kinds of accounts, the usual chart, what taxable benefit is about, and the sentences for what
the books and the rules on taxable benefit say and refuse.
"""

from collections.abc import Mapping
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
    Role.PAYMENT_CLEARING: UsualAccount("1570", "Payments made elsewhere", AccountKind.ASSET),
    Role.PREMIUM_PAYABLE: UsualAccount("2480", "Premiums owed to insurers", AccountKind.LIABILITY),
    Role.COMMISSION_EARNED: UsualAccount("3090", "Commission earned", AccountKind.REVENUE),
    Role.COMMISSION_PAID: UsualAccount("4090", "Commission to agents", AccountKind.EXPENSE),
    Role.DUAL_DIFFERENCE: UsualAccount("6920", "Difference of dual rates", AccountKind.EXPENSE),
    Role.EXCHANGE_ROUNDING: UsualAccount("7950", "Rounding of exchange", AccountKind.EXPENSE),
    Role.FREE_USE: UsualAccount("6950", "Absorbed: free for use", AccountKind.EXPENSE),
}

_OWED_TO_US, _OWED_BY_US = AccountKind.ASSET, AccountKind.LIABILITY
_EARNED, _SPENT = AccountKind.REVENUE, AccountKind.EXPENSE
FITTING_KINDS: Mapping[Role, tuple[AccountKind, ...]] = {
    Role.EMPLOYEE_RECEIVABLE: (_OWED_TO_US,),
    Role.CUSTOMER_RECEIVABLE: (_OWED_TO_US,),
    Role.INTERCOMPANY_RECEIVABLE: (_OWED_TO_US, _OWED_BY_US),
    Role.INTERCOMPANY_PAYABLE: (_OWED_BY_US, _OWED_TO_US),
    Role.PAYMENT_CLEARING: (_OWED_TO_US, _OWED_BY_US),
    Role.OUTPUT_TAX: (_OWED_BY_US, _OWED_TO_US),
    Role.INPUT_TAX: (_OWED_TO_US, _OWED_BY_US),
    Role.PREMIUM_PAYABLE: (_OWED_BY_US,),
    Role.REVENUE: (_EARNED,),
    Role.STAFF_REVENUE: (_EARNED,),
    Role.INTERCOMPANY_REVENUE: (_EARNED,),
    Role.COMMISSION_EARNED: (_EARNED,),
    Role.COST_RECOVERY: (_EARNED, _SPENT),
    Role.INTERCOMPANY_PURCHASE: (_SPENT, _OWED_TO_US),
    Role.COST_CENTRE_CHARGE: (_SPENT, _OWED_TO_US),
    Role.FREE_USE: (_SPENT,),
    Role.COMMISSION_PAID: (_SPENT,),
    Role.DUAL_DIFFERENCE: (_SPENT, _EARNED),
    Role.EXCHANGE_ROUNDING: (_SPENT, _EARNED),
}
"""Which kinds of account each role may mean, the usual one first; at most two (decision 205)."""

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
        "AGENCY_SALE": {
            "en": "Cover sold for an insurer",
            "nb": "Dekning solgt for en forsikrer",
            "it": "Copertura venduta per un assicuratore",
            "id": "Perlindungan dijual untuk perusahaan asuransi",
        },
        "INSURED": {
            "en": "Cover sold through an agent",
            "nb": "Dekning solgt gjennom en agent",
            "it": "Copertura venduta tramite un agente",
            "id": "Perlindungan dijual melalui agen",
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
        "PAYMENT_CLEARING": {
            "en": "Paid elsewhere",
            "nb": "Betalt et annet sted",
            "it": "Pagato altrove",
            "id": "Dibayar di tempat lain",
        },
        "PREMIUM_PAYABLE": {
            "en": "Owed to an insurer",
            "nb": "Skyldig en forsikrer",
            "it": "Dovuto a un assicuratore",
            "id": "Terutang kepada perusahaan asuransi",
        },
        "COMMISSION_EARNED": {
            "en": "Commission earned",
            "nb": "Opptjent provisjon",
            "it": "Provvigione maturata",
            "id": "Komisi diperoleh",
        },
        "COMMISSION_PAID": {
            "en": "Commission to an agent",
            "nb": "Provisjon til en agent",
            "it": "Provvigione a un agente",
            "id": "Komisi kepada agen",
        },
        "DUAL_DIFFERENCE": {
            "en": "Difference of dual rates",
            "nb": "Differanse ved to satser",
            "it": "Differenza tra due tariffe",
            "id": "Selisih dua tarif",
        },
        "EXCHANGE_ROUNDING": {
            "en": "Rounding of exchange",
            "nb": "Avrunding ved omregning",
            "it": "Arrotondamento del cambio",
            "id": "Pembulatan kurs",
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
    "benefit_kind": {
        "goods": {
            "en": "goods",
            "nb": "varer",
            "it": "beni",
            "id": "barang",
        },
        "services": {
            "en": "services",
            "nb": "tjenester",
            "it": "servizi",
            "id": "layanan",
        },
        "gift": {
            "en": "gift",
            "nb": "gave",
            "it": "regalo",
            "id": "hadiah",
        },
        "no_additional_cost_service": {
            "en": "service that costs nothing more",
            "nb": "tjeneste uten ekstra kostnad",
            "it": "servizio senza costi aggiuntivi",
            "id": "layanan tanpa biaya tambahan",
        },
        "on_premises_athletic_facility": {
            "en": "gym or other sports facility on the employer’s premises",
            "nb": "treningsrom eller annet idrettsanlegg hos arbeidsgiveren",
            "it": "palestra o altro impianto sportivo nei locali dell’azienda",
            "id": "pusat kebugaran atau sarana olahraga di tempat pemberi kerja",
        },
        "third_party_discount": {
            "en": "discount of another company",
            "nb": "rabatt hos et annet selskap",
            "it": "sconto di un’altra azienda",
            "id": "potongan dari perusahaan lain",
        },
        "trade_goods": {
            "en": "goods the employer trades in",
            "nb": "varer arbeidsgiveren handler med",
            "it": "merci di cui l’azienda fa commercio",
            "id": "barang dagangan pemberi kerja",
        },
        "meal_coupon": {
            "en": "meal coupon",
            "nb": "matkupong",
            "it": "buono pasto",
            "id": "kupon makan",
        },
        "sport": {
            "en": "sport",
            "nb": "sport",
            "it": "sport",
            "id": "olahraga",
        },
        "housing": {
            "en": "housing",
            "nb": "bolig",
            "it": "alloggio",
            "id": "tempat tinggal",
        },
        "festive_food": {
            "en": "food at a feast",
            "nb": "mat til høytid",
            "it": "cibo per le feste",
            "id": "hidangan hari raya",
        },
    },
    "benefit_fact": {
        "dependent_children": {
            "en": "dependent children",
            "nb": "forsørgede barn",
            "it": "figli a carico",
            "id": "anak tanggungan",
        },
        "open_to_all_staff": {
            "en": "open to all staff",
            "nb": "åpent for alle ansatte",
            "it": "aperto a tutto il personale",
            "id": "terbuka bagi semua karyawan",
        },
        "for_all_staff": {
            "en": "given to all staff",
            "nb": "gitt til alle ansatte",
            "it": "dato a tutto il personale",
            "id": "diberikan kepada semua karyawan",
        },
        "golf_horse_boat_or_motor": {
            "en": "golf, horses, power boats, gliding or motor sport",
            "nb": "golf, hest, båt, seilflyging eller motorsport",
            "it": "golf, cavalli, motonautica, volo a vela o motori",
            "id": "golf, berkuda, perahu motor, terbang layang, atau otomotif",
        },
        "director_of_close_company": {
            "en": "director of a close company",
            "nb": "styremedlem i et fåmannsselskap",
            "it": "amministratore di una società a ristretta base",
            "id": "direktur perusahaan tertutup",
        },
        "away_from_the_premises": {
            "en": "away from the employer’s premises",
            "nb": "utenfor arbeidsgiverens lokaler",
            "it": "fuori dai locali dell’azienda",
            "id": "di luar tempat pemberi kerja",
        },
        "operated_by_others": {
            "en": "operated by others",
            "nb": "drevet av andre",
            "it": "gestito da altri",
            "id": "dikelola pihak lain",
        },
        "used_mostly_by_others": {
            "en": "used mostly by others than staff and their families",
            "nb": "brukes mest av andre enn ansatte og familiene deres",
            "it": "usato soprattutto da chi non è personale o familiare",
            "id": "lebih banyak dipakai selain karyawan dan keluarganya",
        },
        "residential_use": {
            "en": "meant for living",
            "nb": "til å bo i",
            "it": "destinato ad abitazione",
            "id": "untuk tempat tinggal",
        },
        "cash": {
            "en": "cash or a voucher for cash",
            "nb": "kontanter eller en sjekk",
            "it": "denaro o un buono per denaro",
            "id": "uang tunai atau kupon tunai",
        },
        "contractual": {
            "en": "part of the contract",
            "nb": "del av kontrakten",
            "it": "parte del contratto",
            "id": "bagian dari kontrak",
        },
        "reward_for_work": {
            "en": "a reward for work",
            "nb": "belønning for arbeid",
            "it": "un premio per il lavoro",
            "id": "imbalan atas pekerjaan",
        },
        "other_line_of_business": {
            "en": "sold by another line of business",
            "nb": "solgt av et annet virksomhetsområde",
            "it": "venduto da un altro settore di attività",
            "id": "dijual oleh lini usaha lain",
        },
        "reciprocal_agreement": {
            "en": "from another employer by agreement",
            "nb": "fra en annen arbeidsgiver etter avtale",
            "it": "da un altro datore di lavoro per accordo",
            "id": "dari pemberi kerja lain menurut perjanjian",
        },
        "real_estate": {
            "en": "land or buildings",
            "nb": "fast eiendom",
            "it": "immobili",
            "id": "tanah atau bangunan",
        },
        "investment_property": {
            "en": "an investment",
            "nb": "en investering",
            "it": "un investimento",
            "id": "investasi",
        },
        "substantial_cost": {
            "en": "costs the employer noticeably more",
            "nb": "koster arbeidsgiveren merkbart mer",
            "it": "costa sensibilmente di più all’azienda",
            "id": "menambah biaya pemberi kerja secara nyata",
        },
        "not_sold_by_group": {
            "en": "not sold by the employer or its group",
            "nb": "ikke solgt av arbeidsgiveren eller konsernet",
            "it": "non venduto dal datore di lavoro o dal suo gruppo",
            "id": "tidak dijual oleh pemberi kerja atau grupnya",
        },
    },
    "benefit_basis": {
        "PRICE": {
            "en": "price to customers",
            "nb": "pris til kunder",
            "it": "prezzo ai clienti",
            "id": "harga bagi pelanggan",
        },
        "AVERAGE_PRICE": {
            "en": "average price",
            "nb": "gjennomsnittspris",
            "it": "prezzo medio",
            "id": "harga rata-rata",
        },
        "WHOLESALE_PRICE": {
            "en": "wholesale price",
            "nb": "engrospris",
            "it": "prezzo all’ingrosso",
            "id": "harga grosir",
        },
        "COST": {
            "en": "cost",
            "nb": "kostnad",
            "it": "costo",
            "id": "biaya",
        },
        "MARGINAL_COST": {
            "en": "cost of one more",
            "nb": "kostnad for én til",
            "it": "costo di uno in più",
            "id": "biaya satu tambahan",
        },
    },
    "benefit_beneficiary": {
        "EMPLOYEE": {
            "en": "the employee",
            "nb": "den ansatte",
            "it": "il dipendente",
            "id": "karyawan",
        },
        "SPOUSE": {
            "en": "a spouse",
            "nb": "en ektefelle",
            "it": "un coniuge",
            "id": "suami atau istri",
        },
        "PARTNER": {
            "en": "a partner",
            "nb": "en samboer",
            "it": "un partner",
            "id": "pasangan",
        },
        "DEPENDENT_CHILD": {
            "en": "a dependent child",
            "nb": "et forsørget barn",
            "it": "un figlio a carico",
            "id": "anak tanggungan",
        },
        "FAMILY": {
            "en": "other family",
            "nb": "annen familie",
            "it": "altri familiari",
            "id": "keluarga lain",
        },
        "FRIEND": {
            "en": "a friend",
            "nb": "en venn",
            "it": "un amico",
            "id": "teman",
        },
    },
    "benefit_status": {
        "EMPLOYED": {
            "en": "employed",
            "nb": "ansatt",
            "it": "in servizio",
            "id": "bekerja",
        },
        "RETIRED": {
            "en": "retired",
            "nb": "pensjonert",
            "it": "in pensione",
            "id": "pensiun",
        },
        "DISABLED": {
            "en": "left for disability",
            "nb": "sluttet som ufør",
            "it": "cessato per invalidità",
            "id": "berhenti karena disabilitas",
        },
        "SURVIVING_SPOUSE": {
            "en": "surviving spouse",
            "nb": "gjenlevende ektefelle",
            "it": "coniuge superstite",
            "id": "suami atau istri yang ditinggalkan",
        },
        "BOARD_MEMBER": {
            "en": "member of the board",
            "nb": "styremedlem",
            "it": "membro del consiglio",
            "id": "anggota dewan",
        },
        "SHAREHOLDER": {
            "en": "shareholder",
            "nb": "aksjonær",
            "it": "azionista",
            "id": "pemegang saham",
        },
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
    "not_loader_of_law": {
        "en": "Only controllers of all companies load rules on taxable benefit.",
        "nb": "Bare controllere for alle selskaper laster inn regler om skattepliktig fordel.",
        "it": "Solo i controller di tutte le società caricano regole sul beneficio tassabile.",
        "id": "Hanya pengendali untuk semua perusahaan yang memuat aturan natura kena pajak.",
    },
    "benefit_rule_not_loaded": {
        "en": "{rule}[ of {since}] was not loaded like this, or has been changed since, so it cannot be taken back.",
        "nb": "{rule}[ fra {since}] ble ikke lastet slik, eller er endret siden, så den kan ikke tas tilbake.",
        "it": "{rule}[ dal {since}] non è stata caricata così, o è cambiata da allora, quindi non si può ritirare.",
        "id": "{rule}[ mulai {since}] tidak dimuat seperti ini, atau sudah berubah, jadi tidak bisa ditarik kembali.",
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
    "account_kind_unfit": {
        "en": "{account} is an account of the kind {kind:account_kind}. “{role:posting_role}” goes to the kind {fits:account_kind}[ or {other:account_kind}].",
        "nb": "{account} er en konto av slaget {kind:account_kind}. «{role:posting_role}» føres på slaget {fits:account_kind}[ eller {other:account_kind}].",
        "it": "{account} è un conto di tipo {kind:account_kind}. «{role:posting_role}» va su un conto di tipo {fits:account_kind}[ o {other:account_kind}].",
        "id": "{account} adalah akun berjenis {kind:account_kind}. “{role:posting_role}” masuk ke akun berjenis {fits:account_kind}[ atau {other:account_kind}].",
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
        "en": "The books of {company} are kept in {functional}, so nothing in {currency} can be deducted from pay there.",
        "nb": "Bøkene til {company} føres i {functional}, så ingenting i {currency} kan trekkes i lønn der.",
        "it": "La contabilità di {company} è tenuta in {functional}, quindi lì nulla in {currency} si può trattenere dalla paga.",
        "id": "Pembukuan {company} memakai {functional}, jadi tidak ada yang dalam {currency} dapat dipotong dari gaji di sana.",
    },
    "exchange_rate_missing": {
        "en": "There is no exchange rate of {currency} in {functional} for {on}, which the books of {company} need; rates are used for {days} days. Whoever keeps all books gives it in the office, under Exchange rates.",
        "nb": "Det finnes ingen valutakurs for {currency} i {functional} for {on}, og bøkene til {company} trenger den; kurser brukes i {days} dager. Den som fører alle bøkene, oppgir den på kontoret, under Valutakurser.",
        "it": "Manca il cambio di {currency} in {functional} per il {on}, di cui la contabilità di {company} ha bisogno; i cambi si usano per {days} giorni. Lo indica chi tiene tutte le contabilità, nell’ufficio, sotto Cambi.",
        "id": "Tidak ada kurs {currency} dalam {functional} untuk {on}, padahal pembukuan {company} memerlukannya; kurs dipakai selama {days} hari. Yang mengurus semua pembukuan mengisinya di kantor, di bawah Kurs.",
    },
    "not_teller_of_rates": {
        "en": "Exchange rates hold for all books, so only who keeps all of them gives rates.",
        "nb": "Valutakurser gjelder for alle bøker, så bare den som fører alle, oppgir dem.",
        "it": "I cambi valgono per tutte le contabilità, quindi li indica solo chi le tiene tutte.",
        "id": "Kurs berlaku untuk semua pembukuan, jadi hanya yang mengurus semuanya yang mengisinya.",
    },
    "rates_unfit": {
        "en": "Give between one and {most} rates at a time.",
        "nb": "Oppgi mellom én og {most} kurser om gangen.",
        "it": "Indica da uno a {most} cambi per volta.",
        "id": "Isi satu sampai {most} kurs sekaligus.",
    },
    "rate_unfit": {
        "en": "A rate is a number above zero with up to {digits} decimals, between two different currencies, with who published it (up to {most} characters).",
        "nb": "En kurs er et tall over null med inntil {digits} desimaler, mellom to ulike valutaer, med hvem som har offentliggjort den (inntil {most} tegn).",
        "it": "Un cambio è un numero sopra zero con al più {digits} decimali, tra due valute diverse, con chi l’ha pubblicato (al più {most} caratteri).",
        "id": "Kurs adalah angka di atas nol dengan paling banyak {digits} desimal, antara dua mata uang berbeda, dengan penerbitnya (paling banyak {most} huruf).",
    },
    "rate_day_unfit": {
        "en": "A rate is of {today} or before, and its last day is not before its own.",
        "nb": "En kurs er fra {today} eller før, og siste dag er ikke før dens egen.",
        "it": "Un cambio è del {today} o di prima, e il suo ultimo giorno non viene prima del suo.",
        "id": "Kurs berlaku pada {today} atau sebelumnya, dan hari terakhirnya tidak sebelum harinya sendiri.",
    },
    "rate_told_twice": {
        "en": "The rate of {currency} in {against} for {on} is given twice.",
        "nb": "Kursen for {currency} i {against} for {on} er oppgitt to ganger.",
        "it": "Il cambio di {currency} in {against} per il {on} è indicato due volte.",
        "id": "Kurs {currency} dalam {against} untuk {on} diisi dua kali.",
    },
    "rates_file_unfit": {
        "en": "This cannot be read. A file of rates has a row for each with the columns {columns}, or Date and a column for each currency, as the European Central Bank publishes it.",
        "nb": "Dette kan ikke leses. En fil med kurser har en rad for hver med kolonnene {columns}, eller Date og en kolonne for hver valuta, slik Den europeiske sentralbanken gir den ut.",
        "it": "Questo non si legge. Un file di cambi ha una riga per ciascuno con le colonne {columns}, oppure Date e una colonna per valuta, come lo pubblica la Banca centrale europea.",
        "id": "Ini tidak terbaca. Berkas kurs memuat satu baris per kurs dengan kolom {columns}, atau Date dan satu kolom per mata uang seperti terbitan Bank Sentral Eropa.",
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
    "parts_do_not_add_up": {
        "en": "The parts of the cost centres are not {amount} together.",
        "nb": "Kostnadsstedenes deler er ikke {amount} til sammen.",
        "it": "Le parti dei centri di costo non fanno insieme {amount}.",
        "id": "Bagian pusat biaya tidak berjumlah {amount}.",
    },
    "posting_without_lines": {
        "en": "There is nothing to post.",
        "nb": "Det er ingenting å postere.",
        "it": "Non c’è nulla da registrare.",
        "id": "Tidak ada yang perlu dibukukan.",
    },
    "benefit_law_empty": {
        "en": "There are no rules on taxable benefit here.",
        "nb": "Her finnes ingen regler om skattepliktig fordel.",
        "it": "Qui non ci sono regole sul beneficio tassabile.",
        "id": "Di sini tidak ada aturan natura kena pajak.",
    },
    "benefit_rules_of_two_countries": {
        "en": "{rule} and {other} differ in country, currency or first day of the tax year; the rules of one country share them.",
        "nb": "{rule} og {other} har ulikt land, ulik valuta eller ulik første dag i skatteåret; reglene i ett land deler dem.",
        "it": "{rule} e {other} differiscono per paese, valuta o primo giorno dell’anno fiscale; le regole di un paese li hanno in comune.",
        "id": "{rule} dan {other} berbeda negara, mata uang, atau hari pertama tahun pajak; aturan satu negara memakai yang sama.",
    },
    "benefit_limits_and_exempts_differ": {
        "en": "Rule {rule}: say limits where it exempts within limits, and only there.",
        "nb": "Regel {rule}: oppgi grenser der den fritar innenfor grenser, og bare der.",
        "it": "Regola {rule}: indica limiti dove esenta entro limiti, e solo lì.",
        "id": "Aturan {rule}: sebutkan batas bila pembebasannya dalam batas, dan hanya di situ.",
    },
    "benefit_cap_unfit": {
        "en": "Rule {rule}: a limit in money needs an amount of zero or more.",
        "nb": "Regel {rule}: en grense i penger trenger et beløp på null eller mer.",
        "it": "Regola {rule}: un limite in denaro vuole un importo pari o superiore a zero.",
        "id": "Aturan {rule}: batas uang memerlukan jumlah nol atau lebih.",
    },
    "benefit_cap_cannot_borrow": {
        "en": "Rule {rule} cannot use what is left of {other}: both need one limit counted alike, no cliff, and {other} must be there and use nobody else’s.",
        "nb": "Regel {rule} kan ikke bruke det som er igjen av {other}: begge trenger én grense som telles likt, uten stup, og {other} må finnes og ikke selv bruke andres.",
        "it": "La regola {rule} non può usare ciò che resta di {other}: entrambe vogliono un solo limite contato allo stesso modo, senza soglia totale, e {other} deve esserci e non usarne altri.",
        "id": "Aturan {rule} tidak dapat memakai sisa {other}: keduanya perlu satu batas yang dihitung sama, tanpa batas gugur, dan {other} harus ada serta tidak memakai milik lain.",
    },
    "benefit_rules_overlap": {
        "en": "{rule} and {other} would both hold[ from {since}][ until {until:last}]. End one of them, or give it another rank.",
        "nb": "{rule} og {other} ville begge gjelde[ fra {since}][ til og med {until:last}]. Avslutt den ene, eller gi den en annen rang.",
        "it": "{rule} e {other} varrebbero entrambe[ dal {since}][ fino al {until:last}]. Terminane una, o dalle un altro rango.",
        "id": "{rule} dan {other} akan sama-sama berlaku[ mulai {since}][ sampai {until:last}]. Akhiri salah satunya, atau beri peringkat lain.",
    },
    "benefit_accounts_without_sales": {
        "en": "The accounts of {year} show no sales, so they give no percentage.",
        "nb": "Regnskapet for {year} viser ikke noe salg og gir derfor ingen prosent.",
        "it": "I conti del {year} non mostrano vendite, quindi non danno una percentuale.",
        "id": "Pembukuan {year} tidak menunjukkan penjualan, jadi tidak ada persentasenya.",
    },
    "benefit_rule_missing": {
        "en": "Nobody has entered how {kind:benefit_kind} is taxed in {jurisdiction} on {on}. Load a rule for that day.",
        "nb": "Ingen har lagt inn hvordan {kind:benefit_kind} beskattes i {jurisdiction} {on}. Last inn en regel for den dagen.",
        "it": "Nessuno ha inserito come si tassa {kind:benefit_kind} in {jurisdiction} il {on}. Carica una regola per quel giorno.",
        "id": "Belum ada yang memasukkan bagaimana {kind:benefit_kind} dipajaki di {jurisdiction} pada {on}. Muat aturan untuk hari itu.",
    },
    "benefit_not_for_beneficiary": {
        "en": "{rule} is not for {beneficiary:benefit_beneficiary}.",
        "nb": "{rule} gjelder ikke {beneficiary:benefit_beneficiary}.",
        "it": "{rule} non vale per: {beneficiary:benefit_beneficiary}.",
        "id": "{rule} tidak berlaku untuk {beneficiary:benefit_beneficiary}.",
    },
    "benefit_not_for_status": {
        "en": "{rule} is not for somebody who is: {status:benefit_status}.",
        "nb": "{rule} gjelder ikke den som er: {status:benefit_status}.",
        "it": "{rule} non vale per chi è: {status:benefit_status}.",
        "id": "{rule} tidak berlaku bagi yang berstatus: {status:benefit_status}.",
    },
    "benefit_fact_required": {
        "en": "{rule} holds only for: {fact:benefit_fact}.",
        "nb": "{rule} gjelder bare for: {fact:benefit_fact}.",
        "it": "{rule} vale solo per: {fact:benefit_fact}.",
        "id": "{rule} hanya berlaku untuk: {fact:benefit_fact}.",
    },
    "benefit_fact_excludes": {
        "en": "{rule} does not hold for: {fact:benefit_fact}.",
        "nb": "{rule} gjelder ikke for: {fact:benefit_fact}.",
        "it": "{rule} non vale per: {fact:benefit_fact}.",
        "id": "{rule} tidak berlaku untuk: {fact:benefit_fact}.",
    },
    "benefit_value_missing": {
        "en": "{rule} values this at: {basis:benefit_basis}. Nobody has said it.",
        "nb": "{rule} verdsetter dette til: {basis:benefit_basis}. Ingen har oppgitt det.",
        "it": "{rule} lo valuta a: {basis:benefit_basis}. Nessuno lo ha indicato.",
        "id": "{rule} menilainya menurut: {basis:benefit_basis}. Belum ada yang menyebutkannya.",
    },
    "benefit_return_of_nothing": {
        "en": "{id} came back, but was never bought.",
        "nb": "{id} kom tilbake, men ble aldri kjøpt.",
        "it": "{id} è tornato, ma non è mai stato comprato.",
        "id": "{id} kembali, tetapi tidak pernah dibeli.",
    },
    "benefit_return_unfit": {
        "en": "{id} cannot come back on {on}: at least one piece, and not before it was bought.",
        "nb": "{id} kan ikke komme tilbake {on}: minst ett stykke, og ikke før det ble kjøpt.",
        "it": "{id} non può tornare il {on}: almeno un pezzo, e non prima dell’acquisto.",
        "id": "{id} tidak bisa kembali pada {on}: paling sedikit satu buah, dan tidak sebelum dibeli.",
    },
    "benefit_return_too_much": {
        "en": "{pieces} of {id} came back, but only {bought} were bought.",
        "nb": "{pieces} av {id} kom tilbake, men bare {bought} ble kjøpt.",
        "it": "Sono tornati {pieces} di {id}, ma ne sono stati comprati solo {bought}.",
        "id": "{pieces} dari {id} kembali, padahal hanya {bought} yang dibeli.",
    },
    "benefit_currency": {
        "en": "Taxable benefit is reckoned in {currency} here, not in {given}.",
        "nb": "Skattepliktig fordel regnes i {currency} her, ikke i {given}.",
        "it": "Qui il beneficio tassabile si calcola in {currency}, non in {given}.",
        "id": "Di sini natura kena pajak dihitung dalam {currency}, bukan {given}.",
    },
    "benefit_amount_negative": {
        "en": "A value, or what was paid, cannot be below zero.",
        "nb": "En verdi, eller det som ble betalt, kan ikke være under null.",
        "it": "Un valore, o quanto è stato pagato, non può essere sotto zero.",
        "id": "Nilai, atau yang dibayar, tidak boleh di bawah nol.",
    },
    "benefit_none": {
        "en": "Nothing to tax by {rule}: what was paid is not below the {basis:benefit_basis}.",
        "nb": "Ingenting å skatte av etter {rule}: det som ble betalt er ikke under: {basis:benefit_basis}.",
        "it": "Niente da tassare secondo {rule}: quanto pagato non è sotto: {basis:benefit_basis}.",
        "id": "Tidak ada yang dipajaki menurut {rule}: yang dibayar tidak di bawah {basis:benefit_basis}.",
    },
    "benefit_nothing_exempt": {
        "en": "{rule} exempts nothing: all of it is taxable.",
        "nb": "{rule} fritar ingenting: alt er skattepliktig.",
        "it": "{rule} non esenta nulla: tutto è tassabile.",
        "id": "{rule} tidak membebaskan apa pun: semuanya kena pajak.",
    },
    "benefit_group_test": {
        "en": "The employer offers highly paid people more than others, so {rule} exempts nothing for them this year.",
        "nb": "Arbeidsgiveren tilbyr høytlønnede mer enn andre, så {rule} fritar ingenting for dem i år.",
        "it": "Il datore di lavoro offre di più a chi è molto pagato, quindi quest’anno {rule} non esenta nulla per loro.",
        "id": "Pemberi kerja menawarkan lebih kepada yang bergaji tinggi, jadi tahun ini {rule} tidak membebaskan apa pun bagi mereka.",
    },
    "benefit_all_exempt": {
        "en": "All of it is exempt by {rule}.",
        "nb": "Alt er fritatt etter {rule}.",
        "it": "Tutto è esente secondo {rule}.",
        "id": "Semuanya bebas pajak menurut {rule}.",
    },
    "benefit_above_share": {
        "en": "{rule} exempts {percent} of the price, {exempt}; the rest is taxable.",
        "nb": "{rule} fritar {percent} av prisen, {exempt}; resten er skattepliktig.",
        "it": "{rule} esenta il {percent} del prezzo, {exempt}; il resto è tassabile.",
        "id": "{rule} membebaskan {percent} dari harga, {exempt}; sisanya kena pajak.",
    },
    "benefit_above_cap": {
        "en": "{rule} exempts up to {amount}; {left} of it was left, the rest is taxable.",
        "nb": "{rule} fritar inntil {amount}; {left} var igjen, resten er skattepliktig.",
        "it": "{rule} esenta fino a {amount}; ne restavano {left}, il resto è tassabile.",
        "id": "{rule} membebaskan sampai {amount}; tersisa {left}, selebihnya kena pajak.",
    },
    "benefit_does_not_fit": {
        "en": "It does not fit into {left} left of {amount} by {rule}, so all of it is taxable.",
        "nb": "Det får ikke plass i {left} igjen av {amount} etter {rule}, så alt er skattepliktig.",
        "it": "Non rientra nei {left} rimasti di {amount} secondo {rule}, quindi è tutto tassabile.",
        "id": "Ini tidak muat dalam sisa {left} dari {amount} menurut {rule}, jadi semuanya kena pajak.",
    },
    "benefit_cliff_passed": {
        "en": "With {total} in all the limit of {amount} by {rule} is passed: the whole becomes taxable, from the first on.",
        "nb": "Med {total} til sammen er grensen på {amount} etter {rule} passert: alt blir skattepliktig, fra det første.",
        "it": "Con {total} in tutto si supera il limite di {amount} secondo {rule}: diventa tassabile tutto, dal primo.",
        "id": "Dengan {total} seluruhnya, batas {amount} menurut {rule} terlampaui: semuanya menjadi kena pajak, sejak yang pertama.",
    },
    "benefit_accounts_missing": {
        "en": "{rule} needs the gross profit percentage of {year}[ in {line}]. Nobody has said it.",
        "nb": "{rule} trenger bruttofortjenesten i prosent for {year}[ i {line}]. Ingen har oppgitt den.",
        "it": "{rule} vuole la percentuale di utile lordo del {year}[ in {line}]. Nessuno l’ha indicata.",
        "id": "{rule} memerlukan persentase laba kotor {year}[ pada {line}]. Belum ada yang menyebutkannya.",
    },
    "benefit_threshold_missing": {
        "en": "Nobody has entered from which pay of {year} somebody is highly paid by {rule}.",
        "nb": "Ingen har lagt inn fra hvilken lønn i {year} noen er høytlønnet etter {rule}.",
        "it": "Nessuno ha inserito da quale retribuzione del {year} si è molto pagati secondo {rule}.",
        "id": "Belum ada yang memasukkan mulai gaji berapa pada {year} seseorang bergaji tinggi menurut {rule}.",
    },
    "benefit_pay_missing": {
        "en": "{rule} needs to know the pay of {year}, since highly paid people are offered more.",
        "nb": "{rule} må vite lønnen for {year}, siden høytlønnede tilbys mer.",
        "it": "{rule} deve conoscere la retribuzione del {year}, perché a chi è molto pagato si offre di più.",
        "id": "{rule} perlu mengetahui gaji {year}, karena yang bergaji tinggi ditawari lebih.",
    },
    "benefit_would_be_taxable": {
        "en": "With this purchase {taxable} becomes taxable by {rule}[; its limit is {amount}].",
        "nb": "Med dette kjøpet blir {taxable} skattepliktig etter {rule}[; grensen er {amount}].",
        "it": "Con questo acquisto {taxable} diventa tassabile secondo {rule}[; il limite è {amount}].",
        "id": "Dengan pembelian ini {taxable} menjadi kena pajak menurut {rule}[; batasnya {amount}].",
    },
    "benefit_would_pass_cliff": {
        "en": "This purchase brings you over {amount}: the whole {total} of the year becomes taxable, {added} more than before.",
        "nb": "Dette kjøpet bringer deg over {amount}: alt, {total}, blir skattepliktig, {added} mer enn før.",
        "it": "Questo acquisto ti porta oltre {amount}: diventa tassabile tutto, {total}, {added} in più di prima.",
        "id": "Pembelian ini membawa Anda melewati {amount}: seluruhnya, {total}, menjadi kena pajak, {added} lebih banyak dari sebelumnya.",
    },
    "benefit_cliff_passed_before": {
        "en": "You are over {amount} already, so this purchase is taxable too: {added} more, {total} in all.",
        "nb": "Du er allerede over {amount}, så også dette kjøpet er skattepliktig: {added} mer, {total} til sammen.",
        "it": "Sei già oltre {amount}, quindi anche questo acquisto è tassabile: {added} in più, {total} in tutto.",
        "id": "Anda sudah melewati {amount}, jadi pembelian ini juga kena pajak: {added} lagi, {total} seluruhnya.",
    },
    "benefit_example_missing": {
        "en": "Rule {rule} has no example. Give one with figures from its source.",
        "nb": "Regel {rule} har ikke noe eksempel. Gi ett med tall fra kilden.",
        "it": "La regola {rule} non ha un esempio. Danne uno con cifre della sua fonte.",
        "id": "Aturan {rule} tidak punya contoh. Beri satu dengan angka dari sumbernya.",
    },
    "benefit_example_differs": {
        "en": "The example of {rule} says {taxable} taxable and {exempt} exempt; the rule gives {found} and {found_exempt}.",
        "nb": "Eksempelet til {rule} sier {taxable} skattepliktig og {exempt} fritatt; regelen gir {found} og {found_exempt}.",
        "it": "L’esempio di {rule} dice {taxable} tassabile e {exempt} esente; la regola dà {found} e {found_exempt}.",
        "id": "Contoh {rule} menyebut {taxable} kena pajak dan {exempt} bebas; aturannya memberi {found} dan {found_exempt}.",
    },
    "benefit_of_another_year": {
        "en": "{on} does not lie in the tax year {year}.",
        "nb": "{on} ligger ikke i skatteåret {year}.",
        "it": "{on} non cade nell’anno fiscale {year}.",
        "id": "{on} tidak berada dalam tahun pajak {year}.",
    },
}
