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


ANSWERABLE: Final = GRANTABLE - {Role.AUDITOR}
"""Roles that change what others rely on: with ``INWARD_SECOND_FACTOR=roles`` who holds one signs in with a second factor."""


class SignInChange(Enum):
    """What can become different about how somebody signs in."""

    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a change
    EMAIL = "EMAIL"
    TOTP_ADDED = "TOTP_ADDED"
    TOTP_REMOVED = "TOTP_REMOVED"
    PASSKEY_ADDED = "PASSKEY_ADDED"
    PASSKEY_REMOVED = "PASSKEY_REMOVED"
    PASSKEY_NAMED = "PASSKEY_NAMED"
    CODES_MADE = "CODES_MADE"
    SECOND_FACTOR_RESET = "SECOND_FACTOR_RESET"


class TokenScope(Enum):
    """What a token may do with the roles of its user."""

    READ = "READ"
    WRITE = "WRITE"


LABELS = {
    "role": {
        "EMPLOYEE": {"en": "Employee", "nb": "Ansatt"},
        "BUYER": {"en": "Buyer", "nb": "Innkjøper"},
        "BUDGET_HOLDER": {"en": "Budget holder", "nb": "Budsjettansvarlig"},
        "SELLER": {"en": "Serves for", "nb": "Leverer for"},
        "CONTROLLER": {"en": "Controller", "nb": "Controller"},
        "DATA_ADMINISTRATOR": {"en": "Data administrator", "nb": "Dataansvarlig"},
        "AUDITOR": {"en": "Auditor", "nb": "Revisor"},
        "OPERATOR": {"en": "Operator", "nb": "Driftsansvarlig"},
    },
    "sign_in_change": {
        "PASSWORD": {
            "en": "Your password was changed.",
            "nb": "Passordet ditt ble endret.",
            "it": "La password è stata cambiata.",
            "id": "Kata sandi Anda diubah.",
        },
        "EMAIL": {
            "en": "Your e-mail address was changed.",
            "nb": "E-postadressen din ble endret.",
            "it": "L’indirizzo e-mail è stato cambiato.",
            "id": "Alamat surel Anda diubah.",
        },
        "TOTP_ADDED": {
            "en": "An authenticator app was added to your sign-in.",
            "nb": "En autentiseringsapp ble lagt til i innloggingen din.",
            "it": "È stata aggiunta un’app di autenticazione al suo accesso.",
            "id": "Aplikasi autentikator ditambahkan ke cara masuk Anda.",
        },
        "TOTP_REMOVED": {
            "en": "The authenticator app was removed from your sign-in.",
            "nb": "Autentiseringsappen ble fjernet fra innloggingen din.",
            "it": "L’app di autenticazione è stata tolta dal suo accesso.",
            "id": "Aplikasi autentikator dihapus dari cara masuk Anda.",
        },
        "PASSKEY_ADDED": {
            "en": "A passkey was added to your sign-in.",
            "nb": "En passnøkkel ble lagt til i innloggingen din.",
            "it": "È stata aggiunta una passkey al suo accesso.",
            "id": "Kunci sandi ditambahkan ke cara masuk Anda.",
        },
        "PASSKEY_REMOVED": {
            "en": "A passkey was removed from your sign-in.",
            "nb": "En passnøkkel ble fjernet fra innloggingen din.",
            "it": "È stata tolta una passkey dal suo accesso.",
            "id": "Kunci sandi dihapus dari cara masuk Anda.",
        },
        "PASSKEY_NAMED": {
            "en": "A passkey of yours has another name.",
            "nb": "En av passnøklene dine fikk et annet navn.",
            "it": "Una sua passkey ha cambiato nome.",
            "id": "Salah satu kunci sandi Anda berganti nama.",
        },
        "CODES_MADE": {
            "en": "New recovery codes were made; the old ones no longer work.",
            "nb": "Nye reservekoder ble laget; de gamle virker ikke lenger.",
            "it": "Sono stati creati nuovi codici di recupero; quelli vecchi non valgono più.",
            "id": "Kode pemulihan baru dibuat; yang lama tidak berlaku lagi.",
        },
        "SECOND_FACTOR_RESET": {
            "en": "Your second factor was taken away by somebody who looks after users; you can set up a new one.",
            "nb": "En som tar seg av brukere, fjernet den andre faktoren din; du kan sette opp en ny.",
            "it": "Chi gestisce gli utenti ha rimosso il suo secondo fattore; può configurarne uno nuovo.",
            "id": "Faktor kedua Anda dihapus oleh pengelola pengguna; Anda dapat menyiapkan yang baru.",
        },
    },
    "token_scope": {
        "READ": {"en": "Read", "nb": "Lese"},
        "WRITE": {"en": "Read and change", "nb": "Lese og endre"},
    },
}

REASONS = {
    "not_inviter": {
        "en": "Only operators, and data administrators of everything, invite and lock users.",
        "nb": "Bare driftsansvarlige, og dataansvarlige for alt, inviterer og sperrer brukere.",
    },
    "not_granter_of": {
        "en": "You may not grant {role:role} over {party_name}.",
        "nb": "Du kan ikke gi rollen {role:role} over {party_name}.",
    },
    "no_role_for_oneself": {
        "en": "Nobody grants a role to themselves.",
        "nb": "Ingen gir seg selv en rolle.",
    },
    "role_not_granted": {
        "en": "{role:role} follows from a work relationship; it is not granted.",
        "nb": "{role:role} følger av et arbeidsforhold; rollen gis ikke.",
    },
    "role_not_delegable": {
        "en": "{role:role} cannot be handed on to a colleague.",
        "nb": "{role:role} kan ikke overlates til en kollega.",
    },
    "role_not_held": {
        "en": "You do not hold {role:role} over {party_name} for all of those days, so you cannot hand it on.",
        "nb": "Du har ikke rollen {role:role} over {party_name} alle de dagene, så du kan ikke overlate den.",
    },
    "not_acting_for": {
        "en": "You may not act for {party_name}: you are not its buyer today.",
        "nb": "Du kan ikke handle for {party_name}: du er ikke innkjøper der i dag.",
    },
    "not_own_token": {
        "en": "A token belongs to its user; only she and those who lock users may end it.",
        "nb": "Et tilgangsmerke tilhører brukeren; bare hun og de som sperrer brukere, kan avslutte det.",
    },
    "not_signed_in": {
        "en": "Only a signed-in user makes a token, and only for herself.",
        "nb": "Bare en innlogget bruker lager et tilgangsmerke, og bare til seg selv.",
    },
    "username_taken": {
        "en": "Somebody signs in as {username} already.",
        "nb": "Noen logger allerede inn som {username}.",
    },
    "username_not_usable": {
        "en": "{username} cannot be a user name: letters, digits and . _ - @ + only, at most {most}.",
        "nb": "{username} kan ikke være brukernavn: bare bokstaver, sifre og . _ - @ +, høyst {most}.",
    },
    "email_taken": {
        "en": "{email} is used by another user already.",
        "nb": "{email} brukes allerede av en annen bruker.",
    },
    "email_not_usable": {
        "en": "{email} is not an e-mail address.",
        "nb": "{email} er ikke en e-postadresse.",
    },
    "person_has_user": {
        "en": "{person_name} signs in already, as {username}.",
        "nb": "{person_name} logger allerede inn, som {username}.",
    },
    "password_too_weak": {
        "en": "The password is too weak: {why}",
        "nb": "Passordet er for svakt: {why}",
    },
    "language_unknown": {
        "en": "Inward does not speak {language}.",
        "nb": "Inward snakker ikke {language}.",
    },
    "time_zone_unknown": {
        "en": "{time_zone} is not a time zone, such as Europe/Oslo.",
        "nb": "{time_zone} er ikke en tidssone, slik som Europe/Oslo.",
    },
    "grant_ended": {
        "en": "That role ended already, or ends before {until:last}.",
        "nb": "Den rollen er allerede avsluttet, eller slutter før {until:last}.",
    },
    "grant_twice": {
        "en": "{username} holds {role:role} over {party_name} on some of those days already.",
        "nb": "{username} har allerede rollen {role:role} over {party_name} noen av de dagene.",
    },
    "period_wrong_way": {
        "en": "It would end on {until:last}, before it starts on {since}.",
        "nb": "Det ville slutte {until:last}, før det begynner {since}.",
    },
    "token_lives_too_long": {
        "en": "A token lives from now for at most {days} days.",
        "nb": "Et tilgangsmerke varer fra nå og høyst {days} dager.",
    },
    "token_without_scope": {
        "en": "Choose what the token may do: read, or read and change.",
        "nb": "Velg hva tilgangsmerket kan: lese, eller lese og endre.",
    },
    "not_own_sign_in": {
        "en": "Only a person who is signed in here changes how she signs in; a token does not.",
        "nb": "Bare den som er logget inn her, endrer hvordan hun logger inn; et tilgangsmerke gjør det ikke.",
        "it": "Solo chi ha effettuato l’accesso qui può cambiare il proprio modo di accedere; un token no.",
        "id": "Hanya orang yang masuk di sini yang dapat mengubah cara masuknya; token tidak bisa.",
    },
    "no_reset_for_oneself": {
        "en": "Nobody takes their own second factor away like this; remove it on your profile.",
        "nb": "Ingen fjerner sin egen andre faktor slik; fjern den på profilen din.",
        "it": "Nessuno rimuove così il proprio secondo fattore; lo tolga dal suo profilo.",
        "id": "Tidak ada yang menghapus faktor keduanya sendiri dengan cara ini; hapus di profil Anda.",
    },
    "no_second_factor": {
        "en": "{username} has no second factor.",
        "nb": "{username} har ingen andre faktor.",
        "it": "{username} non ha un secondo fattore.",
        "id": "{username} tidak memiliki faktor kedua.",
    },
    "no_address_to_write_to": {
        "en": "{username} has no e-mail address, so no letter can go there.",
        "nb": "{username} har ingen e-postadresse, så det kan ikke sendes noe brev.",
        "it": "{username} non ha un indirizzo e-mail, quindi non si può inviare alcun messaggio.",
        "id": "{username} tidak memiliki alamat surel, jadi surat tidak dapat dikirim.",
    },
    "signs_in_already": {
        "en": "{username} has chosen a password already; a forgotten one is replaced at the door.",
        "nb": "{username} har allerede valgt et passord; et glemt passord byttes ved innloggingen.",
        "it": "{username} ha già scelto una password; se l’ha dimenticata la sostituisce all’accesso.",
        "id": "{username} sudah memilih kata sandi; kata sandi yang lupa diganti di halaman masuk.",
    },
    "email_as_before": {
        "en": "{email} is your address already.",
        "nb": "{email} er allerede adressen din.",
        "it": "{email} è già il suo indirizzo.",
        "id": "{email} sudah menjadi alamat Anda.",
    },
}
