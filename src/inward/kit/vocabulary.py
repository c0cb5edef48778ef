"""The kit's own refusals in words: submissions, tasks, approvals, files taken in, lists. Data only; rooms word theirs.

``REASONS`` is importable without Django being set up, as the wordings of the rooms are.
"""

REASONS = {
    "idempotency_key_reused": {
        "en": "This key ({key}) was used before for something else. Use a new key for a new submission.",
        "nb": "Denne nøkkelen ({key}) er allerede brukt til noe annet. Bruk en ny nøkkel for en ny innsending.",
    },
    "idempotency_key_unfit": {
        "en": "A key must have between 1 and {length_max} printable characters.",
        "nb": "En nøkkel må ha mellom 1 og {length_max} synlige tegn.",
    },
    "task_not_stuck": {
        "en": "Task {task} is not stuck, so there is nothing to retry or give up.",
        "nb": "Oppgave {task} står ikke fast, så det er ingenting å prøve på nytt eller gi opp.",
    },
    "approval_over": {
        "en": "This has been decided already.",
        "nb": "Dette er allerede avgjort.",
    },
    "own_request_not_decided": {
        "en": "You asked for this yourself, so somebody else has to decide.",
        "nb": "Du har selv bedt om dette, så noen andre må avgjøre.",
    },
    "not_asked_to_decide": {
        "en": "Your word is not asked for here, or has been given already.",
        "nb": "Du er ikke bedt om å avgjøre dette, eller har allerede svart.",
    },
    "decline_without_reason": {
        "en": "Say why when you decline.",
        "nb": "Si hvorfor når du avslår.",
    },
    "nobody_to_approve": {
        "en": "Too few people can approve this: {needed} are needed besides whoever asks.",
        "nb": "For få kan godkjenne dette: det trengs {needed} utenom den som spør.",
    },
    "mapping_unreadable": {
        "en": "The mapping file cannot be read: {why}",
        "nb": "Kolonnekartet kan ikke leses: {why}",
    },
    "mapping_without_tables": {
        "en": "The mapping file has no tables.",
        "nb": "Kolonnekartet har ingen tabeller.",
    },
    "mapping_of_unknown_table": {
        "en": "The mapping names the table {name}, which is not known. Known are: {allowed}.",
        "nb": "Kolonnekartet nevner tabellen {name}, som ikke er kjent. Kjente er: {allowed}.",
    },
    "mapping_file_elsewhere": {
        "en": "The mapping may only name files in the same folder, not {file}.",
        "nb": "Kolonnekartet kan bare nevne filer i samme mappe, ikke {file}.",
    },
    "file_missing": {
        "en": "The file {file} is not there.",
        "nb": "Filen {file} finnes ikke.",
    },
    "file_too_large": {
        "en": "The file {file} has {megabytes} MB; at most {most} MB are read.",
        "nb": "Filen {file} er på {megabytes} MB; det leses høyst {most} MB.",
    },
    "file_empty": {
        "en": "The file {file} is empty.",
        "nb": "Filen {file} er tom.",
    },
    "file_not_utf8": {
        "en": "The file {file} is not UTF-8: the character at byte {column} of this line cannot be read. Save it as UTF-8.",
        "nb": "Filen {file} er ikke UTF-8: tegnet ved byte {column} på denne linjen kan ikke leses. Lagre den som UTF-8.",
    },
    "file_not_csv": {
        "en": "This is not a table of comma-separated values: {why}",
        "nb": "Dette er ikke en tabell med kommadelte verdier: {why}",
    },
    "column_twice": {
        "en": "The column {column} is there twice.",
        "nb": "Kolonnen {column} finnes to ganger.",
    },
    "column_missing": {
        "en": "The column {column} is missing. There are: {found}.",
        "nb": "Kolonnen {column} mangler. Det finnes: {found}.",
    },
    "row_of_other_width": {
        "en": "This row has {cells} cells, the head has {columns}.",
        "nb": "Denne raden har {cells} celler, overskriften har {columns}.",
    },
    "formula_in_cell": {
        "en": "This cell begins like a formula: {value}",
        "nb": "Denne cellen begynner som en formel: {value}",
    },
    "cell_unfit": {
        "en": "This cell is too long or has characters that cannot be kept: {value}",
        "nb": "Denne cellen er for lang eller har tegn som ikke kan lagres: {value}",
    },
    "value_not_mapped": {
        "en": "The mapping does not say what {value} stands for.",
        "nb": "Kolonnekartet sier ikke hva {value} står for.",
    },
    "day_not_as_said": {
        "en": "{value} is not a day in the form {dates}.",
        "nb": "{value} er ikke en dag på formen {dates}.",
    },
    "number_not_as_said": {
        "en": "{value} is not a number with the decimal mark {decimal}",
        "nb": "{value} er ikke et tall med desimaltegnet {decimal}",
    },
    "mapping_part_unfit": {
        "en": "This part of the mapping is to look like {expected}",
        "nb": "Denne delen av kolonnekartet skal se slik ut: {expected}",
    },
    "saved_list_name": {
        "en": "Give the list a name that can be read.",
        "nb": "Gi listen et navn som kan leses.",
    },
    "list_filter_unknown": {
        "en": "This list cannot be filtered by {name}.",
        "nb": "Denne listen kan ikke filtreres på {name}.",
    },
    "list_filter_value": {
        "en": "{value} is nothing that {name} can be filtered by.",
        "nb": "{name} kan ikke filtreres på {value}.",
    },
    "list_sort_unknown": {
        "en": "This list cannot be sorted by {name}.",
        "nb": "Denne listen kan ikke sorteres etter {name}.",
    },
    "list_limit": {
        "en": "A page has between 1 and {most} rows.",
        "nb": "En side har mellom 1 og {most} rader.",
    },
    "list_cursor": {
        "en": "This place in the list is not known any more. Begin again at the first page.",
        "nb": "Dette stedet i listen er ikke kjent lenger. Begynn igjen på første side.",
    },
    "nothing_to_load": {
        "en": "There is nothing that can be loaded in {folder}. Known files: {files} (.csv; schemes.json).",
        "nb": "Det er ingenting som kan lastes i {folder}. Kjente filer: {files} (.csv; schemes.json).",
    },
    "file_damaged": {
        "en": "The file {name} is gone or damaged; bring it again.",
        "nb": "Filen {name} er borte eller skadet; legg den inn på nytt.",
    },
    "file_over_limit": {
        "en": "A file may have at most {megabytes} MB.",
        "nb": "En fil kan være på høyst {megabytes} MB.",
    },
    "file_without_content": {
        "en": "The file is empty.",
        "nb": "Filen er tom.",
    },
    "file_type_not_taken": {
        "en": "This kind of file is not taken: PDF, pictures, text, workbooks and documents without macros are.",
        "nb": "Denne filtypen tas ikke imot; PDF, bilder, tekst, regneark og dokumenter uten makroer gjør det.",
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
    },
    "link_over": {
        "en": "This link held until {at}. Ask for a new one.",
        "nb": "Lenken gjaldt til {at}. Be om en ny.",
    },
    "link_used": {
        "en": "This link was used already. It holds once.",
        "nb": "Lenken er allerede brukt. Den gjelder én gang.",
    },
}
"""Code → language → sentence."""
