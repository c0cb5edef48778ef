"""What the API itself says: who calls, how often, what cannot be read. Data only; rooms word theirs.

``REASONS`` is importable without Django being set up, as the wordings of the rooms are.
"""

REASONS = {
    "nothing_there": {
        "en": "There is no such thing, or it is not yours to see.",
        "nb": "Det finnes ikke noe slikt, eller du har ikke innsyn i det.",
        "it": "Non esiste, oppure non ti è visibile.",
        "id": "Tidak ada, atau tidak boleh Anda lihat.",
    },
    "nobody_signed_in": {
        "en": "Sign in, or send a token.",
        "nb": "Logg inn, eller send et tilgangsmerke.",
        "it": "Accedi, oppure invia un token.",
        "id": "Masuklah, atau kirimkan token.",
    },
    "form_token_missing": {
        "en": "A change with a session needs the header X-CSRFToken.",
        "nb": "En endring med en økt trenger hodet X-CSRFToken.",
        "it": "Una modifica con una sessione richiede l’intestazione X-CSRFToken.",
        "id": "Perubahan dengan sesi memerlukan header X-CSRFToken.",
    },
    "method_not_offered": {
        "en": "This address does not take {method}; it takes {allowed}.",
        "nb": "Denne adressen tar ikke imot {method}; den tar imot {allowed}.",
        "it": "Questo indirizzo non accetta {method}; accetta {allowed}.",
        "id": "Alamat ini tidak menerima {method}; yang diterima: {allowed}.",
    },
    "too_many_calls": {
        "en": "More than {most} calls in this minute. Try again in {seconds} seconds.",
        "nb": "Mer enn {most} kall dette minuttet. Prøv igjen om {seconds} sekunder.",
        "it": "Più di {most} chiamate in questo minuto. Riprova tra {seconds} secondi.",
        "id": "Lebih dari {most} panggilan dalam menit ini. Coba lagi dalam {seconds} detik.",
    },
    "moved_since_read": {
        "en": "Somebody changed this since you read it. Read it again, then decide.",
        "nb": "Noen har endret dette siden du leste det. Les det på nytt, og avgjør så.",
        "it": "Qualcuno l’ha modificato da quando l’hai letto. Rileggilo, poi decidi.",
        "id": "Seseorang telah mengubahnya sejak Anda membacanya. Baca lagi, lalu putuskan.",
    },
    "moved_meanwhile": {
        "en": "Something this rests on changed in the same moment. Nothing was written; try again.",
        "nb": "Noe dette bygger på, ble endret i samme øyeblikk. Ingenting ble skrevet; prøv igjen.",
        "it": "Qualcosa da cui questo dipende è cambiato nello stesso momento. Non è stato scritto nulla; riprova.",
        "id": "Sesuatu yang mendasarinya berubah pada saat yang sama. Tidak ada yang ditulis; coba lagi.",
    },
    "writer_busy": {
        "en": "The database is busy with another change. Nothing was written; try again in a moment.",
        "nb": "Databasen er opptatt med en annen endring. Ingenting ble skrevet; prøv igjen om litt.",
        "it": "Il database è occupato da un’altra modifica. Non è stato scritto nulla; riprova tra un momento.",
        "id": "Basis data sedang sibuk dengan perubahan lain. Tidak ada yang ditulis; coba lagi sebentar lagi.",
    },
    "fault_of_ours": {
        "en": "Something went wrong on our side. Nothing was half done. Reference: {reference}.",
        "nb": "Noe gikk galt hos oss. Ingenting ble halvgjort. Referanse: {reference}.",
        "it": "Qualcosa è andato storto da parte nostra. Nulla è rimasto a metà. Riferimento: {reference}.",
        "id": "Terjadi kesalahan di pihak kami. Tidak ada yang setengah jadi. Referensi: {reference}.",
    },
    "body_unreadable": {
        "en": "The body cannot be read as {kind}.",
        "nb": "Innholdet kan ikke leses som {kind}.",
        "it": "Il contenuto non si può leggere come {kind}.",
        "id": "Isinya tidak dapat dibaca sebagai {kind}.",
    },
    "request_unfit": {
        "en": "The request does not fit. Places named below: {count}.",
        "nb": "Forespørselen passer ikke. Steder nevnt under: {count}.",
        "it": "La richiesta non è adatta. Punti indicati sotto: {count}.",
        "id": "Permintaan tidak sesuai: {count} tempat disebutkan di bawah.",
    },
    "value_missing": {
        "en": "This is missing.",
        "nb": "Dette mangler.",
        "it": "Manca.",
        "id": "Ini tidak ada.",
    },
    "value_unfit": {
        "en": "This does not fit: {what}",
        "nb": "Dette passer ikke: {what}",
        "it": "Non è adatto: {what}",
        "id": "Ini tidak sesuai: {what}",
    },
    "value_not_among": {
        "en": "This must be one of {expected}.",
        "nb": "Dette må være en av {expected}.",
        "it": "Dev’essere uno di {expected}.",
        "id": "Ini harus salah satu dari {expected}.",
    },
    "value_too_long": {
        "en": "This may have at most {most} characters.",
        "nb": "Dette kan ha høyst {most} tegn.",
        "it": "Può avere al massimo {most} caratteri.",
        "id": "Ini paling banyak {most} karakter.",
    },
    "value_too_short": {
        "en": "This must have at least {least} characters.",
        "nb": "Dette må ha minst {least} tegn.",
        "it": "Deve avere almeno {least} caratteri.",
        "id": "Ini paling sedikit {least} karakter.",
    },
    "value_too_many": {
        "en": "There may be at most {most} of these.",
        "nb": "Det kan være høyst {most} av disse.",
        "it": "Possono essere al massimo {most}.",
        "id": "Paling banyak {most} buah.",
    },
    "value_too_few": {
        "en": "There must be at least {least} of these.",
        "nb": "Det må være minst {least} av disse.",
        "it": "Devono essere almeno {least}.",
        "id": "Paling sedikit {least} buah.",
    },
    "value_too_small": {
        "en": "This must be at least {least}.",
        "nb": "Dette må være minst {least}.",
        "it": "Dev’essere almeno {least}.",
        "id": "Ini paling sedikit {least}.",
    },
    "value_too_large": {
        "en": "This may be at most {most}.",
        "nb": "Dette kan være høyst {most}.",
        "it": "Può essere al massimo {most}.",
        "id": "Ini paling banyak {most}.",
    },
    "value_not_a_day": {
        "en": "This must be a day such as 2026-02-28.",
        "nb": "Dette må være en dag, slik som 2026-02-28.",
        "it": "Dev’essere un giorno, come 2026-02-28.",
        "id": "Ini harus berupa tanggal seperti 2026-02-28.",
    },
    "value_not_whole": {
        "en": "This must be a whole number.",
        "nb": "Dette må være et helt tall.",
        "it": "Dev’essere un numero intero.",
        "id": "Ini harus bilangan bulat.",
    },
    "value_not_text": {
        "en": "This must be text.",
        "nb": "Dette må være tekst.",
        "it": "Dev’essere un testo.",
        "id": "Ini harus berupa teks.",
    },
    "value_of_other_form": {
        "en": "This must have another form: {pattern}",
        "nb": "Dette må ha en annen form: {pattern}",
        "it": "Deve avere un’altra forma: {pattern}",
        "id": "Ini harus berbentuk lain: {pattern}",
    },
    "value_unknown": {
        "en": "Nothing of this name is known here.",
        "nb": "Ingenting med dette navnet er kjent her.",
        "it": "Qui non è noto nulla con questo nome.",
        "id": "Tidak ada yang bernama ini di sini.",
    },
    "file_name_unfit": {
        "en": "A file cannot be called {name} here: letters, digits, spaces and . _ - only, each name once.",
        "nb": "En fil kan ikke hete {name} her: bare bokstaver, sifre, mellomrom og . _ -, hvert navn én gang.",
        "it": "Un file non può chiamarsi {name} qui: solo lettere, cifre, spazi e . _ -, ogni nome una sola volta.",
        "id": "Berkas tidak boleh bernama {name} di sini: hanya huruf, angka, spasi, dan . _ -, setiap nama satu kali.",
    },
    "line_named_twice": {
        "en": "Name each line once.",
        "nb": "Nevn hver linje bare én gang.",
        "it": "Indica ogni riga una sola volta.",
        "id": "Sebutkan setiap baris satu kali saja.",
    },
    "list_too_long": {
        "en": "The list has more than {most} rows. Narrow it by a filter, or read it page by page.",
        "nb": "Listen har mer enn {most} rader. Avgrens den med et filter, eller les den side for side.",
        "it": "L’elenco ha più di {most} righe. Restringilo con un filtro, o leggilo pagina per pagina.",
        "id": "Daftar memiliki lebih dari {most} baris. Persempit dengan penyaring, atau baca per halaman.",
    },
    "list_table_is_whole": {
        "en": "A table is the whole list: leave out cursor and limit.",
        "nb": "En tabell er hele listen: utelat cursor og limit.",
        "it": "Una tabella è l’elenco intero: tralascia cursor e limit.",
        "id": "Tabel adalah seluruh daftar: hilangkan cursor dan limit.",
    },
    "list_format_unknown": {
        "en": "Lists come as json, csv or xlsx, not as {value}.",
        "nb": "Lister kommer som json, csv eller xlsx, ikke som {value}.",
        "it": "Gli elenchi si ottengono come json, csv o xlsx, non come {value}.",
        "id": "Daftar tersedia sebagai json, csv, atau xlsx, bukan {value}.",
    },
}
"""Code → language → sentence."""
