"""The words of levels, macros and rules: when, what is done, and the wording of refusals. They stand beside ``vocabulary``."""

from typing import Final

RULE_LABELS: Final = {
    "level_receiver": {
        "OWNER": {
            "en": "Whoever has the case",
            "nb": "Den som har saken",
            "it": "Chi ha la richiesta",
            "id": "Yang memegang permintaan",
        },
        "HEAD": {
            "en": "Whoever acts as head",
            "nb": "Den som leder på dagen",
            "it": "Chi fa da responsabile",
            "id": "Yang menjabat sebagai kepala",
        },
    },
    "rule_when": {
        "OPENED": {
            "en": "When something is asked",
            "nb": "Når noe spørres",
            "it": "Quando si chiede qualcosa",
            "id": "Saat sesuatu diminta",
        },
        "WRITTEN": {
            "en": "When whoever asked writes",
            "nb": "Når den som spurte skriver",
            "it": "Quando scrive chi ha chiesto",
            "id": "Saat yang bertanya menulis",
        },
        "MOVED": {
            "en": "When it is handed to this queue",
            "nb": "Når den overleveres til denne køen",
            "it": "Quando passa a questa coda",
            "id": "Saat dioper ke antrean ini",
        },
        "MISSED": {
            "en": "When something is missed",
            "nb": "Når noe brytes",
            "it": "Quando qualcosa è mancato",
            "id": "Saat ada yang meleset",
        },
        "PRIORITY": {
            "en": "When its priority is another",
            "nb": "Når prioriteten blir en annen",
            "it": "Quando cambia la priorità",
            "id": "Saat prioritasnya berubah",
        },
    },
    "case_doing": {
        "ANSWER": {"en": "Answer", "nb": "Svar", "it": "Rispondi", "id": "Jawab"},
        "NOTE": {"en": "Note", "nb": "Noter", "it": "Annota", "id": "Catat"},
        "ASSIGN": {"en": "Give it to", "nb": "Gi den til", "it": "Assegna a", "id": "Serahkan kepada"},
        "HAND_OVER": {"en": "Hand it to", "nb": "Overlever til", "it": "Passa a", "id": "Oper ke"},
        "WEIGH": {
            "en": "Weigh how urgent it is",
            "nb": "Vurder hvor mye det haster",
            "it": "Valuta l’urgenza",
            "id": "Timbang urgensinya",
        },
        "WATCH": {"en": "Let follow", "nb": "La følge", "it": "Fai seguire da", "id": "Biarkan diikuti"},
        "SOLVE": {"en": "Solve", "nb": "Løs", "it": "Risolvi", "id": "Selesaikan"},
        "MACRO": {"en": "Do the macro", "nb": "Kjør makroen", "it": "Esegui la macro", "id": "Jalankan makro"},
    },
}

RULE_REASONS: Final = {
    "levels_many": {
        "en": "At most {most} levels.",
        "nb": "Høyst {most} nivåer.",
        "it": "Al massimo {most} livelli.",
        "id": "Paling banyak {most} tingkat.",
    },
    "levels_twice": {
        "en": "Two levels tell the same people at the same time.",
        "nb": "To nivåer varsler de samme samtidig.",
        "it": "Due livelli avvisano le stesse persone nello stesso momento.",
        "id": "Dua tingkat memberi tahu orang yang sama pada saat yang sama.",
    },
    "level_unfit": {
        "en": "A level is at 1 to 100 percent of a clock, or every so many minutes after it is due, at most {most} times.",
        "nb": "Et nivå er ved 1 til 100 prosent av en klokke, eller hvert så mange minutter etter fristen, høyst {most} ganger.",
        "it": "Un livello è dall’1 al 100 per cento di un orologio, o ogni tanti minuti dopo la scadenza, al massimo {most} volte.",
        "id": "Tingkat ada pada 1 sampai 100 persen jam, atau setiap sekian menit setelah jatuh tempo, paling banyak {most} kali.",
    },
    "acts_many": {
        "en": "Between 1 and {most} acts.",
        "nb": "Mellom 1 og {most} handlinger.",
        "it": "Da 1 a {most} azioni.",
        "id": "Antara 1 dan {most} tindakan.",
    },
    "act_not_here": {
        "en": "Only people say that it is solved, and only a rule does a macro.",
        "nb": "Bare mennesker sier at det er løst, og bare en regel kjører en makro.",
        "it": "Solo le persone dicono che è risolta, e solo una regola esegue una macro.",
        "id": "Hanya orang yang menyatakan selesai, dan hanya aturan yang menjalankan makro.",
    },
    "place_unknown": {
        "en": "Nothing is filled in for {place}; these can be: {places}.",
        "nb": "Ingenting fylles inn for {place}; dette kan det: {places}.",
        "it": "Per {place} non si inserisce niente; si può per: {places}.",
        "id": "Tidak ada isian untuk {place}; yang bisa: {places}.",
    },
    "macro_unknown": {
        "en": "This queue has no open macro {macro}, or one that says that it is solved.",
        "nb": "Denne køen har ingen åpen makro {macro}, eller en som sier at det er løst.",
        "it": "Questa coda non ha una macro aperta {macro}, o ne ha una che dichiara risolta.",
        "id": "Antrean ini tidak punya makro terbuka {macro}, atau makronya menyatakan selesai.",
    },
    "rules_many": {
        "en": "At most {most} rules of a queue.",
        "nb": "Høyst {most} regler i en kø.",
        "it": "Al massimo {most} regole per coda.",
        "id": "Paling banyak {most} aturan per antrean.",
    },
    "rule_keeper_unfit": {
        "en": "A rule is kept by a person.",
        "nb": "En regel holdes av en person.",
        "it": "Una regola è tenuta da una persona.",
        "id": "Aturan dipegang oleh seseorang.",
    },
    "rule_requests": {
        "en": "Name request types of this queue.",
        "nb": "Oppgi spørsmålstyper i denne køen.",
        "it": "Indica tipi di richiesta di questa coda.",
        "id": "Sebutkan jenis permintaan antrean ini.",
    },
    "rules_stopped": {
        "en": "The rule “{rule}” was stopped: rules acted {times} times here without a person in between. They go on after a person acts.",
        "nb": "Regelen «{rule}» ble stoppet: regler handlet {times} ganger her uten et menneske imellom. De går videre når et menneske handler.",
        "it": "La regola «{rule}» è stata fermata: qui le regole hanno agito {times} volte senza una persona in mezzo. Riprendono dopo che una persona agisce.",
        "id": "Aturan “{rule}” dihentikan: aturan bertindak {times} kali di sini tanpa ada orang di antaranya. Berlanjut setelah seseorang bertindak.",
    },
    "outage_gathers_many": {
        "en": "An outage gathers at most {most} requests.",
        "nb": "Et driftsavbrudd samler høyst {most} saker.",
        "it": "Un’interruzione raccoglie al massimo {most} richieste.",
        "id": "Satu gangguan menghimpun paling banyak {most} permintaan.",
    },
    "outage_gathers_once": {
        "en": "Request {case} is an outage itself, or gathered under another one.",
        "nb": "Sak {case} er selv et driftsavbrudd, eller samlet under et annet.",
        "it": "La richiesta {case} è essa stessa un’interruzione, o è raccolta sotto un’altra.",
        "id": "Permintaan {case} sendiri gangguan, atau sudah terhimpun di gangguan lain.",
    },
    "serial_of_another": {
        "en": "Another thing of that sort has the serial number {serial}.",
        "nb": "En annen ting av samme slag har serienummer {serial}.",
        "it": "Un’altra cosa dello stesso tipo ha il numero di serie {serial}.",
        "id": "Barang lain sejenis memiliki nomor seri {serial}.",
    },
    "thing_not_known": {
        "en": "No thing is known by {typed}.",
        "nb": "Ingen ting er kjent som {typed}.",
        "it": "Nessuna attrezzatura è nota come {typed}.",
        "id": "Tidak ada barang yang dikenal sebagai {typed}.",
    },
    "things_fit": {
        "en": "Several things fit {typed}. Type the code of one of them.",
        "nb": "Flere ting passer til {typed}. Skriv koden til en av dem.",
        "it": "Più attrezzature corrispondono a {typed}. Scrivi il codice di una.",
        "id": "Beberapa barang cocok dengan {typed}. Ketik kode salah satunya.",
    },
    "case_not_to_open": {
        "en": "There is nothing here that you can open.",
        "nb": "Her er det ingenting du kan åpne.",
        "it": "Qui non c’è niente che tu possa aprire.",
        "id": "Tidak ada yang bisa Anda buka di sini.",
    },
    "case_openings_too_fast": {
        "en": "At most {most} tries in a minute.",
        "nb": "Høyst {most} forsøk i minuttet.",
        "it": "Al massimo {most} tentativi al minuto.",
        "id": "Paling banyak {most} percobaan per menit.",
    },
    "case_opening_reason": {
        "en": "Say why, in {least} to {most} letters.",
        "nb": "Si hvorfor, med {least} til {most} tegn.",
        "it": "Di’ perché, con {least}–{most} caratteri.",
        "id": "Sebutkan alasannya, {least} sampai {most} huruf.",
    },
    "case_opening_over": {
        "en": "It is closed already.",
        "nb": "Den er allerede lukket.",
        "it": "È già chiusa.",
        "id": "Sudah ditutup.",
    },
}
