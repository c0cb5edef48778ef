"""The words of the access room: roles, their labels, and the wording of its own refusals.

Importable without Django being set up, as the vocabularies of the other rooms are.
"""

from enum import Enum
from typing import Final

EVERYTHING: Final = "*"
"""The scope of a role that is granted over the whole house."""


class Role(Enum):
    """What somebody may do, over a company, a unit or everything, for a period."""

    EMPLOYEE = "EMPLOYEE"
    BUYER = "BUYER"
    BUDGET_HOLDER = "BUDGET_HOLDER"
    SELLER = "SELLER"
    CONTROLLER = "CONTROLLER"
    DATA_ADMINISTRATOR = "DATA_ADMINISTRATOR"
    AUDITOR = "AUDITOR"
    OPERATOR = "OPERATOR"


GRANTABLE: Final = frozenset(Role) - {Role.EMPLOYEE}
"""Nobody is made an employee here: that follows from a work relationship."""

LOCAL: Final = frozenset({Role.BUYER, Role.BUDGET_HOLDER, Role.SELLER})
"""Roles that a data administrator of a company may grant over it; the others watch over whoever grants."""

DELEGABLE: Final = frozenset({Role.BUYER, Role.BUDGET_HOLDER, Role.SELLER})
"""Roles that their holder may hand to a colleague for a while."""


class TokenScope(Enum):
    """What a token may do with the roles of its user."""

    READ = "READ"
    WRITE = "WRITE"


LABELS = {
    "role": {
        "EMPLOYEE": {"en": "Employee", "nb": "Ansatt", "it": "Dipendente", "id": "Karyawan"},
        "BUYER": {"en": "Buyer", "nb": "Innkjøper", "it": "Acquirente", "id": "Pembeli"},
        "BUDGET_HOLDER": {
            "en": "Budget holder",
            "nb": "Budsjettansvarlig",
            "it": "Responsabile del budget",
            "id": "Pemegang anggaran",
        },
        "SELLER": {"en": "Serves for", "nb": "Leverer for", "it": "Fornisce per", "id": "Melayani untuk"},
        "CONTROLLER": {"en": "Controller", "nb": "Controller", "it": "Controller", "id": "Pengendali keuangan"},
        "DATA_ADMINISTRATOR": {
            "en": "Data administrator",
            "nb": "Dataansvarlig",
            "it": "Amministratore dei dati",
            "id": "Administrator data",
        },
        "AUDITOR": {"en": "Auditor", "nb": "Revisor", "it": "Revisore", "id": "Auditor"},
        "OPERATOR": {"en": "Operator", "nb": "Driftsansvarlig", "it": "Gestore del sistema", "id": "Pengelola sistem"},
    },
    "token_scope": {
        "READ": {"en": "Read", "nb": "Lese", "it": "Leggere", "id": "Membaca"},
        "WRITE": {
            "en": "Read and change",
            "nb": "Lese og endre",
            "it": "Leggere e modificare",
            "id": "Membaca dan mengubah",
        },
    },
}

REASONS = {
    "not_inviter": {
        "en": "Only operators, and data administrators of everything, invite and lock users.",
        "nb": "Bare driftsansvarlige, og dataansvarlige for alt, inviterer og sperrer brukere.",
        "it": "Solo chi gestisce il sistema, e chi amministra tutti i dati, invita e blocca gli utenti.",
        "id": "Hanya pengelola sistem, dan administrator data untuk semuanya, yang mengundang dan mengunci pengguna.",
    },
    "not_granter_of": {
        "en": "You may not grant {role:role} over {party_name}.",
        "nb": "Du kan ikke gi rollen {role:role} over {party_name}.",
        "it": "Non puoi assegnare il ruolo {role:role} per {party_name}.",
        "id": "Anda tidak boleh memberikan peran {role:role} atas {party_name}.",
    },
    "no_role_for_oneself": {
        "en": "Nobody grants a role to themselves.",
        "nb": "Ingen gir seg selv en rolle.",
        "it": "Nessuno assegna un ruolo a se stesso.",
        "id": "Tidak seorang pun memberi peran kepada dirinya sendiri.",
    },
    "role_not_granted": {
        "en": "{role:role} follows from a work relationship; it is not granted.",
        "nb": "{role:role} følger av et arbeidsforhold; rollen gis ikke.",
        "it": "{role:role} deriva da un rapporto di lavoro; non si assegna.",
        "id": "{role:role} mengikuti hubungan kerja; peran ini tidak diberikan.",
    },
    "role_not_delegable": {
        "en": "{role:role} cannot be handed on to a colleague.",
        "nb": "{role:role} kan ikke overlates til en kollega.",
        "it": "{role:role} non si può passare a un collega.",
        "id": "{role:role} tidak dapat diserahkan kepada rekan kerja.",
    },
    "role_not_held": {
        "en": "You do not hold {role:role} over {party_name} for all of those days, so you cannot hand it on.",
        "nb": "Du har ikke rollen {role:role} over {party_name} alle de dagene, så du kan ikke overlate den.",
        "it": "Non hai il ruolo {role:role} per {party_name} in tutti quei giorni, quindi non puoi passarlo.",
        "id": "Anda tidak memegang peran {role:role} atas {party_name} pada semua hari itu, jadi Anda tidak dapat menyerahkannya.",
    },
    "not_acting_for": {
        "en": "You may not act for {party_name}: you are not its buyer today.",
        "nb": "Du kan ikke handle for {party_name}: du er ikke innkjøper der i dag.",
        "it": "Non puoi agire per {party_name}: oggi non sei il suo acquirente.",
        "id": "Anda tidak boleh bertindak untuk {party_name}: Anda bukan pembelinya hari ini.",
    },
    "not_own_token": {
        "en": "A token belongs to its user; only she and those who lock users may end it.",
        "nb": "Et tilgangsmerke tilhører brukeren; bare hun og de som sperrer brukere, kan avslutte det.",
        "it": "Un token appartiene al suo utente; solo lui e chi blocca gli utenti possono revocarlo.",
        "id": "Token adalah milik penggunanya; hanya ia dan yang mengunci pengguna yang boleh mengakhirinya.",
    },
    "not_signed_in": {
        "en": "Only a signed-in user makes a token, and only for herself.",
        "nb": "Bare en innlogget bruker lager et tilgangsmerke, og bare til seg selv.",
        "it": "Solo un utente connesso crea un token, e solo per sé.",
        "id": "Hanya pengguna yang sudah masuk yang membuat token, dan hanya untuk dirinya sendiri.",
    },
    "username_taken": {
        "en": "Somebody signs in as {username} already.",
        "nb": "Noen logger allerede inn som {username}.",
        "it": "Qualcuno accede già come {username}.",
        "id": "Sudah ada yang masuk sebagai {username}.",
    },
    "username_not_usable": {
        "en": "{username} cannot be a user name: letters, digits and . _ - @ + only, at most {most}.",
        "nb": "{username} kan ikke være brukernavn: bare bokstaver, sifre og . _ - @ +, høyst {most}.",
        "it": "{username} non può essere un nome utente: solo lettere, cifre e . _ - @ +, al massimo {most}.",
        "id": "{username} tidak bisa menjadi nama pengguna: hanya huruf, angka, dan . _ - @ +, paling banyak {most}.",
    },
    "email_taken": {
        "en": "{email} is used by another user already.",
        "nb": "{email} brukes allerede av en annen bruker.",
        "it": "{email} è già usato da un altro utente.",
        "id": "{email} sudah dipakai pengguna lain.",
    },
    "email_not_usable": {
        "en": "{email} is not an e-mail address.",
        "nb": "{email} er ikke en e-postadresse.",
        "it": "{email} non è un indirizzo e-mail.",
        "id": "{email} bukan alamat surel.",
    },
    "person_has_user": {
        "en": "{person_name} signs in already, as {username}.",
        "nb": "{person_name} logger allerede inn, som {username}.",
        "it": "{person_name} accede già, come {username}.",
        "id": "{person_name} sudah bisa masuk, sebagai {username}.",
    },
    "password_too_weak": {
        "en": "The password is too weak: {why}",
        "nb": "Passordet er for svakt: {why}",
        "it": "La password è troppo debole: {why}",
        "id": "Kata sandi terlalu lemah: {why}",
    },
    "language_unknown": {
        "en": "Inward does not speak {language}.",
        "nb": "Inward snakker ikke {language}.",
        "it": "Inward non parla {language}.",
        "id": "Inward tidak berbahasa {language}.",
    },
    "time_zone_unknown": {
        "en": "{time_zone} is not a time zone, such as Europe/Oslo.",
        "nb": "{time_zone} er ikke en tidssone, slik som Europe/Oslo.",
        "it": "{time_zone} non è un fuso orario, come Europe/Oslo.",
        "id": "{time_zone} bukan zona waktu, seperti Europe/Oslo.",
    },
    "grant_ended": {
        "en": "That role ended already, or ends before {until:last}.",
        "nb": "Den rollen er allerede avsluttet, eller slutter før {until:last}.",
        "it": "Quel ruolo è già terminato, o termina prima del {until:last}.",
        "id": "Peran itu sudah berakhir, atau berakhir sebelum {until:last}.",
    },
    "grant_twice": {
        "en": "{username} holds {role:role} over {party_name} on some of those days already.",
        "nb": "{username} har allerede rollen {role:role} over {party_name} noen av de dagene.",
        "it": "{username} ha già il ruolo {role:role} per {party_name} in alcuni di quei giorni.",
        "id": "{username} sudah memegang peran {role:role} atas {party_name} pada sebagian hari itu.",
    },
    "period_wrong_way": {
        "en": "It would end on {until:last}, before it starts on {since}.",
        "nb": "Det ville slutte {until:last}, før det begynner {since}.",
        "it": "Finirebbe il {until:last}, prima di cominciare il {since}.",
        "id": "Itu akan berakhir {until:last}, sebelum dimulai {since}.",
    },
    "token_lives_too_long": {
        "en": "A token lives from now for at most {days} days.",
        "nb": "Et tilgangsmerke varer fra nå og høyst {days} dager.",
        "it": "Un token vale da adesso e al massimo per {days} giorni.",
        "id": "Token berlaku mulai sekarang dan paling lama {days} hari.",
    },
    "token_without_scope": {
        "en": "Choose what the token may do: read, or read and change.",
        "nb": "Velg hva tilgangsmerket kan: lese, eller lese og endre.",
        "it": "Scegli che cosa può fare il token: leggere, oppure leggere e modificare.",
        "id": "Pilih apa yang boleh dilakukan token: membaca, atau membaca dan mengubah.",
    },
}
