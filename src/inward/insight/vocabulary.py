"""The room's closed sets and the sentences for its reasons, in four languages."""

from typing import Final

REASONS: Final = {
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
    "supposed_share_out_of_bounds": {
        "en": "A share is between 0 and 100 %, not {share}.",
        "nb": "En andel er mellom 0 og 100 %, ikke {share}.",
        "it": "Una quota è tra 0 e 100 %, non {share}.",
        "id": "Bagian kepemilikan antara 0 dan 100 %, bukan {share}.",
    },
}
