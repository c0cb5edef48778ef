"""The words of the parties room: what there is, what people call it, and the sentences for why someone is inside.

``REASONS`` words the reasons and refusals of ``core.classification`` and ``core.terms``; how places and optional parts
are written is said in ``kit.wording``. All of it is data, importable without Django being set up.
"""

from enum import Enum

from inward.core.classification import CompanyKind, Kind, Operator, RightKind, Tie, Verdict, WorkKind, WorkState


class PartyKind(Enum):
    """What a party is."""

    COMPANY = "COMPANY"
    UNIT = "UNIT"
    PERSON = "PERSON"


class Purpose(Enum):
    """What a definition of inside is chosen for."""

    PRICE = "PRICE"
    PROMISE = "PROMISE"
    BOOKS = "BOOKS"
    TAX = "TAX"
    DISCLOSURE = "DISCLOSURE"


PURPOSE_LABELS = {
    Purpose.PRICE: {"en": "Prices", "nb": "Priser", "it": "Prezzi", "id": "Harga"},
    Purpose.PROMISE: {
        "en": "Delivery promises",
        "nb": "Leveringsløfter",
        "it": "Promesse di consegna",
        "id": "Janji kirim",
    },
    Purpose.BOOKS: {"en": "Books", "nb": "Regnskap", "it": "Contabilità", "id": "Pembukuan"},
    Purpose.TAX: {"en": "Tax", "nb": "Avgift", "it": "Imposte", "id": "Pajak"},
    Purpose.DISCLOSURE: {"en": "Disclosure", "nb": "Opplysningsplikt", "it": "Informativa", "id": "Pengungkapan"},
}


class SourceRank(Enum):
    """How far a source of ownership facts is trusted, the first most: where two differ, the higher decides."""

    OWN_REGISTER = "OWN_REGISTER"
    GROUP_CHART = "GROUP_CHART"
    CORROBORATED = "CORROBORATED"
    SUPPLIED = "SUPPLIED"
    SCRAPED = "SCRAPED"


class Post(Enum):
    """What somebody is in a unit or company, the most first: how much she may approve goes by it."""

    HEAD = "HEAD"
    DEPUTY = "DEPUTY"
    MEMBER = "MEMBER"


class Power(Enum):
    """For what a deputy stands in."""

    SPENDING = "SPENDING"
    """Approve what is bought."""
    PEOPLE = "PEOPLE"
    """Lead the people: who works when, who takes part in what."""
    REQUESTS = "REQUESTS"
    """Decide on requests and complaints."""


class EventKind(Enum):
    """What sort of change many facts had at once."""

    MERGER = "MERGER"
    SPLIT = "SPLIT"
    RENAME = "RENAME"
    REORGANISATION = "REORGANISATION"


EVENT_LABELS = {
    EventKind.MERGER: {"en": "merger", "nb": "sammenslåing", "it": "fusione", "id": "penggabungan"},
    EventKind.SPLIT: {"en": "split", "nb": "deling", "it": "scissione", "id": "pemisahan"},
    EventKind.RENAME: {"en": "new name", "nb": "nytt navn", "it": "nuovo nome", "id": "nama baru"},
    EventKind.REORGANISATION: {
        "en": "reorganisation",
        "nb": "omorganisering",
        "it": "riorganizzazione",
        "id": "penataan ulang",
    },
}


MARK_REASON_LENGTH_MAX = 500
"""Letters of a reason for a mark or an opening."""


class MarkKind(Enum):
    """Why a person is confidential."""

    PROTECTED_ADDRESS = "PROTECTED_ADDRESS"
    PROTECTED_PERSON = "PROTECTED_PERSON"
    INVESTIGATION = "INVESTIGATION"
    """An inquiry of the house: the person is not told."""
    OTHER = "OTHER"


class OpeningKind(Enum):
    """For what sort of reason a confidential person is opened."""

    DANGER = "DANGER"
    LAW = "LAW"
    DUTY = "DUTY"
    FAULT = "FAULT"


MARK_LABELS = {
    MarkKind.PROTECTED_ADDRESS: {
        "en": "Protected address",
        "nb": "Sperret adresse",
        "it": "Indirizzo protetto",
        "id": "Alamat dilindungi",
    },
    MarkKind.PROTECTED_PERSON: {
        "en": "Protected person",
        "nb": "Beskyttet person",
        "it": "Persona protetta",
        "id": "Orang yang dilindungi",
    },
    MarkKind.INVESTIGATION: {
        "en": "Internal investigation",
        "nb": "Intern granskning",
        "it": "Indagine interna",
        "id": "Penyelidikan internal",
    },
    MarkKind.OTHER: {"en": "Another reason", "nb": "En annen grunn", "it": "Un altro motivo", "id": "Alasan lain"},
}

OPENING_LABELS = {
    OpeningKind.DANGER: {
        "en": "Danger to life or health",
        "nb": "Fare for liv eller helse",
        "it": "Pericolo per la vita o la salute",
        "id": "Bahaya bagi jiwa atau kesehatan",
    },
    OpeningKind.LAW: {
        "en": "Demand of a court or an authority",
        "nb": "Krav fra domstol eller myndighet",
        "it": "Richiesta di un tribunale o di un’autorità",
        "id": "Permintaan pengadilan atau instansi",
    },
    OpeningKind.DUTY: {
        "en": "Duty of the employer, such as pay or insurance",
        "nb": "Arbeidsgivers plikt, som lønn eller forsikring",
        "it": "Obbligo del datore di lavoro, come paga o assicurazione",
        "id": "Kewajiban pemberi kerja, seperti gaji atau asuransi",
    },
    OpeningKind.FAULT: {
        "en": "A fault in the records",
        "nb": "En feil i opplysningene",
        "it": "Un errore nei dati",
        "id": "Kesalahan dalam data",
    },
}

PROTECTED_LABELS = {
    "PERSON": {
        "en": "a protected person",
        "nb": "en beskyttet person",
        "it": "una persona protetta",
        "id": "orang yang dilindungi",
    },
}
"""What people read where a confidential person stands and something must stay whole."""

POST_LABELS = {
    Post.HEAD: {"en": "head", "nb": "leder", "it": "responsabile", "id": "kepala"},
    Post.DEPUTY: {"en": "deputy", "nb": "stedfortreder", "it": "sostituto", "id": "wakil"},
    Post.MEMBER: {
        "en": "everybody who works there",
        "nb": "alle som arbeider der",
        "it": "chiunque vi lavori",
        "id": "semua yang bekerja di sana",
    },
}

POWER_LABELS = {
    Power.SPENDING: {
        "en": "approve what is bought",
        "nb": "godkjenne innkjøp",
        "it": "approvare gli acquisti",
        "id": "menyetujui pembelian",
    },
    Power.PEOPLE: {
        "en": "lead the people",
        "nb": "lede menneskene",
        "it": "guidare le persone",
        "id": "memimpin orang-orangnya",
    },
    Power.REQUESTS: {
        "en": "decide on requests and complaints",
        "nb": "avgjøre henvendelser og klager",
        "it": "decidere su richieste e reclami",
        "id": "memutuskan permintaan dan keluhan",
    },
}

PARTY_LABELS = {
    PartyKind.COMPANY: {"en": "Company", "nb": "Selskap", "it": "Società", "id": "Perusahaan"},
    PartyKind.UNIT: {"en": "Unit", "nb": "Enhet", "it": "Reparto", "id": "Bagian"},
    PartyKind.PERSON: {"en": "Person", "nb": "Person", "it": "Persona", "id": "Orang"},
}

WORK_STATE_LABELS = {
    WorkState.PROBATION: {"en": "on probation", "nb": "i prøvetid", "it": "in prova", "id": "dalam masa percobaan"},
    WorkState.UNPAID_LEAVE: {
        "en": "in unpaid leave",
        "nb": "i ulønnet permisjon",
        "it": "in aspettativa non retribuita",
        "id": "cuti tanpa upah",
    },
    WorkState.NOTICE: {
        "en": "under notice",
        "nb": "i oppsigelsestid",
        "it": "in preavviso",
        "id": "dalam masa pemberitahuan berhenti",
    },
}

WORK_LABELS = {
    WorkKind.FULL_TIME: {"en": "full-time", "nb": "heltid", "it": "a tempo pieno", "id": "penuh waktu"},
    WorkKind.PART_TIME: {"en": "part-time", "nb": "deltid", "it": "a tempo parziale", "id": "paruh waktu"},
    WorkKind.TEMPORARY: {"en": "temporary", "nb": "midlertidig", "it": "a tempo determinato", "id": "sementara"},
    WorkKind.CONTRACTOR: {"en": "contractor", "nb": "oppdragstaker", "it": "collaboratore esterno", "id": "kontraktor"},
    WorkKind.AGENCY: {"en": "agency worker", "nb": "innleid", "it": "in somministrazione", "id": "tenaga alih daya"},
    WorkKind.AGENT: {"en": "agent", "nb": "agent", "it": "agente", "id": "agen"},
    WorkKind.DIRECTOR: {"en": "director", "nb": "styremedlem", "it": "amministratore", "id": "direktur"},
    WorkKind.INTERN: {"en": "intern", "nb": "praktikant", "it": "tirocinante", "id": "magang"},
    WorkKind.VOLUNTEER: {"en": "volunteer", "nb": "frivillig", "it": "volontario", "id": "sukarelawan"},
    WorkKind.RETIREE: {"en": "retired", "nb": "pensjonist", "it": "in pensione", "id": "pensiunan"},
}

RIGHT_LABELS = {
    RightKind.BOARD_MAJORITY: {
        "en": "majority of the board",
        "nb": "flertall i styret",
        "it": "maggioranza del consiglio",
        "id": "mayoritas dewan",
    },
    RightKind.CONTRACT: {"en": "contract", "nb": "avtale", "it": "contratto", "id": "kontrak"},
    RightKind.ARTICLES: {"en": "articles", "nb": "vedtekter", "it": "statuto", "id": "anggaran dasar"},
    RightKind.LAW: {"en": "by law", "nb": "ved lov", "it": "per legge", "id": "menurut undang-undang"},
    RightKind.DE_FACTO: {"en": "in fact", "nb": "faktisk", "it": "di fatto", "id": "secara nyata"},
    RightKind.JOINT_CONTROL: {
        "en": "joint control",
        "nb": "felles kontroll",
        "it": "controllo congiunto",
        "id": "pengendalian bersama",
    },
    RightKind.CONSOLIDATION: {
        "en": "consolidates it",
        "nb": "konsoliderer det",
        "it": "la consolida",
        "id": "mengonsolidasikannya",
    },
    RightKind.ULTIMATE_CONSOLIDATION: {
        "en": "consolidates it at the top",
        "nb": "konsoliderer det øverst",
        "it": "la consolida al vertice",
        "id": "mengonsolidasikannya di puncak",
    },
    RightKind.NOMINATOR: {"en": "nominator", "nb": "oppdragsgiver", "it": "fiduciante", "id": "pemberi nominasi"},
    RightKind.BRANCH: {"en": "head office", "nb": "hovedkontor", "it": "sede", "id": "kantor pusat"},
    RightKind.FUND_MANAGER: {
        "en": "fund manager",
        "nb": "fondsforvalter",
        "it": "gestore del fondo",
        "id": "manajer investasi",
    },
    RightKind.UMBRELLA: {"en": "umbrella fund", "nb": "paraplyfond", "it": "fondo multicomparto", "id": "dana induk"},
    RightKind.MASTER: {"en": "master fund", "nb": "hovedfond", "it": "fondo master", "id": "dana utama"},
    RightKind.UNKNOWN_PARENT: {
        "en": "unnamed parent",
        "nb": "ukjent morselskap",
        "it": "controllante non indicata",
        "id": "induk tidak disebutkan",
    },
    RightKind.TOP: {
        "en": "nobody above",
        "nb": "ingen over",
        "it": "nessuno al di sopra",
        "id": "tidak ada di atasnya",
    },
}

COMPANY_KIND_LABELS = {
    CompanyKind.COMPANY: {"en": "company", "nb": "selskap", "it": "società", "id": "perusahaan"},
    CompanyKind.BRANCH: {"en": "branch", "nb": "filial", "it": "filiale", "id": "cabang"},
    CompanyKind.FUND: {"en": "fund", "nb": "fond", "it": "fondo", "id": "reksa dana"},
    CompanyKind.ARRANGEMENT: {
        "en": "trust or other arrangement",
        "nb": "trust eller annen ordning",
        "it": "trust o altro accordo",
        "id": "perwalian atau pengaturan lain",
    },
    CompanyKind.STATE: {"en": "state", "nb": "stat", "it": "Stato", "id": "negara"},
    CompanyKind.POOL: {
        "en": "holders not known by name",
        "nb": "eiere uten kjent navn",
        "it": "titolari non noti per nome",
        "id": "pemegang tanpa nama yang diketahui",
    },
}

RANK_LABELS = {
    SourceRank.OWN_REGISTER: {
        "en": "own register",
        "nb": "eget register",
        "it": "registro proprio",
        "id": "daftar sendiri",
    },
    SourceRank.GROUP_CHART: {
        "en": "audited group chart",
        "nb": "revidert konsernkart",
        "it": "organigramma di gruppo revisionato",
        "id": "bagan grup teraudit",
    },
    SourceRank.CORROBORATED: {
        "en": "public register, fully corroborated",
        "nb": "offentlig register, fullt bekreftet",
        "it": "registro pubblico, interamente verificato",
        "id": "daftar publik, terbukti penuh",
    },
    SourceRank.SUPPLIED: {
        "en": "as the company says itself",
        "nb": "som selskapet selv oppgir",
        "it": "come dichiara la società stessa",
        "id": "menurut perusahaan sendiri",
    },
    SourceRank.SCRAPED: {
        "en": "collected from elsewhere",
        "nb": "samlet inn fra andre steder",
        "it": "raccolto altrove",
        "id": "dikumpulkan dari tempat lain",
    },
}

TIE_LABELS = {
    Tie.SPOUSE: {"en": "spouse", "nb": "ektefelle", "it": "coniuge", "id": "suami atau istri"},
    Tie.PARTNER: {"en": "partner", "nb": "samboer", "it": "convivente", "id": "pasangan"},
    Tie.CHILD: {"en": "child", "nb": "barn", "it": "figlio o figlia", "id": "anak"},
    Tie.PARENT: {"en": "parent", "nb": "forelder", "it": "genitore", "id": "orang tua"},
    Tie.SIBLING: {"en": "sibling", "nb": "søsken", "it": "fratello o sorella", "id": "saudara kandung"},
    Tie.OTHER: {"en": "other", "nb": "annet", "it": "altro", "id": "lainnya"},
}

VERDICT_LABELS = {
    Verdict.INTERNAL: {"en": "Inside", "nb": "Innenfor", "it": "Interno", "id": "Di dalam"},
    Verdict.EXTERNAL: {"en": "Outside", "nb": "Utenfor", "it": "Esterno", "id": "Di luar"},
    Verdict.NOT_KNOWN: {"en": "Not known", "nb": "Ikke kjent", "it": "Non noto", "id": "Tidak diketahui"},
}

KIND_LABELS = {
    Kind.SELF: {"en": "The same party", "nb": "Samme part", "it": "La stessa parte", "id": "Pihak yang sama"},
    Kind.SAME_UNIT: {"en": "The same unit", "nb": "Samme enhet", "it": "Lo stesso reparto", "id": "Bagian yang sama"},
    Kind.DEPARTMENT: {
        "en": "Units of one company",
        "nb": "Enheter i samme selskap",
        "it": "Reparti di una società",
        "id": "Bagian-bagian satu perusahaan",
    },
    Kind.BRANCH: {
        "en": "Head office and branch",
        "nb": "Hovedkontor og filial",
        "it": "Sede e filiale",
        "id": "Kantor pusat dan cabang",
    },
    Kind.STAFF: {
        "en": "Staff of the company",
        "nb": "Ansatt i selskapet",
        "it": "Personale della società",
        "id": "Karyawan perusahaan",
    },
    Kind.GROUP_STAFF: {
        "en": "Staff of another company of the group",
        "nb": "Ansatt i et annet selskap i konsernet",
        "it": "Personale di un’altra società del gruppo",
        "id": "Karyawan perusahaan lain dalam grup",
    },
    Kind.AFFILIATE: {
        "en": "Companies of one group",
        "nb": "Selskaper i samme konsern",
        "it": "Società di un gruppo",
        "id": "Perusahaan satu grup",
    },
    Kind.STAKEHOLDER: {
        "en": "Inside by policy",
        "nb": "Innenfor etter egne regler",
        "it": "Interno per regola propria",
        "id": "Di dalam menurut aturan sendiri",
    },
    Kind.JOINT_VENTURE: {
        "en": "Joint venture",
        "nb": "Felleskontrollert virksomhet",
        "it": "Joint venture",
        "id": "Usaha patungan",
    },
    Kind.ASSOCIATE: {
        "en": "Associate",
        "nb": "Tilknyttet selskap",
        "it": "Società collegata",
        "id": "Perusahaan asosiasi",
    },
    Kind.OUTSIDE: {"en": "Outside", "nb": "Utenfor", "it": "Esterno", "id": "Di luar"},
    Kind.NOT_KNOWN: {"en": "Not known", "nb": "Ikke kjent", "it": "Non noto", "id": "Tidak diketahui"},
}

OPERATOR_LABELS = {
    Operator.MORE_THAN: {"en": "more than", "nb": "mer enn", "it": "più del", "id": "lebih dari"},
    Operator.AT_LEAST: {"en": "at least", "nb": "minst", "it": "almeno il", "id": "paling sedikit"},
}

DEFINITION_LABELS = {
    "strict_majority": {
        "en": "Majority of votes",
        "nb": "Flertall av stemmene",
        "it": "Maggioranza dei voti",
        "id": "Mayoritas suara",
    },
    "ifrs_consolidation": {
        "en": "Consolidation, IFRS 10",
        "nb": "Konsolidering, IFRS 10",
        "it": "Consolidamento, IFRS 10",
        "id": "Konsolidasi, IFRS 10",
    },
    "no_konsern": {
        "en": "Norwegian group (aksjeloven § 1-3)",
        "nb": "Konsern (aksjeloven § 1-3)",
        "it": "Gruppo norvegese (aksjeloven § 1-3)",
        "id": "Grup Norwegia (aksjeloven § 1-3)",
    },
    "it_2359": {
        "en": "Italian control (art. 2359 c.c.)",
        "nb": "Italiensk kontroll (art. 2359 c.c.)",
        "it": "Controllo (art. 2359 c.c.)",
        "id": "Kendali Italia (art. 2359 c.c.)",
    },
    "id_anak_perusahaan": {
        "en": "Indonesian subsidiary (anak perusahaan)",
        "nb": "Indonesisk datterselskap (anak perusahaan)",
        "it": "Controllata indonesiana (anak perusahaan)",
        "id": "Anak perusahaan",
    },
    "id_hubungan_istimewa": {
        "en": "Indonesian tax: special relationship",
        "nb": "Indonesisk skatt: særlig forhold",
        "it": "Imposte indonesiane: rapporto speciale",
        "id": "Pajak: hubungan istimewa",
    },
    "us_1563": {
        "en": "US controlled group (§ 1563)",
        "nb": "Kontrollert gruppe i USA (§ 1563)",
        "it": "Gruppo controllato USA (§ 1563)",
        "id": "Grup terkendali AS (§ 1563)",
    },
    "us_414c": {
        "en": "US common control (§ 414(c))",
        "nb": "Felles kontroll i USA (§ 414(c))",
        "it": "Controllo comune USA (§ 414(c))",
        "id": "Kendali bersama AS (§ 414(c))",
    },
    "ias24_related": {
        "en": "Related parties, IAS 24",
        "nb": "Nærstående parter, IAS 24",
        "it": "Parti correlate, IAS 24",
        "id": "Pihak berelasi, IAS 24",
    },
    "oecd9_25": {
        "en": "Associated enterprises, OECD art. 9 at 25%",
        "nb": "Tilknyttede foretak, OECD art. 9 ved 25 %",
        "it": "Imprese associate, OCSE art. 9 al 25%",
        "id": "Perusahaan terafiliasi, OECD ps. 9 pada 25%",
    },
    "ubo25": {
        "en": "Beneficial owners from 25%",
        "nb": "Reelle rettighetshavere fra 25 %",
        "it": "Titolari effettivi dal 25%",
        "id": "Pemilik manfaat mulai 25%",
    },
    "closelink20": {
        "en": "Close links from 20%",
        "nb": "Nære forbindelser fra 20 %",
        "it": "Stretti legami dal 20%",
        "id": "Kaitan erat mulai 20%",
    },
    "vat_group": {
        "en": "VAT group (art. 11 VAT Directive, UK s. 43)",
        "nb": "Avgiftsgruppe (mva-direktivet art. 11, UK s. 43)",
        "it": "Gruppo IVA (art. 11 direttiva IVA, UK s. 43)",
        "id": "Grup PPN (ps. 11 Direktif PPN, UK s. 43)",
    },
}

CHECK_LABELS = {
    "over_whole": {
        "en": "More than the whole is held",
        "nb": "Mer enn helheten er eid",
        "it": "Detenuto più dell’intero",
        "id": "Dimiliki lebih dari seluruhnya",
    },
    "sources_differ": {
        "en": "Sources that differ",
        "nb": "Kilder som er uenige",
        "it": "Fonti discordanti",
        "id": "Sumber yang berbeda",
    },
    "share_twice": {
        "en": "Shares told twice",
        "nb": "Andeler oppgitt to ganger",
        "it": "Quote indicate due volte",
        "id": "Bagian disebut dua kali",
    },
    "owns_itself": {
        "en": "Companies that own themselves",
        "nb": "Selskaper som eier seg selv",
        "it": "Società che possiedono sé stesse",
        "id": "Perusahaan yang memiliki dirinya sendiri",
    },
    "in_circle": {
        "en": "Ownership in a circle",
        "nb": "Eierskap i ring",
        "it": "Partecipazioni in cerchio",
        "id": "Kepemilikan melingkar",
    },
    "holders_not_known": {
        "en": "Holders not known",
        "nb": "Ukjente eiere",
        "it": "Titolari non noti",
        "id": "Pemilik belum diketahui",
    },
    "no_country": {
        "en": "Companies without a country",
        "nb": "Selskaper uten land",
        "it": "Società senza paese",
        "id": "Perusahaan tanpa negara",
    },
    "no_calendar": {
        "en": "Companies without working hours",
        "nb": "Selskaper uten arbeidstid",
        "it": "Società senza orario di lavoro",
        "id": "Perusahaan tanpa jam kerja",
    },
    "no_unit": {
        "en": "People without a department",
        "nb": "Personer uten avdeling",
        "it": "Persone senza reparto",
        "id": "Orang tanpa bagian",
    },
    "unit_closed": {
        "en": "People in closed departments",
        "nb": "Personer i stengte avdelinger",
        "it": "Persone in reparti chiusi",
        "id": "Orang di bagian yang tutup",
    },
    "work_overlaps": {
        "en": "Work recorded twice",
        "nb": "Arbeid ført to ganger",
        "it": "Lavoro registrato due volte",
        "id": "Pekerjaan tercatat dua kali",
    },
    "work_gap": {
        "en": "Gaps in work",
        "nb": "Hull i arbeidsforhold",
        "it": "Interruzioni del lavoro",
        "id": "Jeda dalam pekerjaan",
    },
    "no_head": {
        "en": "Departments without a head",
        "nb": "Avdelinger uten leder",
        "it": "Reparti senza responsabile",
        "id": "Bagian tanpa kepala",
    },
    "head_left": {
        "en": "Heads who no longer work",
        "nb": "Ledere som ikke arbeider lenger",
        "it": "Responsabili che non lavorano più",
        "id": "Kepala yang tidak bekerja lagi",
    },
    "deputy_left": {
        "en": "Deputies who no longer work",
        "nb": "Stedfortredere som ikke arbeider lenger",
        "it": "Sostituti che non lavorano più",
        "id": "Wakil yang tidak bekerja lagi",
    },
    "left_but_active": {
        "en": "Left, but still signing in",
        "nb": "Sluttet, men logger fortsatt inn",
        "it": "Andati via, ma ancora con accesso",
        "id": "Sudah keluar, tetapi masih bisa masuk",
    },
    "account_unfit": {
        "en": "Accounts of the wrong kind in an account map",
        "nb": "Kontoer av feil slag i en kontoplan for føringer",
        "it": "Conti di tipo sbagliato nella mappa dei conti",
        "id": "Akun berjenis salah dalam peta akun",
    },
}
"""What the checks of the data quality board are called, those of rooms above among them."""

LABELS = {
    "check": CHECK_LABELS,
    "mark": {kind.value: label for kind, label in MARK_LABELS.items()},
    "opening": {kind.value: label for kind, label in OPENING_LABELS.items()},
    "protected": PROTECTED_LABELS,
    "work_kind": {kind.value: label for kind, label in WORK_LABELS.items()},
    "work_state": {state.value: label for state, label in WORK_STATE_LABELS.items()},
    "operator": {operator.value: label for operator, label in OPERATOR_LABELS.items()},
    "right_kind": {kind.value: label for kind, label in RIGHT_LABELS.items()},
    "company_kind": {kind.value: label for kind, label in COMPANY_KIND_LABELS.items()},
    "source_rank": {rank.value: label for rank, label in RANK_LABELS.items()},
    "event": {kind.value: label for kind, label in EVENT_LABELS.items()},
    "post": {post.value: label for post, label in POST_LABELS.items()},
    "power": {power.value: label for power, label in POWER_LABELS.items()},
    "tie": {tie.value: label for tie, label in TIE_LABELS.items()},
    "party_kind": {kind.value.lower(): label for kind, label in PARTY_LABELS.items()},
    "verdict": {verdict.value: label for verdict, label in VERDICT_LABELS.items()},
    "definition": DEFINITION_LABELS,
    "purpose": {purpose.value: label for purpose, label in PURPOSE_LABELS.items()},
    "standing_kind": {kind.value: label for kind, label in KIND_LABELS.items()},
}

REASONS = {
    # Why it is inside
    "same_party": {
        "en": "{party_name} is on both sides.",
        "nb": "{party_name} står på begge sider.",
        "it": "{party_name} è da entrambe le parti.",
        "id": "{party_name} ada di kedua sisi.",
    },
    "same_unit": {
        "en": "The unit {unit_name} is on both sides.",
        "nb": "Enheten {unit_name} står på begge sider.",
        "it": "Il reparto {unit_name} è da entrambe le parti.",
        "id": "Bagian {unit_name} ada di kedua sisi.",
    },
    "unit_of": {
        "en": "{unit_name} is a unit of {company_name}[, since {since}][, until {until:last}].",
        "nb": "{unit_name} er en enhet i {company_name}[, siden {since}][, til og med {until:last}].",
        "it": "{unit_name} è un reparto di {company_name}[, dal {since}][, fino al {until:last}].",
        "id": "{unit_name} adalah bagian dari {company_name}[, sejak {since}][, sampai {until:last}].",
    },
    "succeeded": {
        "en": "{company_name} has gone up in {into_name}, which stands in its place since {since}.",
        "nb": "{company_name} har gått opp i {into_name}, som trer i stedet fra {since}.",
        "it": "{company_name} è stata incorporata in {into_name}, che le subentra dal {since}.",
        "id": "{company_name} telah melebur ke dalam {into_name}, yang menggantikannya sejak {since}.",
    },
    "works_for": {
        "en": "{person_name} works for {company_name} ({kind:work_kind})[, since {since}][, until {until:last}].",
        "nb": "{person_name} arbeider for {company_name} ({kind:work_kind})[, siden {since}][, til og med {until:last}].",
        "it": "{person_name} lavora per {company_name} ({kind:work_kind})[, dal {since}][, fino al {until:last}].",
        "id": "{person_name} bekerja di {company_name} ({kind:work_kind})[, sejak {since}][, sampai {until:last}].",
    },
    "holds": {
        "en": "{owner_name} holds {percent} of {owned_name}[, since {since}][, until {until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name}[, siden {since}][, til og med {until:last}].",
        "it": "{owner_name} possiede il {percent} di {owned_name}[, dal {since}][, fino al {until:last}].",
        "id": "{owner_name} memiliki {percent} dari {owned_name}[, sejak {since}][, sampai {until:last}].",
    },
    # What made it so, and what would turn it
    "share_fell": {
        "en": "{owner_name}’s share of {owned_name} fell from {was} to {percent}.",
        "nb": "Andelen {owner_name} har i {owned_name}, gikk ned fra {was} til {percent}.",
        "it": "La quota di {owner_name} in {owned_name} è scesa dal {was} al {percent}.",
        "id": "Bagian {owner_name} di {owned_name} turun dari {was} menjadi {percent}.",
    },
    "share_rose": {
        "en": "{owner_name}’s share of {owned_name} rose from {was} to {percent}.",
        "nb": "Andelen {owner_name} har i {owned_name}, økte fra {was} til {percent}.",
        "it": "La quota di {owner_name} in {owned_name} è salita dal {was} al {percent}.",
        "id": "Bagian {owner_name} di {owned_name} naik dari {was} menjadi {percent}.",
    },
    "share_came": {
        "en": "{owner_name} came to hold {percent} of {owned_name}.",
        "nb": "{owner_name} fikk {percent} av {owned_name}.",
        "it": "{owner_name} ha ottenuto il {percent} di {owned_name}.",
        "id": "{owner_name} memperoleh {percent} dari {owned_name}.",
    },
    "share_went": {
        "en": "{owner_name} no longer holds any of {owned_name}; it was {was}.",
        "nb": "{owner_name} eier ikke lenger noe av {owned_name}; det var {was}.",
        "it": "{owner_name} non possiede più nulla di {owned_name}; era il {was}.",
        "id": "{owner_name} tidak lagi memiliki {owned_name}; tadinya {was}.",
    },
    "work_began": {
        "en": "{person_name} began to work for {company_name} ({kind:work_kind}).",
        "nb": "{person_name} begynte å arbeide for {company_name} ({kind:work_kind}).",
        "it": "{person_name} ha cominciato a lavorare per {company_name} ({kind:work_kind}).",
        "id": "{person_name} mulai bekerja di {company_name} ({kind:work_kind}).",
    },
    "work_ended": {
        "en": "{person_name} no longer works for {company_name} ({kind:work_kind}).",
        "nb": "{person_name} arbeider ikke lenger for {company_name} ({kind:work_kind}).",
        "it": "{person_name} non lavora più per {company_name} ({kind:work_kind}).",
        "id": "{person_name} tidak lagi bekerja di {company_name} ({kind:work_kind}).",
    },
    "unit_came": {
        "en": "{unit_name} became a unit of {company_name}.",
        "nb": "{unit_name} ble en enhet i {company_name}.",
        "it": "{unit_name} è diventato un reparto di {company_name}.",
        "id": "{unit_name} menjadi bagian dari {company_name}.",
    },
    "unit_left": {
        "en": "{unit_name} is no longer a unit of {company_name}.",
        "nb": "{unit_name} er ikke lenger en enhet i {company_name}.",
        "it": "{unit_name} non è più un reparto di {company_name}.",
        "id": "{unit_name} bukan lagi bagian dari {company_name}.",
    },
    "flips_if_share_falls_to": {
        "en": "It would be outside if {owner_name} held {left} or less of {owned_name}; it holds {percent}.",
        "nb": "Det ville vært utenfor om {owner_name} eide {left} eller mindre av {owned_name}; i dag er det {percent}.",
        "it": "Sarebbe esterno se {owner_name} possedesse il {left} o meno di {owned_name}; ne possiede il {percent}.",
        "id": "Akan menjadi di luar bila {owner_name} memiliki {left} atau kurang dari {owned_name}; kini {percent}.",
    },
    "flips_if_share_falls_below": {
        "en": "It would be outside if {owner_name} held less than {left} of {owned_name}; it holds {percent}.",
        "nb": "Det ville vært utenfor om {owner_name} eide mindre enn {left} av {owned_name}; i dag er det {percent}.",
        "it": "Sarebbe esterno se {owner_name} possedesse meno del {left} di {owned_name}; ne possiede il {percent}.",
        "id": "Akan menjadi di luar bila {owner_name} memiliki kurang dari {left} {owned_name}; kini {percent}.",
    },
    "flips_if_share_goes": {
        "en": "It would be outside if {owner_name} sold all it holds of {owned_name} ({percent}).",
        "nb": "Det ville vært utenfor om {owner_name} solgte alt det eier av {owned_name} ({percent}).",
        "it": "Sarebbe esterno se {owner_name} vendesse tutto ciò che possiede di {owned_name} ({percent}).",
        "id": "Akan menjadi di luar bila {owner_name} menjual seluruh miliknya di {owned_name} ({percent}).",
    },
    "flips_if_power_ends": {
        "en": "It would be outside if {holder_name} no longer had power over {target_name} ({kind:right_kind}).",
        "nb": "Det ville vært utenfor om {holder_name} ikke lenger hadde makt over {target_name} ({kind:right_kind}).",
        "it": "Sarebbe esterno se {holder_name} non avesse più potere su {target_name} ({kind:right_kind}).",
        "id": "Akan menjadi di luar bila {holder_name} tidak lagi berkuasa atas {target_name} ({kind:right_kind}).",
    },
    "power_began": {
        "en": "{holder_name} gained power over {target_name} ({kind:right_kind}).",
        "nb": "{holder_name} fikk makt over {target_name} ({kind:right_kind}).",
        "it": "{holder_name} ha acquisito un potere su {target_name} ({kind:right_kind}).",
        "id": "{holder_name} memperoleh kuasa atas {target_name} ({kind:right_kind}).",
    },
    "power_ended": {
        "en": "{holder_name} no longer has power over {target_name} ({kind:right_kind}).",
        "nb": "{holder_name} har ikke lenger makt over {target_name} ({kind:right_kind}).",
        "it": "{holder_name} non ha più potere su {target_name} ({kind:right_kind}).",
        "id": "{holder_name} tidak lagi berkuasa atas {target_name} ({kind:right_kind}).",
    },
    "flips_if_work_ends": {
        "en": "It would be outside if {person_name} no longer worked for {company_name} ({kind:work_kind}).",
        "nb": "Det ville vært utenfor om {person_name} ikke lenger arbeidet for {company_name} ({kind:work_kind}).",
        "it": "Sarebbe esterno se {person_name} non lavorasse più per {company_name} ({kind:work_kind}).",
        "id": "Akan menjadi di luar bila {person_name} tidak lagi bekerja di {company_name} ({kind:work_kind}).",
    },
    # Why it is outside
    "not_one_group": {
        "en": "{supplier_company_name} and {customer_company_name} are not in one group: at the head of the one stands"
        " {supplier_head_name}, of the other {customer_head_name}.",
        "nb": "{supplier_company_name} og {customer_company_name} er ikke i samme konsern: øverst i det ene står"
        " {supplier_head_name}, i det andre {customer_head_name}.",
        "it": "{supplier_company_name} e {customer_company_name} non sono nello stesso gruppo: a capo dell’una c’è {supplier_head_name}, dell’altra {customer_head_name}.",
        "id": "{supplier_company_name} dan {customer_company_name} tidak dalam satu grup: di puncak yang satu ada {supplier_head_name}, di puncak yang lain {customer_head_name}.",
    },
    "works_for_nobody": {
        "en": "{person_name} has no work relationship on that day.",
        "nb": "{person_name} har ikke noe arbeidsforhold den dagen.",
        "it": "{person_name} in quel giorno non ha un rapporto di lavoro.",
        "id": "{person_name} tidak punya hubungan kerja pada hari itu.",
    },
    "work_kind_outside": {
        "en": "{person_name} works for {company_name}, but work of this kind ({kind:work_kind}) does not count as inside.",
        "nb": "{person_name} arbeider for {company_name}, men slikt arbeid ({kind:work_kind}) regnes ikke som innenfor.",
        "it": "{person_name} lavora per {company_name}, ma un lavoro di questo tipo ({kind:work_kind}) non conta come interno.",
        "id": "{person_name} bekerja di {company_name}, tetapi pekerjaan jenis ini ({kind:work_kind}) tidak dihitung di dalam.",
    },
    # What would make it inside
    "holding_short": {
        "en": "{owner_name} holds {percent} of {owned_name}; {operator:operator} {needed} would make it inside"
        "[, as it was until {inside_until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name}; {operator:operator} {needed} ville gjort dette internt"
        "[, slik det var til og med {inside_until:last}].",
        "it": "{owner_name} possiede il {percent} di {owned_name}; {operator:operator} {needed} lo renderebbe interno[, come era fino al {inside_until:last}].",
        "id": "{owner_name} memiliki {percent} dari {owned_name}; {operator:operator} {needed} akan menjadikannya internal[, seperti sampai {inside_until:last}].",
    },
    "holding_ended": {
        "en": "{owner_name} held {percent} of {owned_name}[ until {until:last}]; {operator:operator} {needed} would make it"
        " inside.",
        "nb": "{owner_name} eide {percent} av {owned_name}[ til og med {until:last}]; {operator:operator} {needed} ville"
        " gjort dette internt.",
        "it": "{owner_name} possedeva il {percent} di {owned_name}[ fino al {until:last}]; {operator:operator} {needed} lo renderebbe interno.",
        "id": "{owner_name} dulu memiliki {percent} dari {owned_name}[ sampai {until:last}]; {operator:operator} {needed} akan menjadikannya internal.",
    },
    "holding_not_begun": {
        "en": "{owner_name} holds {percent} of {owned_name} only from {since}; {operator:operator} {needed} would make it"
        " inside[, as it was until {inside_until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name} først fra {since}; {operator:operator} {needed} ville gjort"
        " dette internt[, slik det var til og med {inside_until:last}].",
        "it": "{owner_name} possiede il {percent} di {owned_name} solo dal {since}; {operator:operator} {needed} lo renderebbe interno[, come era fino al {inside_until:last}].",
        "id": "{owner_name} memiliki {percent} dari {owned_name} baru sejak {since}; {operator:operator} {needed} akan menjadikannya internal[, seperti sampai {inside_until:last}].",
    },
    "work_relationship_missing": {
        "en": "A work relationship of {person_name} with {company_name}, or with a company of its group, would make it"
        " inside.",
        "nb": "Et arbeidsforhold mellom {person_name} og {company_name}, eller et selskap i samme konsern, ville gjort"
        " dette internt.",
        "it": "Un rapporto di lavoro di {person_name} con {company_name}, o con una società del suo gruppo, lo renderebbe interno.",
        "id": "Hubungan kerja {person_name} dengan {company_name}, atau dengan perusahaan dalam grupnya, akan menjadikannya internal.",
    },
    "work_relationship_ended": {
        "en": "{person_name} worked for {company_name} ({kind:work_kind}) until {until:last}; while that lasted it was"
        " inside.",
        "nb": "{person_name} arbeidet for {company_name} ({kind:work_kind}) til og med {until:last}; så lenge det varte,"
        " var dette internt.",
        "it": "{person_name} ha lavorato per {company_name} ({kind:work_kind}) fino al {until:last}; finché è durato era interno.",
        "id": "{person_name} bekerja di {company_name} ({kind:work_kind}) sampai {until:last}; selama itu ia di dalam.",
    },
    "work_relationship_not_begun": {
        "en": "{person_name} works for {company_name} ({kind:work_kind}) only from {since}; from then on it is inside.",
        "nb": "{person_name} arbeider for {company_name} ({kind:work_kind}) først fra {since}; fra da av er dette internt.",
        "it": "{person_name} lavora per {company_name} ({kind:work_kind}) solo dal {since}; da allora è interno.",
        "id": "{person_name} bekerja di {company_name} ({kind:work_kind}) baru sejak {since}; mulai saat itu ia di dalam.",
    },
    # Questions that have no answer
    "party_unknown": {
        "en": "Nobody is known as {party}.",
        "nb": "Ingen er kjent som {party}.",
        "it": "Nessuno è noto come {party}.",
        "id": "Tidak ada yang dikenal sebagai {party}.",
    },
    "unit_not_open": {
        "en": "The unit {unit} does not exist on {on}[; it began on {since}][; its last day was {until:last}].",
        "nb": "Enheten {unit} finnes ikke {on}[; den begynte {since}][; siste dag var {until:last}].",
        "it": "Il reparto {unit} non esiste il {on}[; è cominciato il {since}][; il suo ultimo giorno è stato il {until:last}].",
        "id": "Bagian {unit} tidak ada pada {on}[; dimulai {since}][; hari terakhirnya {until:last}].",
    },
    # What beside votes decides who is inside
    "holds_between": {
        "en": "{owner_name} holds between {low} and {high} of {owned_name}[, since {since}][, until {until:last}].",
        "nb": "{owner_name} eier mellom {low} og {high} av {owned_name}[, siden {since}][, til og med {until:last}].",
        "it": "{owner_name} possiede tra il {low} e il {high} di {owned_name}[, dal {since}][, fino al {until:last}].",
        "id": "{owner_name} memiliki antara {low} dan {high} dari {owned_name}[, sejak {since}][, sampai {until:last}].",
    },
    "band_undecided": {
        "en": "{owner_name} holds between {low} and {high} of {owned_name}; how much exactly would decide it.",
        "nb": "{owner_name} eier mellom {low} og {high} av {owned_name}; nøyaktig hvor mye ville avgjort det.",
        "it": "{owner_name} possiede tra il {low} e il {high} di {owned_name}; la quota esatta sarebbe decisiva.",
        "id": "{owner_name} memiliki antara {low} dan {high} dari {owned_name}; angka pastinya akan menentukan.",
    },
    "has_power": {
        "en": "{holder_name} has power over {target_name} ({kind:right_kind})[, since {since}][, until {until:last}].",
        "nb": "{holder_name} har makt over {target_name} ({kind:right_kind})[, siden {since}][, til og med {until:last}].",
        "it": "{holder_name} ha un potere su {target_name} ({kind:right_kind})[, dal {since}][, fino al {until:last}].",
        "id": "{holder_name} berkuasa atas {target_name} ({kind:right_kind})[, sejak {since}][, sampai {until:last}].",
    },
    "parent_unknown": {
        "en": "{target_name} has a parent that nobody has named[, since {since}].",
        "nb": "{target_name} har et morselskap som ingen har oppgitt[, siden {since}].",
        "it": "{target_name} ha una controllante che nessuno ha indicato[, dal {since}].",
        "id": "{target_name} punya induk yang tidak disebutkan siapa pun[, sejak {since}].",
    },
    "notable_influence": {
        "en": "{holder_name} commands {percent} of {owned_name}: notable influence, not control.",
        "nb": "{holder_name} rår over {percent} av {owned_name}: betydelig innflytelse, ikke kontroll.",
        "it": "{holder_name} dispone del {percent} di {owned_name}: influenza notevole, non controllo.",
        "id": "{holder_name} menguasai {percent} dari {owned_name}: pengaruh signifikan, bukan kendali.",
    },
    "household_of": {
        "en": "{member_name} belongs to the household of {person_name} ({tie:tie})[, since {since}][, until {until:last}].",
        "nb": "{member_name} hører til husstanden til {person_name} ({tie:tie})[, siden {since}][, til og med {until:last}].",
        "it": "{member_name} fa parte del nucleo familiare di {person_name} ({tie:tie})[, dal {since}][, fino al {until:last}].",
        "id": "{member_name} termasuk rumah tangga {person_name} ({tie:tie})[, sejak {since}][, sampai {until:last}].",
    },
    "household_unnamed": {
        "en": "{member_name} belongs to the household of somebody who works for {company_name}.",
        "nb": "{member_name} hører til husstanden til en som arbeider for {company_name}.",
        "it": "{member_name} fa parte del nucleo familiare di chi lavora per {company_name}.",
        "id": "{member_name} termasuk rumah tangga seseorang yang bekerja di {company_name}.",
    },
    "household_began": {
        "en": "{member_name} came to belong to the household of {person_name} ({tie:tie}).",
        "nb": "{member_name} kom med i husstanden til {person_name} ({tie:tie}).",
        "it": "{member_name} è entrato nel nucleo familiare di {person_name} ({tie:tie}).",
        "id": "{member_name} menjadi bagian dari rumah tangga {person_name} ({tie:tie}).",
    },
    "household_ended": {
        "en": "{member_name} no longer belonged to the household of {person_name} ({tie:tie}).",
        "nb": "{member_name} hørte ikke lenger til husstanden til {person_name} ({tie:tie}).",
        "it": "{member_name} non faceva più parte del nucleo familiare di {person_name} ({tie:tie}).",
        "id": "{member_name} tidak lagi termasuk rumah tangga {person_name} ({tie:tie}).",
    },
    "household_turned": {
        "en": "Something about a household changed; only the two it is about are told what.",
        "nb": "Noe ved en husstand ble endret; bare de to det gjelder, får vite hva.",
        "it": "Qualcosa in un nucleo familiare è cambiato; solo i due interessati vengono a sapere che cosa.",
        "id": "Sesuatu tentang sebuah rumah tangga berubah; hanya kedua orang yang bersangkutan yang diberi tahu apa.",
    },
    "flips_if_household_ends": {
        "en": "It would be outside if {member_name} no longer belonged to the household of {person_name} ({tie:tie}).",
        "nb": "Det ville vært utenfor om {member_name} ikke lenger hørte til husstanden til {person_name} ({tie:tie}).",
        "it": "Sarebbe esterno se {member_name} non facesse più parte del nucleo familiare di {person_name} ({tie:tie}).",
        "id": "Akan menjadi di luar bila {member_name} tidak lagi termasuk rumah tangga {person_name} ({tie:tie}).",
    },
    "flips_if_household_turns": {
        "en": "It would be outside if something about the household changed; only the two it is about are told what.",
        "nb": "Det ville vært utenfor om noe ved husstanden ble endret; bare de to det gjelder, får vite hva.",
        "it": "Sarebbe esterno se qualcosa nel nucleo familiare cambiasse; solo i due interessati vengono a sapere che cosa.",
        "id": "Akan menjadi di luar bila sesuatu tentang rumah tangga itu berubah; hanya kedua orang yang bersangkutan yang diberi tahu apa.",
    },
    # Confidential people
    "mark_of_oneself": {
        "en": "Nobody sets or lifts a confidentiality mark on herself: ask another keeper of marks.",
        "nb": "Ingen setter eller opphever et fortrolighetsmerke på seg selv: spør en annen som fører merker.",
        "it": "Nessuno mette o toglie un contrassegno di riservatezza su di sé: chiedi a un altro responsabile dei contrassegni.",
        "id": "Tidak ada yang memasang atau mencabut tanda kerahasiaan pada dirinya sendiri: mintalah penanggung jawab tanda lain.",
    },
    "not_keeper_of_marks": {
        "en": "Confidentiality marks are kept by the keepers of marks of a company where the person works.",
        "nb": "Fortrolighetsmerker føres av dem som fører merker i et selskap der personen arbeider.",
        "it": "I contrassegni di riservatezza sono tenuti dai responsabili dei contrassegni di una società in cui la persona lavora.",
        "id": "Tanda kerahasiaan dikelola oleh penanggung jawab tanda di perusahaan tempat orang itu bekerja.",
    },
    "not_opener_of_marked": {
        "en": "Confidential people are opened by those who hold the role for it at a company where the person works.",
        "nb": "Fortrolige personer åpnes av dem som har rollen for det i et selskap der personen arbeider.",
        "it": "Le persone riservate sono aperte da chi ha il ruolo per farlo in una società in cui la persona lavora.",
        "id": "Orang yang dirahasiakan dibuka oleh pemegang peran itu di perusahaan tempat orang itu bekerja.",
    },
    "opening_not_yours": {
        "en": "An opening is ended by whoever opened the person, and by the keepers of marks.",
        "nb": "En åpning avsluttes av den som åpnet personen, og av dem som fører merker.",
        "it": "Un’apertura è chiusa da chi ha aperto la persona e dai responsabili dei contrassegni.",
        "id": "Pembukaan diakhiri oleh orang yang membukanya, dan oleh penanggung jawab tanda.",
    },
    "mark_twice_at_once": {
        "en": "The person is marked already on some of these days.",
        "nb": "Personen er alt merket noen av disse dagene.",
        "it": "La persona è già contrassegnata in alcuni di questi giorni.",
        "id": "Orang itu sudah ditandai pada sebagian hari ini.",
    },
    "mark_without_reason": {
        "en": "Say why the person is confidential, in a few words.",
        "nb": "Si med få ord hvorfor personen er fortrolig.",
        "it": "Spiega in poche parole perché la persona è riservata.",
        "id": "Jelaskan dengan singkat mengapa orang itu dirahasiakan.",
    },
    "opening_without_reason": {
        "en": "Say in your own words why you must see this person now, with at least {least} letters.",
        "nb": "Si med egne ord hvorfor du må se denne personen nå, med minst {least} bokstaver.",
        "it": "Spiega con parole tue perché devi vedere questa persona adesso, con almeno {least} lettere.",
        "id": "Jelaskan dengan kata-kata sendiri mengapa Anda harus melihat orang ini sekarang, paling sedikit {least} huruf.",
    },
    "nothing_to_open": {
        "en": "Nothing can be opened under this code.",
        "nb": "Ingenting kan åpnes under denne koden.",
        "it": "Con questo codice non c’è niente da aprire.",
        "id": "Tidak ada yang dapat dibuka dengan kode ini.",
    },
    "openings_too_many": {
        "en": "You have opened {most} people within the hour. Wait, or ask a keeper of marks.",
        "nb": "Du har åpnet {most} personer den siste timen. Vent, eller spør en som fører merker.",
        "it": "Hai aperto {most} persone in un’ora. Aspetta, o chiedi a un responsabile dei contrassegni.",
        "id": "Anda telah membuka {most} orang dalam satu jam. Tunggulah, atau tanyakan kepada penanggung jawab tanda.",
    },
    "openings_too_fast": {
        "en": "You have tried {most} times within a minute. Wait a minute.",
        "nb": "Du har prøvd {most} ganger det siste minuttet. Vent et minutt.",
        "it": "Hai provato {most} volte in un minuto. Aspetta un minuto.",
        "id": "Anda sudah mencoba {most} kali dalam satu menit. Tunggu satu menit.",
    },
    "opening_is_over": {
        "en": "This opening is over already.",
        "nb": "Denne åpningen er alt over.",
        "it": "Questa apertura è già finita.",
        "id": "Pembukaan ini sudah berakhir.",
    },
    # What cannot be kept of households
    "household_of_oneself": {
        "en": "Nobody records or corrects a household of their own: ask another household keeper.",
        "nb": "Ingen registrerer eller retter sin egen husstand: spør en annen husstandsansvarlig.",
        "it": "Nessuno registra o corregge un nucleo familiare di cui è una delle due persone: chiedi a un altro responsabile dei nuclei familiari.",
        "id": "Tidak ada yang mencatat atau membetulkan rumah tangga yang menyangkut dirinya: mintalah pengelola data rumah tangga lain.",
    },
    "not_keeper_of_households": {
        "en": "Households are kept by the household keepers of a company the person works for.",
        "nb": "Husstander føres av de husstandsansvarlige i et selskap personen arbeider for.",
        "it": "I nuclei familiari sono tenuti dai responsabili dei nuclei familiari di una società per cui lavora.",
        "id": "Rumah tangga dicatat oleh pengelola data rumah tangga di perusahaan tempat ia bekerja.",
    },
    "household_of_nobody_at_work": {
        "en": "{person_name} does not work for any company on these days, so no household is kept.",
        "nb": "{person_name} arbeider ikke for noe selskap disse dagene, så ingen husstand føres.",
        "it": "{person_name} non lavora per nessuna società in questi giorni, quindi il suo nucleo familiare non si registra.",
        "id": "{person_name} tidak bekerja di perusahaan mana pun pada hari-hari ini, jadi rumah tangganya tidak dicatat.",
    },
    "household_for_nothing": {
        "en": "Choose at least one purpose that this may be used for.",
        "nb": "Velg minst ett formål dette kan brukes til.",
        "it": "Scegli almeno uno scopo per cui si può usare.",
        "id": "Pilih paling sedikit satu tujuan penggunaannya.",
    },
    "household_not_needed": {
        "en": "No inside rule that serves this purpose on these days asks for it ({purpose:purpose}; {tie:tie}), so it is not kept.",
        "nb": "Ingen innenfor-regel for dette formålet spør etter det disse dagene ({purpose:purpose}; {tie:tie}), så det føres ikke.",
        "it": "Nessuna regola di appartenenza per questo scopo lo chiede in questi giorni ({purpose:purpose}; {tie:tie}), quindi non si registra.",
        "id": "Tidak ada aturan orang dalam untuk tujuan ini yang memerlukannya pada hari-hari ini ({purpose:purpose}; {tie:tie}), jadi tidak dicatat.",
    },
    "household_twice_at_once": {
        "en": "{member_name} is already known to belong to the household of {person_name} on some of these days.",
        "nb": "Det er alt kjent at {member_name} hører til husstanden til {person_name} noen av disse dagene.",
        "it": "È già noto che {member_name} fa parte del nucleo familiare di {person_name} in alcuni di questi giorni.",
        "id": "Sudah diketahui bahwa {member_name} termasuk rumah tangga {person_name} pada sebagian hari ini.",
    },
    "household_ends_earlier": {
        "en": "It already ends earlier, the last day is {until:last}; a later day is recorded by a household keeper as a correction.",
        "nb": "Det slutter alt tidligere, siste dag er {until:last}; en senere dag føres av en husstandsansvarlig som rettelse.",
        "it": "Termina già prima, l’ultimo giorno è {until:last}; un giorno successivo lo registra un responsabile dei nuclei familiari come correzione.",
        "id": "Sudah berakhir lebih awal, hari terakhirnya {until:last}; hari yang lebih akhir dicatat pengelola data rumah tangga sebagai pembetulan.",
    },
    "household_with_oneself": {
        "en": "Nobody belongs to their own household: choose somebody else.",
        "nb": "Ingen hører til sin egen husstand: velg noen andre.",
        "it": "Nessuno fa parte del proprio nucleo familiare: scegli un’altra persona.",
        "id": "Tidak ada yang termasuk rumah tangganya sendiri: pilih orang lain.",
    },
    "one_of_several_groups": {
        "en": "Both are in the group of {head_name}; under the inside rule {definition:definition} a company may be in several.",
        "nb": "Begge står i konsernet til {head_name}; med innenfor-regelen {definition:definition} kan et selskap stå i flere.",
        "it": "Entrambe sono nel gruppo di {head_name}; con la regola di appartenenza {definition:definition} una società può stare in più gruppi.",
        "id": "Keduanya berada di grup {head_name}; menurut aturan internal {definition:definition} satu perusahaan bisa berada di beberapa grup.",
    },
    "decided_inside": {
        "en": "{signed_by} has decided that {one_name} and {other_name} are inside ({why}).",
        "nb": "{signed_by} har bestemt at {one_name} og {other_name} er innenfor ({why}).",
        "it": "{signed_by} ha deciso che {one_name} e {other_name} sono interne ({why}).",
        "id": "{signed_by} memutuskan bahwa {one_name} dan {other_name} berada di dalam ({why}).",
    },
    "decided_outside": {
        "en": "{signed_by} has decided that {one_name} and {other_name} are outside ({why}).",
        "nb": "{signed_by} har bestemt at {one_name} og {other_name} er utenfor ({why}).",
        "it": "{signed_by} ha deciso che {one_name} e {other_name} sono esterne ({why}).",
        "id": "{signed_by} memutuskan bahwa {one_name} dan {other_name} berada di luar ({why}).",
    },
    "excluded_by_definition": {
        "en": "The inside rule {definition:definition} leaves {company_name} out.",
        "nb": "Innenfor-regelen {definition:definition} holder {company_name} utenfor.",
        "it": "La regola di appartenenza {definition:definition} esclude {company_name}.",
        "id": "Aturan internal {definition:definition} mengecualikan {company_name}.",
    },
    "band_holds_nothing": {
        "en": "No share lies between {low} and {high}.",
        "nb": "Ingen andel ligger mellom {low} og {high}.",
        "it": "Nessuna quota sta tra il {low} e il {high}.",
        "id": "Tidak ada porsi di antara {low} dan {high}.",
    },
    "less_than_nothing": {
        "en": "{number} is less than nothing.",
        "nb": "{number} er mindre enn ingenting.",
        "it": "{number} è meno di niente.",
        "id": "{number} kurang dari nol.",
    },
    "shares_not_issued": {
        "en": "{shares} shares of the class {share_class} cannot be held on these days.",
        "nb": "{shares} aksjer i klassen {share_class} kan ikke eies disse dagene.",
        "it": "{shares} azioni della categoria {share_class} non si possono possedere in questi giorni.",
        "id": "{shares} saham kelas {share_class} tidak bisa dimiliki pada hari-hari ini.",
    },
    "share_class_no_version": {
        "en": "{id} cannot be a version of {share_class}: that is a version itself, or of another company.",
        "nb": "{id} kan ikke være en utgave av {share_class}: den er selv en utgave, eller gjelder et annet selskap.",
        "it": "{id} non può essere una versione di {share_class}: è già una versione, o è di un’altra azienda.",
        "id": "{id} tidak bisa menjadi versi dari {share_class}: itu sendiri sebuah versi, atau milik perusahaan lain.",
    },
    "share_class_twice_at_once": {
        "en": "The class {share_class} has two versions on one day.",
        "nb": "Klassen {share_class} har to utgaver på samme dag.",
        "it": "La categoria {share_class} ha due versioni nello stesso giorno.",
        "id": "Kelas {share_class} memiliki dua versi pada satu hari.",
    },
    "shares_over_issued": {
        "en": "{shares} shares of the class {share_class} are held[ on {on}], more than are issued.",
        "nb": "{shares} aksjer i klassen {share_class} eies[ den {on}], flere enn det er utstedt.",
        "it": "{shares} azioni della categoria {share_class} risultano possedute[ il {on}], più di quelle emesse.",
        "id": "{shares} saham kelas {share_class} dimiliki[ pada {on}], lebih banyak daripada yang diterbitkan.",
    },
    "right_over_itself": {
        "en": "Nobody but another can be named as having this right over {company}.",
        "nb": "Bare en annen kan oppgis med denne retten over {company}.",
        "it": "Questo diritto su {company} può averlo solo un altro.",
        "id": "Hak atas {company} ini hanya bisa dimiliki pihak lain.",
    },
    "loop_owns_itself": {
        "en": "{companies} own the whole of each other, so nobody can own a part of them.",
        "nb": "{companies} eier hverandre helt og holdent, så ingen kan eie en del av dem.",
        "it": "{companies} si possiedono interamente a vicenda, quindi nessuno può possederne una parte.",
        "id": "{companies} saling memiliki seluruhnya, jadi tidak ada yang bisa memiliki sebagian darinya.",
    },
    "paths_too_many": {
        "en": "There are too many ways down from {party} to be counted one by one.",
        "nb": "Det går for mange veier ned fra {party} til at de kan telles én for én.",
        "it": "Da {party} scendono troppe vie per contarle una a una.",
        "id": "Terlalu banyak jalur turun dari {party} untuk dihitung satu per satu.",
    },
    "not_a_moment": {
        "en": "{value} is neither a day nor a time.",
        "nb": "{value} er verken en dag eller et tidspunkt.",
        "it": "{value} non è né un giorno né un’ora.",
        "id": "{value} bukan hari dan bukan waktu.",
    },
    "not_a_threshold": {
        "en": "A threshold lies between 0 and 100 percent, not at {value}.",
        "nb": "En terskel ligger mellom 0 og 100 prosent, ikke på {value}.",
        "it": "Una soglia sta tra 0 e 100 percento, non a {value}.",
        "id": "Ambang terletak di antara 0 dan 100 persen, bukan pada {value}.",
    },
    "given_twice": {
        "en": "Give either {name} or {other}, not both.",
        "nb": "Oppgi enten {name} eller {other}, ikke begge.",
        "it": "Indica {name} oppure {other}, non entrambi.",
        "id": "Berikan {name} atau {other}, jangan keduanya.",
    },
    # A world that contradicts itself
    "id_missing": {
        "en": "An id is missing.",
        "nb": "En id mangler.",
        "it": "Manca un codice.",
        "id": "Kode tidak ada.",
    },
    "id_twice": {
        "en": "The id {id} is used twice.",
        "nb": "Id-en {id} er brukt to ganger.",
        "it": "Il codice {id} è usato due volte.",
        "id": "Kode {id} dipakai dua kali.",
    },
    "id_unknown": {
        "en": "Nothing is known by the id {id}.",
        "nb": "Ingenting er kjent med id-en {id}.",
        "it": "Nulla è noto con il codice {id}.",
        "id": "Tidak ada yang dikenal dengan kode {id}.",
    },
    "id_refused": {
        "en": "The row that describes {id} was refused; put it right first.",
        "nb": "Raden som beskriver {id}, ble avvist; rett den først.",
        "it": "La riga che descrive {id} è stata rifiutata; correggi prima quella.",
        "id": "Baris yang menjelaskan {id} ditolak; perbaiki baris itu dahulu.",
    },
    "id_of_other_kind": {
        "en": "{id} is of the wrong kind here ({kind:party_kind}; expected: {expected}).",
        "nb": "{id} er av feil slag her ({kind:party_kind}; ventet: {expected}).",
        "it": "{id} qui è del tipo sbagliato ({kind:party_kind}; atteso: {expected}).",
        "id": "{id} salah jenis di sini ({kind:party_kind}; seharusnya: {expected}).",
    },
    "chart_says_both": {
        "en": "Say who leads by manager or by path, not both.",
        "nb": "Oppgi hvem som leder, med manager eller med path, ikke begge.",
        "it": "Indica chi dirige con manager o con path, non con entrambi.",
        "id": "Sebutkan siapa yang memimpin dengan manager atau path, bukan keduanya.",
    },
    "path_unreadable": {
        "en": "{value} is no place in a chart. Write it as /1/3/, or as the hexadecimal hierarchyid of SQL Server.",
        "nb": "{value} er ingen plass i et organisasjonskart. Skriv den som /1/3/, eller som heksadesimal hierarchyid fra SQL Server.",
        "it": "{value} non è un posto in un organigramma. Scrivilo come /1/3/, o come hierarchyid esadecimale di SQL Server.",
        "id": "{value} bukan tempat dalam bagan organisasi. Tulis sebagai /1/3/, atau sebagai hierarchyid heksadesimal dari SQL Server.",
    },
    "chart_person_twice": {
        "en": "{person} stands in the chart twice.",
        "nb": "{person} står to ganger i organisasjonskartet.",
        "it": "{person} compare due volte nell’organigramma.",
        "id": "{person} tercantum dua kali dalam bagan organisasi.",
    },
    "chart_person_without_work": {
        "en": "{person} stands in the chart, but no work relationship among these rows goes on without a last day.",
        "nb": "{person} står i organisasjonskartet, men ingen av radene her har et arbeidsforhold uten siste dag.",
        "it": "{person} compare nell’organigramma, ma tra queste righe nessun rapporto di lavoro prosegue senza ultimo giorno.",
        "id": "{person} tercantum dalam bagan organisasi, tetapi tidak ada hubungan kerja tanpa hari terakhir di antara baris ini.",
    },
    "chart_place_twice": {
        "en": "Another row has the same place in the chart.",
        "nb": "En annen rad har samme plass i organisasjonskartet.",
        "it": "Un’altra riga ha lo stesso posto nell’organigramma.",
        "id": "Baris lain menempati tempat yang sama dalam bagan organisasi.",
    },
    "chart_place_above_empty": {
        "en": "Nobody stands in the chart right above this place.",
        "nb": "Ingen står rett over denne plassen i organisasjonskartet.",
        "it": "Nessuno nell’organigramma sta subito sopra questo posto.",
        "id": "Tidak ada orang tepat di atas tempat ini dalam bagan organisasi.",
    },
    "chart_leader_unknown": {
        "en": "{person} leads here, but does not stand in the chart.",
        "nb": "{person} leder her, men står ikke i organisasjonskartet.",
        "it": "{person} dirige qui, ma non compare nell’organigramma.",
        "id": "{person} memimpin di sini, tetapi tidak tercantum dalam bagan organisasi.",
    },
    "chart_in_circle": {
        "en": "{person} would lead those who lead {person}.",
        "nb": "{person} ville lede dem som leder {person}.",
        "it": "{person} dirigerebbe chi dirige {person}.",
        "id": "{person} akan memimpin orang yang memimpin {person}.",
    },
    "unit_twice_at_once": {
        "en": "The unit {id} is described twice for the same days.",
        "nb": "Enheten {id} er beskrevet to ganger for de samme dagene.",
        "it": "Il reparto {id} è descritto due volte per gli stessi giorni.",
        "id": "Bagian {id} dijelaskan dua kali untuk hari yang sama.",
    },
    "unit_parent_of_other_company": {
        "en": "The unit {unit} of {company} cannot stand below {parent}, which is a unit of {parent_company}.",
        "nb": "Enheten {unit} i {company} kan ikke stå under {parent}, som er en enhet i {parent_company}.",
        "it": "Il reparto {unit} di {company} non può stare sotto {parent}, che è un reparto di {parent_company}.",
        "id": "Bagian {unit} dari {company} tidak bisa berada di bawah {parent}, yang merupakan bagian dari {parent_company}.",
    },
    "units_in_circle": {
        "en": "The unit {unit} would stand above itself.",
        "nb": "Enheten {unit} ville stått over seg selv.",
        "it": "Il reparto {unit} starebbe sopra se stesso.",
        "id": "Bagian {unit} akan berada di atas dirinya sendiri.",
    },
    "register_not_usable": {
        "en": "A source is called by small letters, digits, dots and hyphens, at most {most}: {id} will not do.",
        "nb": "En kilde kalles med små bokstaver, tall, punktum og bindestrek, høyst {most}: {id} går ikke.",
        "it": "Una fonte si indica con lettere minuscole, cifre, punti e trattini, al massimo {most}: {id} non va bene.",
        "id": "Sumber dinamai dengan huruf kecil, angka, titik, dan tanda hubung, paling banyak {most}: {id} tidak bisa.",
    },
    "fact_of_other_source": {
        "en": "{id} is what {register} says. Record your own beside it; what is trusted more decides.",
        "nb": "{id} er det {register} sier. Registrer ditt eget ved siden av; det som stoles mest på, avgjør.",
        "it": "{id} è ciò che dice {register}. Registra il tuo accanto; decide la fonte più affidabile.",
        "id": "{id} adalah keterangan {register}. Catat milik sendiri di sampingnya; yang paling dipercaya menentukan.",
    },
    "share_class_of_other_source": {
        "en": "Shares and their class are told by the same source; {share_class} is told by another.",
        "nb": "Aksjer og aksjeklasse oppgis av samme kilde; {share_class} er oppgitt av en annen.",
        "it": "Le azioni e la loro categoria vengono dalla stessa fonte; {share_class} viene da un’altra.",
        "id": "Saham dan kelasnya disebutkan oleh sumber yang sama; {share_class} disebutkan oleh sumber lain.",
    },
    "holding_not_a_share": {
        "en": "{percent} is not a share: it must lie between nothing and the whole.",
        "nb": "{percent} er ikke en andel: den må ligge mellom ingenting og alt.",
        "it": "{percent} non è una quota: deve stare tra nulla e l’intero.",
        "id": "{percent} bukan porsi: nilainya harus di antara nol dan keseluruhan.",
    },
    "holdings_over_whole": {
        "en": "The ownership shares of {company} add up to {percent}[ on {on}]; more than 100 % cannot be held.",
        "nb": "Eierandelene i {company} blir til sammen {percent}[ den {on}]; mer enn 100 % kan ikke eies.",
        "it": "Le quote di proprietà di {company} sommano al {percent}[ il {on}]; non si può possedere più del 100 %.",
        "id": "Porsi kepemilikan {company} berjumlah {percent}[ pada {on}]; lebih dari 100 % tidak bisa dimiliki.",
    },
    # Files of registers
    "source_zip_not_one": {
        "en": "A zip must hold exactly one file here; this one holds {count}.",
        "nb": "En zip-fil må inneholde nøyaktig én fil her; denne har {count}.",
        "it": "Qui uno zip deve contenere esattamente un file; questo ne contiene {count}.",
        "id": "Di sini zip harus berisi tepat satu berkas; yang ini berisi {count}.",
    },
    "source_not_unpackable": {
        "en": "The file cannot be unpacked: {why}.",
        "nb": "Filen kan ikke pakkes ut: {why}.",
        "it": "Il file non si può decomprimere: {why}.",
        "id": "Berkas tidak dapat dibuka dari kemasannya: {why}.",
    },
    "source_record_too_large": {
        "en": "A record of the file is larger or deeper than is taken.",
        "nb": "En post i filen er større eller dypere enn det som tas imot.",
        "it": "Un record del file è più grande o più profondo di quanto si accetti.",
        "id": "Satu catatan dalam berkas lebih besar atau lebih dalam daripada yang diterima.",
    },
    "source_not_xml": {
        "en": "The file is not well-formed XML: {why}.",
        "nb": "Filen er ikke velformet XML: {why}.",
        "it": "Il file non è XML ben formato: {why}.",
        "id": "Berkas bukan XML yang benar: {why}.",
    },
    "source_not_json": {
        "en": "The file is not JSON with one object after another: {why}.",
        "nb": "Filen er ikke JSON med ett objekt etter det andre: {why}.",
        "it": "Il file non è JSON con un oggetto dopo l’altro: {why}.",
        "id": "Berkas bukan JSON dengan satu objek setelah yang lain: {why}.",
    },
    "source_declares_entities": {
        "en": "The file declares a document type. That is not taken, since it can pull in or swell what it likes.",
        "nb": "Filen erklærer en dokumenttype. Det tas ikke imot, for den kan hente inn eller blåse opp hva den vil.",
        "it": "Il file dichiara un tipo di documento. Non si accetta, perché può richiamare o gonfiare ciò che vuole.",
        "id": "Berkas menyatakan jenis dokumen. Itu tidak diterima, karena dapat menarik masuk atau membengkakkan apa saja.",
    },
    "source_record_unknown": {
        "en": "The record is of no shape that is known here.",
        "nb": "Posten har ingen form som er kjent her.",
        "it": "Il record non ha una forma nota qui.",
        "id": "Catatan ini tidak berbentuk seperti yang dikenal di sini.",
    },
    "lei_wrong": {
        "en": "{lei} is no LEI: its check digits do not fit.",
        "nb": "{lei} er ingen LEI: kontrollsifrene stemmer ikke.",
        "it": "{lei} non è un LEI: le cifre di controllo non tornano.",
        "id": "{lei} bukan LEI: digit pemeriksanya tidak cocok.",
    },
    "source_kind_unknown": {
        "en": "The register says {kind}, which means nothing here; it was left out.",
        "nb": "Registeret sier {kind}, som ikke betyr noe her; det ble utelatt.",
        "it": "Il registro dice {kind}, che qui non significa nulla; è stato tralasciato.",
        "id": "Register menyebut {kind}, yang tidak berarti apa-apa di sini; itu dilewati.",
    },
    "source_own_parent": {
        "en": "{lei} is said to be its own parent; that was left out.",
        "nb": "{lei} sies å være sin egen mor; det ble utelatt.",
        "it": "{lei} sarebbe controllante di se stesso; è stato tralasciato.",
        "id": "{lei} disebut sebagai induknya sendiri; itu dilewati.",
    },
    "source_ends_before": {
        "en": "It ends on {until}, not after it begins on {since}.",
        "nb": "Det slutter {until}, ikke etter at det begynner {since}.",
        "it": "Finisce il {until}, non dopo l’inizio del {since}.",
        "id": "Berakhir pada {until}, tidak setelah dimulai pada {since}.",
    },
    "source_end_not_told": {
        "en": "A relationship of {lei} is over, but the source does not say since when; it was left out.",
        "nb": "Et forhold for {lei} er over, men kilden sier ikke fra når; det ble utelatt.",
        "it": "Un rapporto di {lei} è finito, ma la fonte non dice da quando; è stato tralasciato.",
        "id": "Suatu hubungan {lei} telah berakhir, tetapi sumber tidak menyebut sejak kapan; itu dilewati.",
    },
    "source_parent_not_consolidating": {
        "en": "{lei} has a parent that does not consolidate it; the source does not say which.",
        "nb": "{lei} har en mor som ikke konsoliderer det; kilden sier ikke hvilken.",
        "it": "{lei} ha una controllante che non lo consolida; la fonte non dice quale.",
        "id": "{lei} punya induk yang tidak mengonsolidasikannya; sumber tidak menyebut yang mana.",
    },
    "source_not_text": {
        "en": "The file is not text in UTF-8: {why}.",
        "nb": "Filen er ikke tekst i UTF-8: {why}.",
        "it": "Il file non è testo in UTF-8: {why}.",
        "id": "Berkas bukan teks UTF-8: {why}.",
    },
    "source_statement_twice": {
        "en": "{id} is told a second time; the first time counts.",
        "nb": "{id} er oppgitt en gang til; den første gangen gjelder.",
        "it": "{id} è riportato una seconda volta; vale la prima.",
        "id": "{id} disebut untuk kedua kalinya; yang pertama berlaku.",
    },
    "source_share_not_told": {
        "en": "Statement {id} tells of a share and not how large it is; it was left out.",
        "nb": "Erklæring {id} forteller om en andel, men ikke hvor stor den er; den ble utelatt.",
        "it": "La dichiarazione {id} parla di una quota senza dire quanto grande; è stata tralasciata.",
        "id": "Pernyataan {id} menyebut suatu bagian tanpa besarnya; itu dilewati.",
    },
    "source_indirect_alone": {
        "en": "Statement {id} tells of an interest through others, and not through whom; it was left out.",
        "nb": "Erklæring {id} forteller om en interesse gjennom andre, men ikke gjennom hvem; den ble utelatt.",
        "it": "La dichiarazione {id} parla di un interesse tramite altri senza dire quali; è stata tralasciata.",
        "id": "Pernyataan {id} menyebut kepentingan melalui pihak lain tanpa menyebut siapa; itu dilewati.",
    },
    "source_end_presumed": {
        "en": "Statement {id} closes an interest without its last day; the day of the statement was taken.",
        "nb": "Erklæring {id} avslutter en interesse uten siste dag; erklæringens dag ble brukt.",
        "it": "La dichiarazione {id} chiude un interesse senza dirne la fine; si è preso il giorno della dichiarazione.",
        "id": "Pernyataan {id} menutup suatu kepentingan tanpa hari berakhirnya; hari pernyataan itu yang dipakai.",
    },
    "source_chain_differs": {
        "en": "An indirect share is said to be {told}; the links told for it come to {found}.",
        "nb": "En indirekte andel oppgis til {told}; leddene som er oppgitt for den, gir {found}.",
        "it": "Una quota indiretta sarebbe {told}; gli anelli riportati danno {found}.",
        "id": "Bagian tidak langsung disebut {told}; mata rantai yang disebut untuknya menghasilkan {found}.",
    },
    # Definitions of inside
    "definition_ships": {
        "en": "{id} is a definition that ships. It stays as it is; give yours another code.",
        "nb": "{id} er en definisjon som følger med. Den forblir som den er; gi din en annen kode.",
        "it": "{id} è una definizione fornita. Resta com’è; dai alla tua un altro codice.",
        "id": "{id} adalah definisi bawaan. Itu tetap; beri milik Anda kode lain.",
    },
    "definition_not_yet": {
        "en": "The definition {id} does not exist on that day[; it begins on {since}].",
        "nb": "Definisjonen {id} finnes ikke den dagen[; den begynner {since}].",
        "it": "La definizione {id} non esiste in quel giorno[; comincia il {since}].",
        "id": "Definisi {id} belum ada pada hari itu[; mulai {since}].",
    },
    "definition_names_nobody": {
        "en": "The definition names {id}, and no company or person has this code.",
        "nb": "Definisjonen nevner {id}, men ingen har denne koden.",
        "it": "La definizione nomina {id}, ma nessuno ha questo codice.",
        "id": "Definisi menyebut {id}, tetapi tidak ada yang memakai kode itu.",
    },
    # Facts that cannot be read
    "field_missing": {
        "en": "A value is missing.",
        "nb": "En verdi mangler.",
        "it": "Manca un valore.",
        "id": "Nilai tidak ada.",
    },
    "field_unknown": {
        "en": "Nobody knows a field called {name} here.",
        "nb": "Feltet {name} er ukjent her.",
        "it": "Qui nessuno conosce un campo di nome {name}.",
        "id": "Tidak ada isian bernama {name} di sini.",
    },
    "not_a_number": {
        "en": "{value} is not a number.",
        "nb": "{value} er ikke et tall.",
        "it": "{value} non è un numero.",
        "id": "{value} bukan angka.",
    },
    "not_a_whole_number": {
        "en": "{value} is not a whole number.",
        "nb": "{value} er ikke et helt tall.",
        "it": "{value} non è un numero intero.",
        "id": "{value} bukan bilangan bulat.",
    },
    "not_a_flag": {
        "en": "{value} is neither yes nor no.",
        "nb": "{value} er verken ja eller nei.",
        "it": "{value} non è né sì né no.",
        "id": "{value} bukan ya dan bukan tidak.",
    },
    "not_a_day": {
        "en": "{value} is not a day written as year-month-day.",
        "nb": "{value} er ikke en dag skrevet som år-måned-dag.",
        "it": "{value} non è un giorno scritto come anno-mese-giorno.",
        "id": "{value} bukan hari yang ditulis tahun-bulan-hari.",
    },
    "not_text": {
        "en": "Text is expected here.",
        "nb": "Her ventes tekst.",
        "it": "Qui ci vuole un testo.",
        "id": "Di sini diharapkan teks.",
    },
    "not_a_list": {
        "en": "A list is expected here.",
        "nb": "Her ventes en liste.",
        "it": "Qui ci vuole una lista.",
        "id": "Di sini diharapkan daftar.",
    },
    "not_an_object": {
        "en": "An object is expected here.",
        "nb": "Her ventes et objekt.",
        "it": "Qui ci vuole un oggetto.",
        "id": "Di sini diharapkan objek.",
    },
    "not_one_of": {
        "en": "{value} is not one of {allowed}.",
        "nb": "{value} er ikke en av {allowed}.",
        "it": "{value} non è uno di {allowed}.",
        "id": "{value} bukan salah satu dari {allowed}.",
    },
    "period_backwards": {
        "en": "It ends ({until}) before it begins ({since}).",
        "nb": "Det slutter ({until}) før det begynner ({since}).",
        "it": "Finisce ({until}) prima di cominciare ({since}).",
        "id": "Berakhir ({until}) sebelum dimulai ({since}).",
    },
    "period_ends_twice": {
        "en": "Give either the last day or the day on which it no longer holds, not both.",
        "nb": "Oppgi enten siste dag eller dagen da det ikke lenger gjelder, ikke begge.",
        "it": "Indica l’ultimo giorno oppure il giorno in cui non vale più, non entrambi.",
        "id": "Berikan hari terakhir atau hari mulai tidak berlaku, jangan keduanya.",
    },
    # Spreading
    "spread_without_weights": {
        "en": "There is nothing to spread over.",
        "nb": "Det er ingenting å fordele på.",
        "it": "Non c’è nulla su cui ripartire.",
        "id": "Tidak ada tempat untuk membagi.",
    },
    "spread_weight_negative": {
        "en": "A weight is negative ({weight}).",
        "nb": "En vekt er negativ ({weight}).",
        "it": "Un peso è negativo ({weight}).",
        "id": "Satu bobot bernilai negatif ({weight}).",
    },
    "spread_unit_not_positive": {
        "en": "The smallest part must be more than nothing, not {unit}.",
        "nb": "Den minste delen må være mer enn ingenting, ikke {unit}.",
        "it": "La parte più piccola deve essere più di nulla, non {unit}.",
        "id": "Bagian terkecil harus lebih dari nol, bukan {unit}.",
    },
    # Who may not look after or look up what is known of the parties
    "no_actor": {
        "en": "Sign in first: nobody is known to be asking.",
        "nb": "Logg inn først: ingen er kjent som den som spør.",
        "it": "Prima accedi: non si sa chi chiede.",
        "id": "Masuklah dulu: tidak diketahui siapa yang bertanya.",
    },
    "not_administrator": {
        "en": "Only data administrators may do this.",
        "nb": "Bare dataansvarlige kan gjøre dette.",
        "it": "Solo gli amministratori dei dati possono farlo.",
        "id": "Hanya administrator data yang boleh melakukan ini.",
    },
    "not_administrator_of": {
        "en": "Only data administrators of {company} may do this.",
        "nb": "Bare dataansvarlige for {company} kan gjøre dette.",
        "it": "Solo gli amministratori dei dati di {company} possono farlo.",
        "id": "Hanya administrator data {company} yang boleh melakukan ini.",
    },
    "not_administrator_of_everything": {
        "en": "Only data administrators of the whole house may do this.",
        "nb": "Bare dataansvarlige for hele huset kan gjøre dette.",
        "it": "Solo chi amministra tutti i dati può farlo.",
        "id": "Hanya administrator data untuk semuanya yang boleh melakukan ini.",
    },
    "not_of_the_company": {
        "en": "Only those who work for the company, or look after its records or books, see this.",
        "nb": "Bare de som arbeider for selskapet, eller har ansvar for dataene eller bøkene, ser dette.",
        "it": "Lo vede solo chi lavora per la società, o ne cura i dati o la contabilità.",
        "id": "Hanya yang bekerja di perusahaan itu, atau mengurus data atau pembukuannya, yang melihat ini.",
    },
    "not_of_the_books": {
        "en": "Only those who look after the records or books of the company see who owns it.",
        "nb": "Bare de som har ansvar for selskapets data eller bøker, ser hvem som eier det.",
        "it": "Chi la possiede lo vede solo chi cura i dati o la contabilità della società.",
        "id": "Hanya yang mengurus data atau pembukuan perusahaan yang melihat siapa pemiliknya.",
    },
    "not_a_colleague": {
        "en": "Only colleagues see this.",
        "nb": "Bare kolleger ser dette.",
        "it": "Lo vedono solo i colleghi.",
        "id": "Hanya rekan kerja yang melihat ini.",
    },
    "not_a_party_of_it": {
        "en": "Only whoever stands at one end of a dealing, or has a role there, asks whether it is inside.",
        "nb": "Bare den som er part i en handel, eller har en rolle der, kan spørre om den er intern.",
        "it": "Solo chi è una delle parti di un affare, o vi ha un ruolo, chiede se è interno.",
        "id": "Hanya salah satu pihak dalam transaksi, atau yang punya peran di sana, yang bertanya apakah itu internal.",
    },
    # What rows about work would change for people
    "staff_changes": {
        "en": "People: {joins} join, {moves} move, {leaves} leave, {changes} are said otherwise.",
        "nb": "Personer: {joins} begynner, {moves} flytter, {leaves} slutter, {changes} er beskrevet på en annen måte.",
        "it": "Persone: {joins} entrano, {moves} si spostano, {leaves} escono, {changes} sono descritte diversamente.",
        "id": "Orang: {joins} masuk, {moves} pindah, {leaves} keluar, {changes} ditulis lain.",
    },
    "staff_joins": {
        "en": "{person} joins {company}[, {unit}][ on {since}][: {kind:work_kind}][, {job_title}].",
        "nb": "{person} begynner i {company}[, {unit}][ {since}][: {kind:work_kind}][, {job_title}].",
        "it": "{person} entra in {company}[, {unit}][ il {since}][: {kind:work_kind}][, {job_title}].",
        "id": "{person} masuk ke {company}[, {unit}][ pada {since}][: {kind:work_kind}][, {job_title}].",
    },
    "staff_moves": {
        "en": "{person} moves from {before_company}[, {before_unit}] to {company}[, {unit}][ on {since}].",
        "nb": "{person} flytter fra {before_company}[, {before_unit}] til {company}[, {unit}][ {since}].",
        "it": "{person} passa da {before_company}[, {before_unit}] a {company}[, {unit}][ il {since}].",
        "id": "{person} pindah dari {before_company}[, {before_unit}] ke {company}[, {unit}][ pada {since}].",
    },
    "staff_leaves": {
        "en": "{person} leaves {company}[, {unit}][; the last day is {until:last}].",
        "nb": "{person} slutter i {company}[, {unit}][; siste dag er {until:last}].",
        "it": "{person} lascia {company}[, {unit}][; l’ultimo giorno è il {until:last}].",
        "id": "{person} keluar dari {company}[, {unit}][; hari terakhir {until:last}].",
    },
    "staff_changes_otherwise": {
        "en": "{person}: the work for {company}[, {unit}] is said otherwise[: {kind:work_kind}][, {job_title}][, last day {until:last}].",
        "nb": "{person}: arbeidet for {company}[, {unit}] er beskrevet på en annen måte[: {kind:work_kind}][, {job_title}][, siste dag {until:last}].",
        "it": "{person}: il lavoro per {company}[, {unit}] è descritto diversamente[: {kind:work_kind}][, {job_title}][, ultimo giorno {until:last}].",
        "id": "{person}: pekerjaan di {company}[, {unit}] ditulis lain[: {kind:work_kind}][, {job_title}][, hari terakhir {until:last}].",
    },
    # What cannot be kept of them
    "code_not_usable": {
        "en": "{id} cannot be an id: letters, digits and . _ : - only, a letter or digit first, at most {most}.",
        "nb": "{id} kan ikke være en id: bare bokstaver, sifre og . _ : -, bokstav eller siffer først, høyst {most}.",
        "it": "{id} non può essere un codice: solo lettere, cifre e . _ : -, prima una lettera o una cifra, al massimo {most}.",
        "id": "{id} tidak bisa menjadi kode: hanya huruf, angka, dan . _ : -, diawali huruf atau angka, paling banyak {most}.",
    },
    "hours_unreadable": {
        "en": "Write hours such as 09:00-12:00, 13:00-17:00, not “{value}”.",
        "nb": "Skriv tider slik som 09:00-12:00, 13:00-17:00, ikke «{value}».",
        "it": "Scrivere gli orari come 09:00-12:00, 13:00-17:00, non «{value}».",
        "id": "Tulis jam seperti 09:00-12:00, 13:00-17:00, bukan “{value}”.",
    },
    "hours_out_of_order": {
        "en": "Hours must follow each other and end after they begin: “{value}”.",
        "nb": "Tider må følge etter hverandre og slutte etter at de begynner: «{value}».",
        "it": "Gli orari devono susseguirsi e finire dopo l’inizio: «{value}».",
        "id": "Jam harus berurutan dan berakhir setelah mulai: “{value}”.",
    },
    "week_twice_at_once": {
        "en": "{party} already has a working week on some of these days.",
        "nb": "{party} har allerede en arbeidsuke på noen av disse dagene.",
        "it": "{party} ha già una settimana lavorativa in alcuni di questi giorni.",
        "id": "{party} sudah punya pekan kerja pada sebagian hari ini.",
    },
    "day_twice": {
        "en": "The day {day} stands in the file twice for the same company or department.",
        "nb": "Dagen {day} står to ganger i filen for samme selskap eller avdeling.",
        "it": "Il giorno {day} compare due volte nel file per la stessa società o lo stesso reparto.",
        "id": "Hari {day} muncul dua kali dalam berkas untuk perusahaan atau bagian yang sama.",
    },
    "week_without_hours": {
        "en": "A working week has hours on some day.",
        "nb": "En arbeidsuke har timer på minst én dag.",
        "it": "Una settimana lavorativa ha ore in almeno un giorno.",
        "id": "Minggu kerja memiliki jam pada setidaknya satu hari.",
    },
    "holidays_not_known": {
        "en": "No public holidays are known for {country}[, {region}].",
        "nb": "Ingen helligdager er kjent for {country}[, {region}].",
        "it": "Non sono noti giorni festivi per {country}[, {region}].",
        "id": "Tidak ada hari libur yang diketahui untuk {country}[, {region}].",
    },
    "name_not_usable": {
        "en": "A name is needed, of at most {most} characters.",
        "nb": "Et navn trengs, på høyst {most} tegn.",
        "it": "Ci vuole un nome, di al massimo {most} caratteri.",
        "id": "Diperlukan nama, paling banyak {most} karakter.",
    },
    "text_too_long": {
        "en": "This text is too long; at most {most} characters.",
        "nb": "Denne teksten er for lang; høyst {most} tegn.",
        "it": "Questo testo è troppo lungo; al massimo {most} caratteri.",
        "id": "Teks ini terlalu panjang; paling banyak {most} karakter.",
    },
    "currency_not_usable": {
        "en": "{currency} is not a currency code such as EUR.",
        "nb": "{currency} er ikke en valutakode slik som EUR.",
        "it": "{currency} non è un codice di valuta come EUR.",
        "id": "{currency} bukan kode mata uang seperti EUR.",
    },
    "country_not_usable": {
        "en": "{country} is not a country code of two capital letters such as NO.",
        "nb": "{country} er ikke en landkode på to store bokstaver slik som NO.",
        "it": "{country} non è un codice di paese di due lettere maiuscole come NO.",
        "id": "{country} bukan kode negara dua huruf besar seperti NO.",
    },
    "worktime_span_backwards": {
        "en": "Hours end after they begin, at 24:00 at the latest: {opens} to {closes}. What goes past midnight is two, one on each day.",
        "nb": "Tider slutter etter at de begynner, senest 24:00: {opens} til {closes}. Det som går over midnatt, er to, én på hver dag.",
        "it": "Gli orari finiscono dopo l’inizio, al più tardi alle 24:00: {opens}–{closes}. Ciò che supera la mezzanotte è due, uno per giorno.",
        "id": "Jam berakhir setelah mulai, paling lambat 24:00: {opens} sampai {closes}. Yang lewat tengah malam ditulis dua, satu di tiap hari.",
    },
    "worktime_pause_backwards": {
        "en": "A pause ends after it begins: {since} to {until}.",
        "nb": "En pause slutter etter at den begynner: {since} til {until}.",
        "it": "Una pausa finisce dopo l’inizio: dal {since} al {until}.",
        "id": "Jeda berakhir setelah mulai: {since} sampai {until}.",
    },
    "worktime_too_far": {
        "en": "That lies more than {years} years away, or outside the years that are reckoned with.",
        "nb": "Det ligger mer enn {years} år unna, eller utenfor årene det regnes med.",
        "it": "È a più di {years} anni di distanza, o fuori dagli anni che si calcolano.",
        "id": "Itu lebih dari {years} tahun jauhnya, atau di luar tahun yang dihitung.",
    },
    "worktime_never_open": {
        "en": "From {since} on there is no working time for more than {days} days. Round the clock has to be said: 00:00 to 24:00.",
        "nb": "Fra {since} er det ingen arbeidstid på mer enn {days} dager. Døgnet rundt må sies: 00:00 til 24:00.",
        "it": "Dal {since} non c’è orario di lavoro per più di {days} giorni. La continuità va detta: dalle 00:00 alle 24:00.",
        "id": "Mulai {since} tidak ada jam kerja selama lebih dari {days} hari. Sepanjang hari harus disebut: 00:00 sampai 24:00.",
    },
    "worktime_day_without_hours": {
        "en": "A working day has no length where no day of the week has hours. Say how long it is.",
        "nb": "En arbeidsdag har ingen lengde når ingen dag i uken har timer. Si hvor lang den er.",
        "it": "Un giorno lavorativo non ha durata se nessun giorno della settimana ha ore. Indicarla.",
        "id": "Hari kerja tidak punya panjang bila tidak ada hari yang berjam kerja. Sebutkan panjangnya.",
    },
    "instant_without_offset": {
        "en": "{value} has no offset, so it could be any of many instants: end it in Z or, say, +01:00.",
        "nb": "{value} mangler tidsforskyvning og kan være mange tidspunkter: avslutt med Z eller for eksempel +01:00.",
        "it": "{value} non ha uno scarto dall’UTC e può essere molti istanti: finire con Z o, per esempio, +01:00.",
        "id": "{value} tidak punya selisih dari UTC, jadi bisa berarti banyak saat: akhiri dengan Z atau, misalnya, +01:00.",
    },
    "not_an_instant": {
        "en": "{value} is not an instant such as 2026-11-24T09:00:00+01:00.",
        "nb": "{value} er ikke et tidspunkt slik som 2026-11-24T09:00:00+01:00.",
        "it": "{value} non è un istante come 2026-11-24T09:00:00+01:00.",
        "id": "{value} bukan saat seperti 2026-11-24T09:00:00+01:00.",
    },
    "not_a_pair": {
        "en": "A list of two is expected here: from and to.",
        "nb": "Her ventes en liste med to: fra og til.",
        "it": "Qui ci vuole una lista di due: da e a.",
        "id": "Di sini diharapkan daftar berisi dua: dari dan sampai.",
    },
    "not_a_clock": {
        "en": "{value} is not a time of day from 00:00 to 24:00.",
        "nb": "{value} er ikke et klokkeslett fra 00:00 til 24:00.",
        "it": "{value} non è un’ora del giorno dalle 00:00 alle 24:00.",
        "id": "{value} bukan waktu dari 00:00 sampai 24:00.",
    },
    "not_a_month_day": {
        "en": "{value} is not a day of every year such as 12-24.",
        "nb": "{value} er ikke en dag i hvert år slik som 12-24.",
        "it": "{value} non è un giorno di ogni anno come 12-24.",
        "id": "{value} bukan hari setiap tahun seperti 12-24.",
    },
    "worktime_starts": {
        "en": "The clock runs from {start}.",
        "nb": "Klokken går fra {start}.",
        "it": "L’orologio corre dal {start}.",
        "id": "Jam berjalan mulai {start}.",
    },
    "worktime_counted": {
        "en": "{length} counted, from {since} to {until}.",
        "nb": "{length} telt, fra {since} til {until}.",
        "it": "{length} contate, dal {since} al {until}.",
        "id": "{length} dihitung, dari {since} sampai {until}.",
    },
    "worktime_paused": {
        "en": "{length} paused, from {since} to {until}.",
        "nb": "{length} på pause, fra {since} til {until}.",
        "it": "{length} in pausa, dal {since} al {until}.",
        "id": "{length} jeda, dari {since} sampai {until}.",
    },
    "worktime_day_off": {
        "en": "{on} is a day off.",
        "nb": "{on} er en fridag.",
        "it": "Il {on} è un giorno libero.",
        "id": "{on} adalah hari libur.",
    },
    "worktime_day_otherwise": {
        "en": "{on} has other hours than the week.",
        "nb": "{on} har andre tider enn uken ellers.",
        "it": "Il {on} ha orari diversi dalla settimana.",
        "id": "{on} berjam lain daripada minggu biasa.",
    },
    "worktime_left_out": {
        "en": "{count} further stretches are not listed.",
        "nb": "{count} flere tidsrom er ikke listet opp.",
        "it": "Altri {count} intervalli non sono elencati.",
        "id": "{count} rentang lain tidak dicantumkan.",
    },
    "worktime_due": {
        "en": "That is the whole time, at {due}.",
        "nb": "Det er hele tiden, {due}.",
        "it": "È tutto il tempo, alle {due}.",
        "id": "Itu seluruh waktunya, pada {due}.",
    },
    "worktime_goes_on": {
        "en": "It is then closed; work goes on at {opening}.",
        "nb": "Da er det stengt; arbeidet fortsetter {opening}.",
        "it": "In quel momento è chiuso; il lavoro riprende il {opening}.",
        "id": "Saat itu tutup; kerja berlanjut pada {opening}.",
    },
    "worktime_stands_still": {
        "en": "The clock stands still since {since}; nothing is due until it runs again.",
        "nb": "Klokken står stille siden {since}; ingenting forfaller før den går igjen.",
        "it": "L’orologio è fermo dal {since}; niente scade finché non riparte.",
        "id": "Jam berhenti sejak {since}; tidak ada yang jatuh tempo sampai berjalan lagi.",
    },
    "zone_not_known": {
        "en": "{time_zone} is not a time zone, such as Europe/Oslo.",
        "nb": "{time_zone} er ikke en tidssone, slik som Europe/Oslo.",
        "it": "{time_zone} non è un fuso orario, come Europe/Oslo.",
        "id": "{time_zone} bukan zona waktu, seperti Europe/Oslo.",
    },
    "change_outside_period": {
        "en": "On {on} this does not hold, so it cannot change then[; it begins on {since}][; its last day is {until:last}].",
        "nb": "Den {on} gjelder ikke dette, så det kan ikke endres da[; det begynner {since}][; siste dag er {until:last}].",
        "it": "Il {on} questo non vale, quindi allora non può cambiare[; comincia il {since}][; il suo ultimo giorno è il {until:last}].",
        "id": "Pada {on} ini tidak berlaku, jadi tidak bisa diubah saat itu[; dimulai {since}][; hari terakhirnya {until:last}].",
    },
    "unit_has_units": {
        "en": "{unit} still has {below} below it on later days.",
        "nb": "{unit} har fremdeles {below} under seg på senere dager.",
        "it": "{unit} ha ancora {below} sotto di sé in giorni successivi.",
        "id": "{unit} masih punya {below} di bawahnya pada hari-hari kemudian.",
    },
    "unit_has_staff": {
        "en": "{count} people still work in {unit} on later days.",
        "nb": "{count} personer arbeider fremdeles i {unit} på senere dager.",
        "it": "{count} persone lavorano ancora in {unit} in giorni successivi.",
        "id": "{count} orang masih bekerja di {unit} pada hari-hari kemudian.",
    },
    "leader_not_at_work": {
        "en": "{person_name} works for nobody on {on}. Record her work first, or choose another day.",
        "nb": "{person_name} arbeider ikke for noen den {on}. Registrer arbeidsforholdet først, eller velg en annen dag.",
        "it": "Il {on} {person_name} non lavora per nessuno. Registra prima il rapporto di lavoro o scegli un altro giorno.",
        "id": "{person_name} tidak bekerja untuk siapa pun pada {on}. Catat dulu hubungan kerjanya atau pilih hari lain.",
    },
    "not_at_work_there": {
        "en": "{person_name} does not work for {company_name} on {on}.",
        "nb": "{person_name} arbeider ikke for {company_name} den {on}.",
        "it": "Il {on} {person_name} non lavora per {company_name}.",
        "id": "{person_name} tidak bekerja untuk {company_name} pada {on}.",
    },
    "deputy_of_oneself": {
        "en": "{person_name} heads {place_name} on {on} and cannot stand in for herself.",
        "nb": "{person_name} leder {place_name} den {on} og kan ikke være sin egen stedfortreder.",
        "it": "Il {on} {person_name} è responsabile di {place_name} e non può sostituire se stessa.",
        "id": "{person_name} mengepalai {place_name} pada {on} dan tidak bisa mewakili dirinya sendiri.",
    },
    "deputy_for_nothing": {
        "en": "Choose at least one thing for which she stands in.",
        "nb": "Velg minst én ting hun er stedfortreder for.",
        "it": "Scegli almeno una cosa per cui fa da sostituto.",
        "id": "Pilih sedikitnya satu hal yang diwakilinya.",
    },
    "days_taken": {
        "en": "This is already recorded for some of these days[, from {since}][, until {until:last}]. End that first.",
        "nb": "Dette er allerede registrert for noen av disse dagene[, fra {since}][, til og med {until:last}]. Avslutt det først.",
        "it": "È già registrato per alcuni di questi giorni[, dal {since}][, fino al {until:last}]. Concludilo prima.",
        "id": "Ini sudah tercatat untuk sebagian hari itu[, sejak {since}][, sampai {until:last}]. Akhiri dulu yang itu.",
    },
    "spending_not_usable": {
        "en": "{limit} is no limit. Type an amount of zero or more.",
        "nb": "{limit} er ingen grense. Skriv et beløp på null eller mer.",
        "it": "{limit} non è un limite. Scrivi un importo pari o superiore a zero.",
        "id": "{limit} bukan batas. Ketik jumlah nol atau lebih.",
    },
    "spending_currency": {
        "en": "The books of {company_name} are kept in {currency}; the limit must be too.",
        "nb": "Regnskapet til {company_name} føres i {currency}; grensen må også være det.",
        "it": "La contabilità di {company_name} è tenuta in {currency}; anche il limite deve esserlo.",
        "id": "Pembukuan {company_name} memakai {currency}; batasnya juga harus begitu.",
    },
    "not_setter_of_spending": {
        "en": "How much may be approved at {company_name} is set by its controllers.",
        "nb": "Hvor mye som kan godkjennes i {company_name}, bestemmes av controllerne der.",
        "it": "Quanto si può approvare in {company_name} lo stabiliscono i suoi controller.",
        "id": "Berapa yang boleh disetujui di {company_name} ditetapkan oleh pengendali keuangannya.",
    },
    "not_setter_of_any_spending": {
        "en": "How much may be approved is set by the controllers of a company.",
        "nb": "Hvor mye som kan godkjennes, bestemmes av controllerne i et selskap.",
        "it": "Quanto si può approvare lo stabiliscono i controller di una società.",
        "id": "Berapa yang boleh disetujui ditetapkan oleh pengendali keuangan suatu perusahaan.",
    },
    "move_not_readable": {
        "en": "“{line}” says no move. Write: who = where.",
        "nb": "«{line}» sier ikke hva som flyttes. Skriv: hvem = hvor.",
        "it": "“{line}” non indica uno spostamento. Scrivi: chi = dove.",
        "id": "“{line}” bukan perpindahan. Tulis: siapa = ke mana.",
    },
    "party_not_meant": {
        "en": "“{typed}” fits {count} whom you look after. Type the code of one of them.",
        "nb": "«{typed}» passer på {count} du har ansvar for. Skriv koden til én av dem.",
        "it": "“{typed}” corrisponde a {count} fra quelli che curi. Scrivi il codice di uno solo.",
        "id": "“{typed}” cocok dengan {count} yang Anda urus. Ketik kode salah satunya.",
    },
    "event_changes_nothing": {
        "en": "This changes nothing. Name what moves, and where to.",
        "nb": "Dette endrer ingenting. Oppgi hva som flyttes, og hvor.",
        "it": "Così non cambia nulla. Indica che cosa si sposta e dove.",
        "id": "Ini tidak mengubah apa pun. Sebutkan apa yang pindah dan ke mana.",
    },
    "merged_into_itself": {
        "en": "{name} cannot be merged into itself.",
        "nb": "{name} kan ikke slås sammen med seg selv.",
        "it": "{name} non può fondersi con se stesso.",
        "id": "{name} tidak bisa digabung ke dirinya sendiri.",
    },
    "merged_into_part": {
        "en": "{name} is a part of {whole}. Move it out first, or merge it the other way round.",
        "nb": "{name} er en del av {whole}. Flytt den ut først, eller slå sammen den andre veien.",
        "it": "{name} fa parte di {whole}. Spostalo prima fuori, o fai la fusione nell’altro verso.",
        "id": "{name} bagian dari {whole}. Keluarkan dulu, atau gabungkan ke arah sebaliknya.",
    },
    "merged_unlike": {
        "en": "Departments merge with departments and companies with companies; people work in departments.",
        "nb": "Avdelinger slås sammen med avdelinger og selskaper med selskaper; folk arbeider i avdelinger.",
        "it": "I reparti si fondono con reparti e le società con società; le persone lavorano nei reparti.",
        "id": "Bagian bergabung dengan bagian dan perusahaan dengan perusahaan; orang bekerja di bagian.",
    },
    "merged_across_companies": {
        "en": "These departments belong to different companies. Move one of them first.",
        "nb": "Disse avdelingene hører til ulike selskaper. Flytt en av dem først.",
        "it": "Questi reparti appartengono a società diverse. Sposta prima uno dei due.",
        "id": "Kedua bagian ini milik perusahaan berbeda. Pindahkan salah satunya dulu.",
    },
    "split_moves_nobody": {
        "en": "Say which people and teams of {name} go into the new department.",
        "nb": "Oppgi hvilke personer og team i {name} som går over i den nye avdelingen.",
        "it": "Indica quali persone e gruppi di {name} passano nel nuovo reparto.",
        "id": "Sebutkan orang dan tim {name} mana yang masuk bagian baru.",
    },
    "not_part_of_it": {
        "en": "{name} is not a part of {whole} on {on} or later.",
        "nb": "{name} er ikke en del av {whole} den {on} eller senere.",
        "it": "{name} non fa parte di {whole} il {on} o in seguito.",
        "id": "{name} bukan bagian dari {whole} pada {on} atau sesudahnya.",
    },
    "event_entered_here": {
        "en": "{id} was entered here, with what it changed: it is taken back or entered anew here, not said otherwise in a file.",
        "nb": "{id} ble ført inn her, med det den endret: den tas tilbake eller føres inn på nytt her, ikke endres i en fil.",
        "it": "{id} è stato inserito qui, con ciò che ha cambiato: si annulla o si inserisce di nuovo qui, non si cambia in un file.",
        "id": "{id} dimasukkan di sini, bersama perubahannya: dibatalkan atau dimasukkan ulang di sini, bukan diubah lewat berkas.",
    },
    "event_without_other_end": {
        "en": "Say of each company or department into what it went or what came of it: abc-shop=abc-store.",
        "nb": "Si for hvert selskap eller hver avdeling hva den gikk inn i eller hva som kom av den: abc-shop=abc-store.",
        "it": "Per ogni azienda o reparto indica in che cosa è confluito o che cosa ne è nato: abc-shop=abc-store.",
        "id": "Sebutkan untuk setiap perusahaan atau bagian ke mana ia bergabung atau apa hasilnya: abc-shop=abc-store.",
    },
    "person_name_undated": {
        "en": "The name of a person has no days: it holds from now on.",
        "nb": "Navnet til en person har ingen dager: det gjelder fra nå av.",
        "it": "Il nome di una persona non ha giorni: vale da ora in poi.",
        "id": "Nama seseorang tidak memiliki hari: berlaku mulai sekarang.",
    },
    "name_not_said": {
        "en": "Nobody has said what {name} was called on {on}, so there is nothing to correct. Say it as a new name from that day.",
        "nb": "Ingen har sagt hva {name} het den {on}, så det er ingenting å rette. Si det som et nytt navn fra den dagen.",
        "it": "Nessuno ha indicato come si chiamava {name} il {on}, quindi non c’è nulla da correggere. Indicalo come nuovo nome da quel giorno.",
        "id": "Belum ada yang menyebutkan nama {name} pada {on}, jadi tidak ada yang perlu dibetulkan. Sebutkan sebagai nama baru sejak hari itu.",
    },
    "event_undone_already": {
        "en": "This was taken back on {on}.",
        "nb": "Dette ble trukket tilbake {on}.",
        "it": "È già stato annullato il {on}.",
        "id": "Ini sudah ditarik kembali pada {on}.",
    },
    "file_not_brought": {
        "en": "The file is no longer there: what is not used within a day is forgotten. Choose it again.",
        "nb": "Filen er ikke der lenger: det som ikke brukes innen et døgn, blir glemt. Velg den på nytt.",
        "it": "Il file non c’è più: ciò che non si usa entro un giorno viene dimenticato. Sceglilo di nuovo.",
        "id": "Berkasnya sudah tidak ada: yang tidak dipakai dalam sehari akan dilupakan. Pilih lagi.",
    },
    "evidence_missing": {
        "en": "Choose the file that shows it.",
        "nb": "Velg filen som viser det.",
        "it": "Scegli il file che lo prova.",
        "id": "Pilih berkas yang menunjukkannya.",
    },
    "withdrawal_without_reason": {
        "en": "Say why the file is withdrawn, in at most {most} characters, without naming anybody.",
        "nb": "Si hvorfor filen trekkes tilbake, med høyst {most} tegn, uten å nevne noen ved navn.",
        "it": "Spiega perché il file viene ritirato, in al massimo {most} caratteri, senza fare nomi.",
        "id": "Sebutkan mengapa berkas ditarik, paling banyak {most} karakter, tanpa menyebut nama siapa pun.",
    },
    "event_in_use": {
        "en": "A department that this opened is in use: {table:record} ({count}). It cannot be taken back any more; enter another change.",
        "nb": "En avdeling som dette åpnet, er i bruk: {table:record} ({count}). Det kan ikke trekkes tilbake lenger; registrer en ny endring.",
        "it": "Un reparto aperto così è in uso: {table:record} ({count}). Non si può più annullare; inserisci un’altra modifica.",
        "id": "Bagian yang dibuka ini sudah dipakai: {table:record} ({count}). Tidak dapat ditarik kembali lagi; catat perubahan lain.",
    },
    "event_changed_since": {
        "en": "What this changed was changed again since: {table:record} ({count}). It cannot be taken back any more; enter another change.",
        "nb": "Det dette endret, er endret på nytt siden: {table:record} ({count}). Det kan ikke trekkes tilbake lenger; registrer en ny endring.",
        "it": "Ciò che questo ha cambiato è stato poi cambiato di nuovo: {table:record} ({count}). Non si può più annullare; inserisci un’altra modifica.",
        "id": "Yang diubah ini sudah diubah lagi sesudahnya: {table:record} ({count}). Tidak dapat ditarik kembali lagi; catat perubahan lain.",
    },
    "erasure_reason_missing": {
        "en": "Say why the name is to be forgotten; the reason is kept in the log.",
        "nb": "Skriv hvorfor navnet skal glemmes; begrunnelsen blir stående i loggen.",
        "it": "Spiega perché il nome va dimenticato; il motivo resta nel registro.",
        "id": "Sebutkan mengapa nama ini harus dilupakan; alasannya disimpan di catatan.",
    },
    "erasure_reason_names_her": {
        "en": "The reason is kept for good: say why without a name, an address or a code.",
        "nb": "Begrunnelsen blir stående for godt: skriv hvorfor uten navn, adresse eller kode.",
        "it": "Il motivo resta per sempre: spiega perché senza nomi, indirizzi o codici.",
        "id": "Alasan ini disimpan selamanya: tuliskan tanpa nama, alamat, atau kode.",
    },
    "person_still_works": {
        "en": "{person_name} works for a company today or later; end that first.",
        "nb": "{person_name} arbeider for et selskap i dag eller senere; avslutt det først.",
        "it": "{person_name} lavora per una società oggi o più tardi; prima termina quel rapporto.",
        "id": "{person_name} bekerja di sebuah perusahaan hari ini atau nanti; akhiri itu dulu.",
    },
    "too_many_problems": {
        "en": "More than {most} contradictions between units; mend those and read the file again.",
        "nb": "Mer enn {most} motsigelser mellom enheter; rett dem og les filen på nytt.",
        "it": "Più di {most} contraddizioni tra reparti; correggile e leggi di nuovo il file.",
        "id": "Lebih dari {most} pertentangan antarbagian; perbaiki dulu lalu baca berkasnya lagi.",
    },
    # What the checks of the data quality board say of a record
    "finding_over_whole": {
        "en": "More than the whole of {company_name} is held: {percent} of the votes or the capital.",
        "nb": "Mer enn hele {company_name} er eid: {percent} av stemmene eller kapitalen.",
        "it": "È detenuto più dell’intero di {company_name}: {percent} dei voti o del capitale.",
        "id": "Lebih dari seluruh {company_name} dimiliki: {percent} dari suara atau modal.",
    },
    "finding_sources_differ": {
        "en": "Sources say different things of who owns {company_name} or has power over it.",
        "nb": "Kildene sier ulike ting om hvem som eier {company_name} eller har makt over selskapet.",
        "it": "Le fonti non concordano su chi possiede {company_name} o ne ha il controllo.",
        "id": "Sumber-sumber tidak sepakat tentang siapa yang memiliki {company_name} atau berkuasa atasnya.",
    },
    "finding_share_twice": {
        "en": "The share of {owner_name} in {owned_name} is told twice for today[; this time by {source}].",
        "nb": "Andelen til {owner_name} i {owned_name} er oppgitt to ganger for i dag[; denne gangen av {source}].",
        "it": "La quota di {owner_name} in {owned_name} è indicata due volte per oggi[; questa volta da {source}].",
        "id": "Bagian {owner_name} di {owned_name} disebut dua kali untuk hari ini[; kali ini oleh {source}].",
    },
    "finding_owns_itself": {
        "en": "{company_name} and others hold the whole of each other: nobody is behind them.",
        "nb": "{company_name} og andre eier hele hverandre: ingen står bak dem.",
        "it": "{company_name} e altre società si possiedono per intero a vicenda: dietro non c’è nessuno.",
        "id": "{company_name} dan lainnya saling memiliki seluruhnya: tidak ada siapa pun di baliknya.",
    },
    "finding_in_circle": {
        "en": "{company_name} holds a share of itself through others.",
        "nb": "{company_name} eier en andel av seg selv gjennom andre.",
        "it": "{company_name} detiene una quota di sé stessa tramite altre.",
        "id": "{company_name} memiliki sebagian dirinya sendiri melalui pihak lain.",
    },
    "finding_holders_not_known": {
        "en": "Who holds {percent} of {company_name} is not known.",
        "nb": "Det er ikke kjent hvem som eier {percent} av {company_name}.",
        "it": "Non si sa chi detiene il {percent} di {company_name}.",
        "id": "Belum diketahui siapa yang memiliki {percent} dari {company_name}.",
    },
    "finding_no_country": {
        "en": "No country is known of {company_name} today.",
        "nb": "Ingen land er kjent for {company_name} i dag.",
        "it": "Di {company_name} oggi non è noto il paese.",
        "id": "Negara {company_name} belum diketahui hari ini.",
    },
    "finding_no_calendar": {
        "en": "{company_name} has no working week today.",
        "nb": "{company_name} har ingen arbeidsuke i dag.",
        "it": "{company_name} oggi non ha una settimana lavorativa.",
        "id": "{company_name} tidak memiliki minggu kerja hari ini.",
    },
    "finding_no_unit": {
        "en": "{person_name} works for {company_name} without a department.",
        "nb": "{person_name} arbeider for {company_name} uten avdeling.",
        "it": "{person_name} lavora per {company_name} senza un reparto.",
        "id": "{person_name} bekerja untuk {company_name} tanpa bagian.",
    },
    "finding_unit_closed": {
        "en": "{person_name} works for {company_name} in {unit}, which is not open today.",
        "nb": "{person_name} arbeider for {company_name} i {unit}, som ikke er åpen i dag.",
        "it": "{person_name} lavora per {company_name} in {unit}, che oggi non è aperto.",
        "id": "{person_name} bekerja untuk {company_name} di {unit}, yang tidak buka hari ini.",
    },
    "finding_work_overlaps": {
        "en": "{person_name} is recorded twice with {company_name} for the same days[, from {since}].",
        "nb": "{person_name} står to ganger hos {company_name} for de samme dagene[, fra {since}].",
        "it": "{person_name} risulta due volte presso {company_name} negli stessi giorni[, dal {since}].",
        "id": "{person_name} tercatat dua kali di {company_name} untuk hari yang sama[, sejak {since}].",
    },
    "finding_work_gap": {
        "en": "{person_name} worked for {company_name} until {until:last} and works there again later; the days between are missing.",
        "nb": "{person_name} arbeidet for {company_name} til {until:last} og arbeider der igjen senere; dagene imellom mangler.",
        "it": "{person_name} ha lavorato per {company_name} fino al {until:last} e ci torna più tardi; mancano i giorni in mezzo.",
        "id": "{person_name} bekerja untuk {company_name} sampai {until:last} dan kembali kemudian; hari di antaranya tidak ada.",
    },
    "finding_no_head": {
        "en": "Nobody is named head of {unit} ({company_name}).",
        "nb": "Ingen er utpekt som leder for {unit} ({company_name}).",
        "it": "Nessuno è indicato come responsabile di {unit} ({company_name}).",
        "id": "Tidak ada yang ditunjuk sebagai kepala {unit} ({company_name}).",
    },
    "finding_head_left": {
        "en": "{person_name} is named head of {place_name} and works nowhere today: it is vacant.",
        "nb": "{person_name} er utpekt som leder for {place_name} og arbeider ingen steder i dag: stillingen er ledig.",
        "it": "{person_name} è indicato come responsabile di {place_name} e oggi non lavora da nessuna parte: il posto è vacante.",
        "id": "{person_name} ditunjuk sebagai kepala {place_name} dan hari ini tidak bekerja di mana pun: jabatannya kosong.",
    },
    "finding_deputy_left": {
        "en": "{person_name} is named deputy at {place_name} and works nowhere today.",
        "nb": "{person_name} er utpekt som stedfortreder i {place_name} og arbeider ingen steder i dag.",
        "it": "{person_name} è indicato come sostituto presso {place_name} e oggi non lavora da nessuna parte.",
        "id": "{person_name} ditunjuk sebagai wakil di {place_name} dan hari ini tidak bekerja di mana pun.",
    },
    "finding_reason_missing": {
        "en": "Say why this stays as it is.",
        "nb": "Skriv hvorfor dette får stå som det er.",
        "it": "Spiega perché resta così.",
        "id": "Sebutkan mengapa ini dibiarkan.",
    },
    "finding_until_over": {
        "en": "Choose a day after today.",
        "nb": "Velg en dag etter i dag.",
        "it": "Scegli un giorno dopo oggi.",
        "id": "Pilih hari setelah hari ini.",
    },
}
