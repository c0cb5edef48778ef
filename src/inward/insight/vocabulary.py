"""The room's closed sets and the sentences for its reasons, in four languages."""

from enum import Enum
from typing import Final


class LateState(Enum):
    """What became of a dealing whose verdict would be another one by what is known now."""

    OPEN = "OPEN"
    TO_DO = "TO_DO"
    DONE = "DONE"
    LEFT = "LEFT"


class Flow(Enum):
    """Which way a dealing with a related party went, seen from the company that tells it."""

    SALE = "SALE"
    PURCHASE = "PURCHASE"
    THEIR_STAFF = "THEIR_STAFF"
    """What people who work for the other side bought of us: the other side owes it, with tax."""
    OUR_STAFF = "OUR_STAFF"
    GIVEN = "GIVEN"
    """Free for use, at its cost."""
    RECEIVED = "RECEIVED"


LABELS: Final = {
    "flow": {
        "SALE": {"en": "Sales", "nb": "Salg", "it": "Vendite", "id": "Penjualan"},
        "PURCHASE": {"en": "Purchases", "nb": "Kjøp", "it": "Acquisti", "id": "Pembelian"},
        "THEIR_STAFF": {
            "en": "Sold to their staff, with tax",
            "nb": "Solgt til deres ansatte, med avgift",
            "it": "Venduto al loro personale, imposte incluse",
            "id": "Dijual kepada karyawan mereka, termasuk pajak",
        },
        "OUR_STAFF": {
            "en": "Bought by our staff, with tax",
            "nb": "Kjøpt av våre ansatte, med avgift",
            "it": "Acquistato dal nostro personale, imposte incluse",
            "id": "Dibeli karyawan kami, termasuk pajak",
        },
        "GIVEN": {
            "en": "Given for use, at cost",
            "nb": "Gitt til bruk, til kost",
            "it": "Dato in uso, al costo",
            "id": "Diberikan untuk dipakai, sebesar biaya",
        },
        "RECEIVED": {
            "en": "Received for use, at cost",
            "nb": "Fått til bruk, til kost",
            "it": "Ricevuto in uso, al costo",
            "id": "Diterima untuk dipakai, sebesar biaya",
        },
    },
    "relation": {
        "parent": {"en": "Parent", "nb": "Mor", "it": "Controllante", "id": "Induk"},
        "influence": {
            "en": "Joint control or significant influence over it",
            "nb": "Felles kontroll eller betydelig innflytelse over det",
            "it": "Controllo congiunto o influenza notevole su di essa",
            "id": "Pengendalian bersama atau pengaruh signifikan atasnya",
        },
        "subsidiary": {"en": "Subsidiary", "nb": "Datter", "it": "Controllata", "id": "Anak perusahaan"},
        "associate": {
            "en": "Associate",
            "nb": "Tilknyttet selskap",
            "it": "Società collegata",
            "id": "Perusahaan asosiasi",
        },
        "joint_venture": {
            "en": "Joint venture",
            "nb": "Felleskontrollert virksomhet",
            "it": "Joint venture",
            "id": "Usaha patungan",
        },
        "key_management": {
            "en": "Key management",
            "nb": "Ledende personer",
            "it": "Dirigenti con responsabilità strategiche",
            "id": "Manajemen kunci",
        },
        "fellow": {
            "en": "Company of the same group",
            "nb": "Selskap i samme konsern",
            "it": "Società dello stesso gruppo",
            "id": "Perusahaan satu grup",
        },
        "other": {
            "en": "Other related party",
            "nb": "Annen nærstående part",
            "it": "Altra parte correlata",
            "id": "Pihak berelasi lainnya",
        },
        "not_known": {
            "en": "Maybe related: not known",
            "nb": "Kanskje nærstående: ikke kjent",
            "it": "Forse correlata: non noto",
            "id": "Mungkin berelasi: tidak diketahui",
        },
    },
    "late_state": {
        "OPEN": {"en": "not looked at", "nb": "ikke sett på", "it": "da vedere", "id": "belum dilihat"},
        "TO_DO": {"en": "to be done", "nb": "skal gjøres", "it": "da fare", "id": "akan dikerjakan"},
        "DONE": {"en": "done", "nb": "gjort", "it": "fatto", "id": "selesai"},
        "LEFT": {"en": "left as it is", "nb": "står som det er", "it": "lasciato così", "id": "dibiarkan"},
    },
}

REASONS: Final = {
    "late_share": {
        "en": "On {known}, a share in {company} became known that is another one from {since} on.",
        "nb": "Den {known} ble en andel i {company} kjent som er en annen fra {since}.",
        "it": "Il {known} si è saputo di una quota di {company} diversa a partire dal {since}.",
        "id": "Pada {known} diketahui bagian kepemilikan di {company} yang berubah sejak {since}.",
    },
    "late_household": {
        "en": "What was known of a household was changed on {known}.",
        "nb": "Det som var kjent om en husstand, ble endret {known}.",
        "it": "Quel che si sapeva di un nucleo familiare è stato cambiato il {known}.",
        "id": "Yang diketahui tentang sebuah rumah tangga diubah pada {known}.",
    },
    "late_work": {
        "en": "On {known}, work of the customer became known that is another one from {since} on.",
        "nb": "Den {known} ble arbeid hos kunden kjent som er et annet fra {since}.",
        "it": "Il {known} si è saputo di un lavoro del cliente diverso a partire dal {since}.",
        "id": "Pada {known} diketahui pekerjaan pelanggan yang berubah sejak {since}.",
    },
    "late_unit": {
        "en": "On {known}, it became known that the department {unit} stands elsewhere from {since} on.",
        "nb": "Den {known} ble det kjent at avdelingen {unit} hører til et annet sted fra {since}.",
        "it": "Il {known} si è saputo che il reparto {unit} sta altrove a partire dal {since}.",
        "id": "Pada {known} diketahui bahwa bagian {unit} berada di tempat lain sejak {since}.",
    },
    "late_change": {
        "en": "On {known}, it became known that departments or companies were merged, split, renamed or moved from {since} on.",
        "nb": "Den {known} ble det kjent at avdelinger eller selskaper er slått sammen, delt, omdøpt eller flyttet fra {since}.",
        "it": "Il {known} si è saputo che reparti o società sono stati fusi, divisi, rinominati o spostati dal {since}.",
        "id": "Pada {known} diketahui bahwa bagian atau perusahaan digabung, dipisah, diganti nama, atau dipindah sejak {since}.",
    },
    "late_rule": {
        "en": "On {known}, another inside rule was chosen or changed[ that holds from {since} on].",
        "nb": "Den {known} ble en annen regel for hva som er internt, valgt eller endret[ som gjelder fra {since}].",
        "it": "Il {known} è stata scelta o modificata un’altra regola su che cosa è interno[ che vale dal {since}].",
        "id": "Pada {known} aturan lain tentang apa yang di dalam dipilih atau diubah[ yang berlaku sejak {since}].",
    },
    "late_file": {
        "en": "On {known}, a file of facts was loaded or taken back.",
        "nb": "Den {known} ble en fil med opplysninger lastet inn eller trukket tilbake.",
        "it": "Il {known} è stato caricato o ritirato un file di dati.",
        "id": "Pada {known} sebuah berkas data dimuat atau ditarik kembali.",
    },
    "span_too_long": {
        "en": "Choose a span of at most {years} years.",
        "nb": "Velg et tidsrom på høyst {years} år.",
        "it": "Scelga un periodo di al massimo {years} anni.",
        "id": "Pilih rentang paling lama {years} tahun.",
    },
    "late_note_missing": {
        "en": "Say in a few words what is done about it, or why it is left.",
        "nb": "Si med noen ord hva som gjøres med det, eller hvorfor det får stå.",
        "it": "Scriva in poche parole che cosa si fa o perché si lascia così.",
        "id": "Tulis singkat apa yang dilakukan, atau mengapa dibiarkan.",
    },
    "not_a_supposer": {
        "en": "Only data administrators and controllers of everything ask what would be, for it shows everybody’s dealings.",
        "nb": "Bare dataansvarlige og controllere for alt spør hva som ville vært, for det viser alles handler.",
        "it": "Solo chi amministra i dati o fa il controllo di tutto chiede cosa cambierebbe, perché vede gli acquisti di tutti.",
        "id": "Hanya administrator data dan pengendali untuk semuanya yang menanyakan “bagaimana jika”, karena itu"
        " memperlihatkan transaksi semua orang.",
    },
    "supposition_not_read": {
        "en": "This supposition cannot be read: {text}",
        "nb": "Denne antakelsen kan ikke leses: {text}",
        "it": "Questa ipotesi non è leggibile: {text}",
        "id": "Pengandaian ini tidak dapat dibaca: {text}",
    },
    "too_many_suppositions": {
        "en": "At most {most} suppositions at a time.",
        "nb": "Høyst {most} antakelser om gangen.",
        "it": "Al massimo {most} ipotesi alla volta.",
        "id": "Paling banyak {most} pengandaian sekaligus.",
    },
    "supposed_of_unknown": {
        "en": "Nobody is known by the code {code}.",
        "nb": "Ingen er kjent under koden {code}.",
        "it": "Nessuno è noto con il codice {code}.",
        "id": "Tidak ada yang dikenal dengan kode {code}.",
    },
    "supposed_of_classes": {
        "en": "{company} has share classes: suppose how many shares of a class somebody holds.",
        "nb": "{company} har aksjeklasser: anta hvor mange aksjer i en klasse noen eier.",
        "it": "{company} ha categorie di azioni: ipotizzi quante azioni di una categoria qualcuno possiede.",
        "id": "{company} memiliki kelas saham: andaikan berapa saham suatu kelas yang dimiliki seseorang.",
    },
    "supposed_share_out_of_bounds": {
        "en": "A share is between 0 and 100 %, not {share}.",
        "nb": "En andel er mellom 0 og 100 %, ikke {share}.",
        "it": "Una quota è tra 0 e 100 %, non {share}.",
        "id": "Bagian kepemilikan antara 0 dan 100 %, bukan {share}.",
    },
}
