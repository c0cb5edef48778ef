"""The words of standard procedures: what a step wants, who does it, how it stands, and the wording of refusals.

They stand beside ``vocabulary``, which joins them to its own.
"""

from typing import Final

STEP_LABELS: Final = {
    "step_evidence": {
        "NONE": {"en": "Nothing", "nb": "Ingenting", "it": "Niente", "id": "Tidak ada"},
        "TEXT": {"en": "Words", "nb": "Ord", "it": "Parole", "id": "Kata-kata"},
        "FILE": {"en": "A file", "nb": "En fil", "it": "Un file", "id": "Berkas"},
        "VALUE": {"en": "A number", "nb": "Et tall", "it": "Un numero", "id": "Angka"},
        "SIGNED": {
            "en": "Somebody else’s signature",
            "nb": "En annens godkjenning",
            "it": "La firma di un altro",
            "id": "Pengesahan orang lain",
        },
    },
    "step_role": {
        "CASE_HANDLER": {
            "en": "Case handler",
            "nb": "Saksbehandler",
            "it": "Addetto alle richieste",
            "id": "Petugas permintaan",
        },
        "SERVICE_OWNER": {
            "en": "Service owner",
            "nb": "Tjenesteeier",
            "it": "Responsabile del servizio",
            "id": "Pemilik layanan",
        },
    },
    "step_state": {
        "DONE": {"en": "Done", "nb": "Gjort", "it": "Fatto", "id": "Selesai"},
        "SKIPPED": {"en": "Skipped", "nb": "Hoppet over", "it": "Saltato", "id": "Dilewati"},
    },
    "step_need": {
        "ASKED": {"en": "To do", "nb": "Skal gjøres", "it": "Da fare", "id": "Harus dikerjakan"},
        "UNDECIDED": {
            "en": "Depends on an earlier step",
            "nb": "Avhenger av et tidligere trinn",
            "it": "Dipende da un passo precedente",
            "id": "Tergantung langkah sebelumnya",
        },
        "NOT_ASKED": {
            "en": "Not needed here",
            "nb": "Trengs ikke her",
            "it": "Non serve qui",
            "id": "Tidak perlu di sini",
        },
    },
    "step_change": {
        "ADDED": {"en": "Added", "nb": "Lagt til", "it": "Aggiunto", "id": "Ditambahkan"},
        "REMOVED": {"en": "Gone", "nb": "Fjernet", "it": "Tolto", "id": "Dihapus"},
        "CHANGED": {"en": "Said otherwise", "nb": "Sagt annerledes", "it": "Detto diversamente", "id": "Diubah"},
        "MOVED": {"en": "In another place", "nb": "Et annet sted", "it": "In un altro posto", "id": "Dipindahkan"},
    },
}

STEP_REASONS: Final = {
    "procedure_steps": {
        "en": "A procedure has between 1 and {most} steps.",
        "nb": "En prosedyre har mellom 1 og {most} trinn.",
        "it": "Una procedura ha da 1 a {most} passi.",
        "id": "Prosedur punya 1 sampai {most} langkah.",
    },
    "procedure_owner_unfit": {
        "en": "Name a person who looks after it.",
        "nb": "Oppgi en person som tar seg av den.",
        "it": "Indica una persona che se ne occupa.",
        "id": "Sebutkan orang yang merawatnya.",
    },
    "procedure_review_past": {
        "en": "Choose a day to look at it again that is not before it begins.",
        "nb": "Velg en dag for ny gjennomgang som ikke er før den begynner.",
        "it": "Scegli per la revisione un giorno non precedente all’inizio.",
        "id": "Pilih hari peninjauan yang tidak sebelum mulai berlaku.",
    },
    "procedure_requests": {
        "en": "Name open request types of this very department, at most {most}.",
        "nb": "Oppgi åpne spørsmålstyper i nettopp denne avdelingen, høyst {most}.",
        "it": "Indica tipi di richiesta aperti proprio di questo reparto, al massimo {most}.",
        "id": "Sebutkan jenis permintaan terbuka dari bagian ini, paling banyak {most}.",
    },
    "step_twice": {
        "en": "Two steps are called {step}.",
        "nb": "To trinn heter {step}.",
        "it": "Due passi si chiamano {step}.",
        "id": "Dua langkah bernama {step}.",
    },
    "step_limits": {
        "en": "Unit and limits belong to a number, and the least is not above the most.",
        "nb": "Enhet og grenser hører til et tall, og minst er ikke over mest.",
        "it": "Unità e limiti appartengono a un numero, e il minimo non supera il massimo.",
        "id": "Satuan dan batas hanya untuk angka, dan yang terkecil tidak melebihi yang terbesar.",
    },
    "step_after": {
        "en": "A step can depend on a question of the form or on one step before it, not on {step}.",
        "nb": "Et trinn kan avhenge av et spørsmål i skjemaet eller ett tidligere trinn, ikke av {step}.",
        "it": "Un passo può dipendere da una domanda del modulo o da un passo precedente, non da {step}.",
        "id": "Langkah bisa bergantung pada satu pertanyaan formulir atau satu langkah sebelumnya, bukan {step}.",
    },
    "step_question_unknown": {
        "en": "None of these request types asks {question}.",
        "nb": "Ingen av disse spørsmålstypene spør om {question}.",
        "it": "Nessuno di questi tipi di richiesta chiede {question}.",
        "id": "Tidak satu pun jenis permintaan ini menanyakan {question}.",
    },
    "step_wants_words": {
        "en": "“{step}” wants words that show it was done.",
        "nb": "«{step}» krever ord som viser at det er gjort.",
        "it": "«{step}» richiede parole che mostrino che è stato fatto.",
        "id": "“{step}” memerlukan kata-kata sebagai bukti.",
    },
    "step_wants_file": {
        "en": "“{step}” wants a file that shows it was done.",
        "nb": "«{step}» krever en fil som viser at det er gjort.",
        "it": "«{step}» richiede un file che mostri che è stato fatto.",
        "id": "“{step}” memerlukan berkas sebagai bukti.",
    },
    "step_wants_number": {
        "en": "“{step}” wants a number.",
        "nb": "«{step}» krever et tall.",
        "it": "«{step}» richiede un numero.",
        "id": "“{step}” memerlukan angka.",
    },
    "step_value_outside": {
        "en": "{value} is out of the limits of “{step}”[, at least {least}][, at most {most}]. Measure again, or skip it and say why.",
        "nb": "{value} er utenfor grensene for «{step}»[, minst {least}][, høyst {most}]. Mål igjen, eller hopp over og si hvorfor.",
        "it": "{value} è fuori dai limiti di «{step}»[, almeno {least}][, al massimo {most}]. Misura di nuovo, oppure salta e di’ perché.",
        "id": "{value} di luar batas “{step}”[, sedikitnya {least}][, paling banyak {most}]. Ukur lagi, atau lewati dan jelaskan.",
    },
    "step_recorded": {
        "en": "“{step}” was recorded already; take it back first.",
        "nb": "«{step}» er allerede ført; åpne det igjen først.",
        "it": "«{step}» è già registrato; riaprilo prima.",
        "id": "“{step}” sudah dicatat; buka lagi dulu.",
    },
    "step_not_recorded": {
        "en": "Nothing was recorded of “{step}”.",
        "nb": "Ingenting er ført om «{step}».",
        "it": "Di «{step}» non è registrato niente.",
        "id": "Belum ada catatan tentang “{step}”.",
    },
    "step_not_asked": {
        "en": "“{step}” is not asked here, or not yet.",
        "nb": "«{step}» trengs ikke her, eller ikke ennå.",
        "it": "«{step}» qui non serve, o non ancora.",
        "id": "“{step}” tidak diperlukan di sini, atau belum.",
    },
    "step_nothing_to_sign": {
        "en": "There is nothing to sign at “{step}”.",
        "nb": "Det er ingenting å godkjenne ved «{step}».",
        "it": "Non c’è niente da firmare in «{step}».",
        "id": "Tidak ada yang perlu disahkan pada “{step}”.",
    },
    "step_signed_by_another": {
        "en": "“{step}” is signed by somebody else than who did it.",
        "nb": "«{step}» godkjennes av en annen enn den som gjorde det.",
        "it": "«{step}» è firmato da chi non l’ha fatto.",
        "id": "“{step}” disahkan oleh orang lain, bukan yang mengerjakan.",
    },
    "step_of_another": {
        "en": "This step is somebody else’s to do.",
        "nb": "Dette trinnet er det en annen som gjør.",
        "it": "Questo passo spetta a un altro.",
        "id": "Langkah ini tugas orang lain.",
    },
    "step_skipped_by_owner": {
        "en": "A step that blocks is skipped by who owns the procedure, or by the service owner.",
        "nb": "Et trinn som sperrer, hoppes over av den som eier prosedyren, eller av tjenesteeieren.",
        "it": "Un passo che blocca lo salta chi possiede la procedura, o il responsabile del servizio.",
        "id": "Langkah yang menghalangi hanya dilewati oleh pemilik prosedur atau pemilik layanan.",
    },
    "case_blocked_by_steps": {
        "en": "First end the step “{step}” of its procedure, and {others} others.",
        "nb": "Avslutt først trinnet «{step}» i prosedyren, og {others} andre.",
        "it": "Prima concludi il passo «{step}» della procedura, e altri {others}.",
        "id": "Selesaikan dulu langkah “{step}” dalam prosedurnya, dan {others} lainnya.",
    },
}
