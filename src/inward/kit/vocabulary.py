"""The kit's own refusals in words: submissions, tasks, approvals, files taken in, lists. Data only; rooms word theirs.

``REASONS`` is importable without Django being set up, as the wordings of the rooms are.
"""

REASONS = {
    "idempotency_key_reused": {
        "en": "This key ({key}) was used before for something else. Use a new key for a new submission.",
        "nb": "Denne nøkkelen ({key}) er allerede brukt til noe annet. Bruk en ny nøkkel for en ny innsending.",
        "it": "Questa chiave ({key}) è già stata usata per altro. Per un nuovo invio usa una chiave nuova.",
        "id": "Kunci ini ({key}) sudah dipakai untuk hal lain. Pakailah kunci baru untuk kiriman baru.",
    },
    "idempotency_key_unfit": {
        "en": "A key must have between 1 and {length_max} printable characters.",
        "nb": "En nøkkel må ha mellom 1 og {length_max} synlige tegn.",
        "it": "Una chiave ha tra 1 e {length_max} caratteri stampabili.",
        "id": "Kunci harus punya antara 1 dan {length_max} karakter yang dapat dicetak.",
    },
    "task_not_stuck": {
        "en": "Task {task} is not stuck, so there is nothing to retry or give up.",
        "nb": "Oppgave {task} står ikke fast, så det er ingenting å prøve på nytt eller gi opp.",
        "it": "Il compito {task} non è bloccato, quindi non c’è nulla da ripetere o abbandonare.",
        "id": "Tugas {task} tidak macet, jadi tidak ada yang perlu diulang atau dilepaskan.",
    },
    "approval_over": {
        "en": "This has been decided already.",
        "nb": "Dette er allerede avgjort.",
        "it": "Questo è già stato deciso.",
        "id": "Ini sudah diputuskan.",
    },
    "own_request_not_decided": {
        "en": "You asked for this yourself, so somebody else has to decide.",
        "nb": "Du har selv bedt om dette, så noen andre må avgjøre.",
        "it": "L’hai chiesto tu, quindi deve decidere qualcun altro.",
        "id": "Anda sendiri yang memintanya, jadi orang lain yang harus memutuskan.",
    },
    "not_asked_to_decide": {
        "en": "Your word is not asked for here, or has been given already.",
        "nb": "Du er ikke bedt om å avgjøre dette, eller har allerede svart.",
        "it": "Qui non è richiesta la tua parola, oppure l’hai già data.",
        "id": "Keputusan Anda tidak diminta di sini, atau sudah diberikan.",
    },
    "decline_without_reason": {
        "en": "Say why when you decline.",
        "nb": "Si hvorfor når du avslår.",
        "it": "Quando respingi, spiega perché.",
        "id": "Sebutkan alasannya ketika menolak.",
    },
    "nobody_to_approve": {
        "en": "Too few people can approve this: {needed} are needed besides whoever asks.",
        "nb": "For få kan godkjenne dette: det trengs {needed} utenom den som spør.",
        "it": "Troppo poche persone possono approvarlo: oltre a chi chiede ne servono {needed}.",
        "id": "Terlalu sedikit orang yang dapat menyetujui ini: selain pemohon diperlukan {needed}.",
    },
    "mapping_unreadable": {
        "en": "The mapping file cannot be read: {why}",
        "nb": "Kolonnekartet kan ikke leses: {why}",
        "it": "Il file di corrispondenza non si può leggere: {why}",
        "id": "Berkas pemetaan tidak dapat dibaca: {why}",
    },
    "mapping_without_tables": {
        "en": "The mapping file has no tables.",
        "nb": "Kolonnekartet har ingen tabeller.",
        "it": "Il file di corrispondenza non ha tabelle.",
        "id": "Berkas pemetaan tidak punya tabel.",
    },
    "mapping_of_unknown_table": {
        "en": "The mapping names the table {name}, which is not known. Known are: {allowed}.",
        "nb": "Kolonnekartet nevner tabellen {name}, som ikke er kjent. Kjente er: {allowed}.",
        "it": "La corrispondenza indica la tabella {name}, che non è nota. Sono note: {allowed}.",
        "id": "Pemetaan menyebut tabel {name}, yang tidak dikenal. Yang dikenal: {allowed}.",
    },
    "mapping_file_elsewhere": {
        "en": "The mapping may only name files in the same folder, not {file}.",
        "nb": "Kolonnekartet kan bare nevne filer i samme mappe, ikke {file}.",
        "it": "La corrispondenza può indicare solo file nella stessa cartella, non {file}.",
        "id": "Pemetaan hanya boleh menyebut berkas di folder yang sama, bukan {file}.",
    },
    "file_missing": {
        "en": "The file {file} is not there.",
        "nb": "Filen {file} finnes ikke.",
        "it": "Il file {file} non c’è.",
        "id": "Berkas {file} tidak ada.",
    },
    "file_too_large": {
        "en": "The file {file} has {megabytes} MB; at most {most} MB are read.",
        "nb": "Filen {file} er på {megabytes} MB; det leses høyst {most} MB.",
        "it": "Il file {file} ha {megabytes} MB; se ne leggono al massimo {most}.",
        "id": "Berkas {file} berukuran {megabytes} MB; paling besar {most} MB yang dibaca.",
    },
    "file_empty": {
        "en": "The file {file} is empty.",
        "nb": "Filen {file} er tom.",
        "it": "Il file {file} è vuoto.",
        "id": "Berkas {file} kosong.",
    },
    "file_not_utf8": {
        "en": "The file {file} is not UTF-8: the character at byte {column} of this line cannot be read. Save it as UTF-8.",
        "nb": "Filen {file} er ikke UTF-8: tegnet ved byte {column} på denne linjen kan ikke leses. Lagre den som UTF-8.",
        "it": "Il file {file} non è UTF-8: il carattere al byte {column} di questa riga non si può leggere. Salvalo come UTF-8.",
        "id": "Berkas {file} bukan UTF-8: karakter pada bita {column} di baris ini tidak dapat dibaca. Simpanlah sebagai UTF-8.",
    },
    "file_not_csv": {
        "en": "This is not a table of comma-separated values: {why}",
        "nb": "Dette er ikke en tabell med kommadelte verdier: {why}",
        "it": "Questa non è una tabella di valori separati da virgole: {why}",
        "id": "Ini bukan tabel nilai yang dipisahkan koma: {why}",
    },
    "column_twice": {
        "en": "The column {column} is there twice.",
        "nb": "Kolonnen {column} finnes to ganger.",
        "it": "La colonna {column} c’è due volte.",
        "id": "Kolom {column} ada dua kali.",
    },
    "column_missing": {
        "en": "The column {column} is missing. There are: {found}.",
        "nb": "Kolonnen {column} mangler. Det finnes: {found}.",
        "it": "Manca la colonna {column}. Ci sono: {found}.",
        "id": "Kolom {column} tidak ada. Yang ada: {found}.",
    },
    "row_of_other_width": {
        "en": "This row has {cells} cells, the head has {columns}.",
        "nb": "Denne raden har {cells} celler, overskriften har {columns}.",
        "it": "Questa riga ha {cells} celle, l’intestazione ne ha {columns}.",
        "id": "Baris ini punya {cells} sel, kepalanya {columns}.",
    },
    "formula_in_cell": {
        "en": "This cell begins like a formula: {value}",
        "nb": "Denne cellen begynner som en formel: {value}",
        "it": "Questa cella comincia come una formula: {value}",
        "id": "Sel ini berawal seperti rumus: {value}",
    },
    "cell_unfit": {
        "en": "This cell is too long or has characters that cannot be kept: {value}",
        "nb": "Denne cellen er for lang eller har tegn som ikke kan lagres: {value}",
        "it": "Questa cella è troppo lunga o ha caratteri che non si possono conservare: {value}",
        "id": "Sel ini terlalu panjang atau berisi karakter yang tidak dapat disimpan: {value}",
    },
    "value_not_mapped": {
        "en": "The mapping does not say what {value} stands for.",
        "nb": "Kolonnekartet sier ikke hva {value} står for.",
        "it": "La corrispondenza non dice che cosa significa {value}.",
        "id": "Pemetaan tidak menjelaskan arti {value}.",
    },
    "day_not_as_said": {
        "en": "{value} is not a day in the form {dates}.",
        "nb": "{value} er ikke en dag på formen {dates}.",
        "it": "{value} non è un giorno nella forma {dates}.",
        "id": "{value} bukan hari dalam bentuk {dates}.",
    },
    "number_not_as_said": {
        "en": "{value} is not a number with the decimal mark {decimal}",
        "nb": "{value} er ikke et tall med desimaltegnet {decimal}",
        "it": "{value} non è un numero con il segno decimale {decimal}",
        "id": "{value} bukan angka dengan tanda desimal {decimal}",
    },
    "mapping_part_unfit": {
        "en": "This part of the mapping is to look like {expected}",
        "nb": "Denne delen av kolonnekartet skal se slik ut: {expected}",
        "it": "Questa parte della corrispondenza deve essere come {expected}",
        "id": "Bagian pemetaan ini harus berbentuk seperti {expected}",
    },
    "saved_list_name": {
        "en": "Give the list a name that can be read.",
        "nb": "Gi listen et navn som kan leses.",
        "it": "Dai alla lista un nome leggibile.",
        "id": "Beri daftar ini nama yang dapat dibaca.",
    },
    "list_filter_unknown": {
        "en": "This list cannot be filtered by {name}.",
        "nb": "Denne listen kan ikke filtreres på {name}.",
        "it": "Questa lista non si può filtrare per {name}.",
        "id": "Daftar ini tidak dapat disaring menurut {name}.",
    },
    "list_filter_value": {
        "en": "{value} is nothing that {name} can be filtered by.",
        "nb": "{name} kan ikke filtreres på {value}.",
        "it": "{value} non è un valore per cui si possa filtrare {name}.",
        "id": "{value} bukan nilai yang dapat dipakai untuk menyaring {name}.",
    },
    "list_sort_unknown": {
        "en": "This list cannot be sorted by {name}.",
        "nb": "Denne listen kan ikke sorteres etter {name}.",
        "it": "Questa lista non si può ordinare per {name}.",
        "id": "Daftar ini tidak dapat diurutkan menurut {name}.",
    },
    "list_limit": {
        "en": "A page has between 1 and {most} rows.",
        "nb": "En side har mellom 1 og {most} rader.",
        "it": "Una pagina ha tra 1 e {most} righe.",
        "id": "Satu halaman berisi antara 1 dan {most} baris.",
    },
    "list_cursor": {
        "en": "This place in the list is not known any more. Begin again at the first page.",
        "nb": "Dette stedet i listen er ikke kjent lenger. Begynn igjen på første side.",
        "it": "Questo punto della lista non è più noto. Ricomincia dalla prima pagina.",
        "id": "Tempat ini dalam daftar tidak dikenal lagi. Mulailah lagi dari halaman pertama.",
    },
    "nothing_to_load": {
        "en": "There is nothing that can be loaded in {folder}. Known files: {files} (.csv; schemes.json).",
        "nb": "Det er ingenting som kan lastes i {folder}. Kjente filer: {files} (.csv; schemes.json).",
        "it": "In {folder} non c’è nulla che si possa caricare. File noti: {files} (.csv; schemes.json).",
        "id": "Tidak ada yang dapat dimuat di {folder}. Berkas yang dikenal: {files} (.csv; schemes.json).",
    },
    "file_damaged": {
        "en": "The file {name} is gone or damaged; bring it again.",
        "nb": "Filen {name} er borte eller skadet; legg den inn på nytt.",
        "it": "Il file {name} non c’è più o è danneggiato; caricalo di nuovo.",
        "id": "Berkas {name} hilang atau rusak; kirimkan lagi.",
    },
    "file_over_limit": {
        "en": "A file may have at most {megabytes} MB.",
        "nb": "En fil kan være på høyst {megabytes} MB.",
        "it": "Un file può avere al massimo {megabytes} MB.",
        "id": "Berkas paling besar {megabytes} MB.",
    },
    "file_without_content": {
        "en": "The file is empty.",
        "nb": "Filen er tom.",
        "it": "Il file è vuoto.",
        "id": "Berkasnya kosong.",
    },
    "file_type_not_taken": {
        "en": "This kind of file is not taken: PDF, pictures, text, workbooks and documents without macros are.",
        "nb": "Denne filtypen tas ikke imot; PDF, bilder, tekst, regneark og dokumenter uten makroer gjør det.",
        "it": "Questo tipo di file non si accetta: vanno bene PDF, immagini, testo, cartelle di lavoro e documenti senza macro.",
        "id": "Jenis berkas ini tidak diterima: yang diterima PDF, gambar, teks, buku kerja, dan dokumen tanpa makro.",
    },
    "file_without_rows": {
        "en": "There are no rows in {file} below its first line.",
        "nb": "Det er ingen rader i {file} under den første linjen.",
        "it": "In {file} non ci sono righe sotto la prima.",
        "id": "Tidak ada baris di {file} di bawah baris pertamanya.",
    },
    "sheet_unreadable": {
        "en": "This workbook cannot be read ({why}). Save the sheet as CSV in UTF-8 and try again.",
        "nb": "Denne arbeidsboken kan ikke leses ({why}). Lagre arket som CSV i UTF-8 og prøv igjen.",
        "it": "Questa cartella di lavoro non si può leggere ({why}). Salva il foglio come CSV in UTF-8 e riprova.",
        "id": "Buku kerja ini tidak dapat dibaca ({why}). Simpan lembarnya sebagai CSV dalam UTF-8 lalu coba lagi.",
    },
    "import_not_waiting": {
        "en": "This import is not waiting for that: it was loaded, taken back or is being worked on. Look at it again.",
        "nb": "Denne importen venter ikke på det: den er lastet, tatt tilbake eller under arbeid. Se på den igjen.",
        "it": "Questa importazione non attende questo: è già stata caricata, annullata o è in lavorazione. Guardala di nuovo.",
        "id": "Impor ini tidak menunggu hal itu: sudah dimuat, dibatalkan, atau sedang dikerjakan. Lihat lagi.",
    },
    "import_has_refused_rows": {
        "en": "{count} rows are refused. Mend the file, or load only the good rows.",
        "nb": "{count} rader er avvist. Rett filen, eller last bare de gode radene.",
        "it": "{count} righe sono rifiutate. Correggi il file, oppure carica solo le righe buone.",
        "id": "{count} baris ditolak. Perbaiki berkasnya, atau muat hanya baris yang baik.",
    },
    "import_in_use": {
        "en": "What this import brought in is in use: {table:record} ({count}). It cannot be taken back any more; change or end"
        " the records one by one.",
        "nb": "Det denne importen la inn, er i bruk: {table:record} ({count}). Den kan ikke tas tilbake lenger; endre eller"
        " avslutt postene én for én.",
        "it": "Ciò che questa importazione ha portato è in uso: {table:record} ({count}). Non si può più annullare; modifica o"
        " chiudi le voci una per una.",
        "id": "Yang dibawa impor ini sudah dipakai: {table:record} ({count}). Impor tidak dapat dibatalkan lagi; ubah atau akhiri"
        " catatannya satu per satu.",
    },
    "import_changed_since": {
        "en": "What this import brought in was changed since: {table:record} ({count}). It cannot be taken back any more.",
        "nb": "Det denne importen la inn, er endret siden: {table:record} ({count}). Den kan ikke tas tilbake lenger.",
        "it": "Ciò che questa importazione ha portato è stato poi modificato: {table:record} ({count}). Non si può più annullare.",
        "id": "Yang dibawa impor ini sudah diubah sesudahnya: {table:record} ({count}). Impor tidak dapat dibatalkan lagi.",
    },
    "day_missing": {
        "en": "Say from which day it holds, since another runs already.",
        "nb": "Si fra hvilken dag det gjelder, siden noe annet allerede løper.",
        "it": "Indicare da quale giorno vale, perché qualcos’altro è già in corso.",
        "id": "Sebutkan mulai hari apa ini berlaku, karena yang lain sudah berjalan.",
    },
    "later_version_begins": {
        "en": "A later version begins on {since}. Take that one back first.",
        "nb": "En senere versjon begynner {since}. Trekk den tilbake først.",
        "it": "Una versione successiva inizia il {since}. Va prima ritirata.",
        "id": "Versi berikutnya mulai pada {since}. Tarik kembali versi itu lebih dulu.",
    },
    "version_has_begun": {
        "en": "It has held since {since} and cannot be taken back. Change it from today on instead.",
        "nb": "Den har gjeldt siden {since} og kan ikke trekkes tilbake. Endre den heller fra i dag.",
        "it": "Vale già dal {since} e non può essere ritirata. Si può invece cambiarla da oggi.",
        "id": "Ini sudah berlaku sejak {since} dan tidak dapat ditarik kembali. Ubah mulai hari ini saja.",
    },
    "link_not_valid": {
        "en": "This link does not hold: it was changed, or made for something else.",
        "nb": "Lenken gjelder ikke: den er endret eller laget for noe annet.",
        "it": "Questo link non vale: è stato modificato, o fatto per altro.",
        "id": "Tautan ini tidak berlaku: sudah diubah, atau dibuat untuk hal lain.",
    },
    "link_over": {
        "en": "This link held until {at}. Ask for a new one.",
        "nb": "Lenken gjaldt til {at}. Be om en ny.",
        "it": "Questo link valeva fino al {at}. Chiedine uno nuovo.",
        "id": "Tautan ini berlaku sampai {at}. Mintalah yang baru.",
    },
    "link_used": {
        "en": "This link was used already. It holds once.",
        "nb": "Lenken er allerede brukt. Den gjelder én gang.",
        "it": "Questo link è già stato usato. Vale una volta sola.",
        "id": "Tautan ini sudah dipakai. Hanya berlaku sekali.",
    },
}
"""Code → language → sentence."""
