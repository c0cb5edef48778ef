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
    HOUSEHOLD_KEEPER = "HOUSEHOLD_KEEPER"
    """Says who belongs to whose household, and reads it; whoever keeps other records does not."""
    MARK_KEEPER = "MARK_KEEPER"
    """Says who is confidential, sees those people, and is told whenever somebody opens one."""
    EMERGENCY_READER = "EMERGENCY_READER"
    """May open a confidential person for a stated reason and a short time."""
    PAYROLL_OFFICER = "PAYROLL_OFFICER"
    """Reads what is taxable of what people of a company bought, and makes its payroll files; no manager does."""
    CASE_HANDLER = "CASE_HANDLER"
    """Helps: takes on what is asked of a department. Confidential requests are only for those who have it over that very one."""
    SERVICE_OWNER = "SERVICE_OWNER"
    """Answers for a service: its promises, its requests and procedures, and how they are kept."""


GRANTABLE: Final = frozenset(Role) - {Role.EMPLOYEE}
"""Nobody is made an employee here: that follows from a work relationship."""

LOCAL: Final = frozenset({Role.BUYER, Role.BUDGET_HOLDER, Role.SELLER, Role.CASE_HANDLER, Role.SERVICE_OWNER})
"""Roles that a data administrator of a company may grant over it; the others watch over whoever grants."""

DELEGABLE: Final = frozenset({Role.BUYER, Role.BUDGET_HOLDER, Role.SELLER, Role.CASE_HANDLER, Role.SERVICE_OWNER})
"""Roles that their holder may hand to a colleague for a while."""


ANSWERABLE: Final = GRANTABLE - {Role.AUDITOR}
"""Roles that change what others rely on: with ``INWARD_SECOND_FACTOR=roles`` who holds one signs in with a second factor."""


class SignInChange(Enum):
    """What can become different about how somebody signs in."""

    PASSWORD = "PASSWORD"  # noqa: S105 - the name of a change
    USERNAME = "USERNAME"
    EMAIL = "EMAIL"
    TOTP_ADDED = "TOTP_ADDED"
    TOTP_REMOVED = "TOTP_REMOVED"
    PASSKEY_ADDED = "PASSKEY_ADDED"
    PASSKEY_REMOVED = "PASSKEY_REMOVED"
    PASSKEY_NAMED = "PASSKEY_NAMED"
    CODES_MADE = "CODES_MADE"
    SECOND_FACTOR_RESET = "SECOND_FACTOR_RESET"
    SIGN_ON_LINKED = "SIGN_ON_LINKED"
    SIGN_ON_UNLINKED = "SIGN_ON_UNLINKED"


class DirectoryAttribute(Enum):
    """The texts of a directory that mean something here once somebody has said what."""

    ORGANIZATION = "organization"
    DIVISION = "division"
    DEPARTMENT = "department"
    COST_CENTRE = "costCenter"
    USER_TYPE = "userType"


class TokenScope(Enum):
    """What a token may do with the roles of its user: everything (READ, WRITE), or one area of the API.

    Writing includes reading. A scope only narrows: no token does what the roles of its user do not allow.
    """

    READ = "READ"
    WRITE = "WRITE"
    PARTIES_READ = "parties:read"
    PARTIES_WRITE = "parties:write"
    ACCESS_READ = "access:read"
    ACCESS_WRITE = "access:write"
    CATALOGUE_READ = "catalogue:read"
    CATALOGUE_WRITE = "catalogue:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    BOOKS_READ = "books:read"
    BOOKS_WRITE = "books:write"
    NOTICES_READ = "notices:read"
    NOTICES_WRITE = "notices:write"
    CASES_READ = "cases:read"
    CASES_WRITE = "cases:write"
    SCIM = "scim"
    """A directory tells who works here (``/scim/v2/``); no other scope reaches that, and this one reaches nothing else."""


AREAS: Final = ("parties", "access", "catalogue", "orders", "books", "notices", "cases")
"""The areas of the API, each with a scope to read and one to write."""


def scopes_for(area: str, *, writes: bool) -> frozenset[str]:
    """The scopes, any of which suffices for a call of this area."""
    if area == TokenScope.SCIM.value:
        return frozenset({TokenScope.SCIM.value})
    enough = {TokenScope.WRITE.value, f"{area}:write"}
    return frozenset(enough if writes else {*enough, TokenScope.READ.value, f"{area}:read"})


LABELS = {
    "directory_attribute": {
        "organization": {"en": "Organisation", "nb": "Organisasjon", "it": "Organizzazione", "id": "Organisasi"},
        "division": {"en": "Division", "nb": "Divisjon", "it": "Divisione", "id": "Divisi"},
        "department": {"en": "Department", "nb": "Avdeling", "it": "Reparto", "id": "Bagian"},
        "costCenter": {"en": "Cost centre", "nb": "Kostnadssted", "it": "Centro di costo", "id": "Pusat biaya"},
        "userType": {
            "en": "Kind of employment",
            "nb": "Ansettelsestype",
            "it": "Tipo di impiego",
            "id": "Jenis pekerjaan",
        },
        "employingEntity": {
            "en": "Employing company",
            "nb": "Arbeidsgiverselskap",
            "it": "Società datrice di lavoro",
            "id": "Perusahaan pemberi kerja",
        },
        "orgUnitId": {"en": "Unit code", "nb": "Enhetskode", "it": "Codice dell’unità", "id": "Kode unit"},
        "startDate": {"en": "First day", "nb": "Første dag", "it": "Primo giorno", "id": "Hari pertama"},
        "endDate": {"en": "Last day", "nb": "Siste dag", "it": "Ultimo giorno", "id": "Hari terakhir"},
    },
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
        "HOUSEHOLD_KEEPER": {
            "en": "Household keeper",
            "nb": "Husstandsansvarlig",
            "it": "Responsabile dei nuclei familiari",
            "id": "Pengelola data rumah tangga",
        },
        "PAYROLL_OFFICER": {
            "en": "Payroll officer",
            "nb": "Lønnsansvarlig",
            "it": "Addetto alle paghe",
            "id": "Petugas penggajian",
        },
        "CASE_HANDLER": {
            "en": "Case handler",
            "nb": "Saksbehandler",
            "it": "Addetto alle richieste",
            "id": "Petugas layanan",
        },
        "SERVICE_OWNER": {
            "en": "Service owner",
            "nb": "Tjenesteeier",
            "it": "Responsabile del servizio",
            "id": "Pemilik layanan",
        },
        "MARK_KEEPER": {
            "en": "Keeper of confidentiality marks",
            "nb": "Fører fortrolighetsmerker",
            "it": "Responsabile dei contrassegni di riservatezza",
            "id": "Penanggung jawab tanda kerahasiaan",
        },
        "EMERGENCY_READER": {
            "en": "May open confidential people",
            "nb": "Kan åpne fortrolige personer",
            "it": "Può aprire persone riservate",
            "id": "Boleh membuka orang yang dirahasiakan",
        },
    },
    "sign_in_change": {
        "SIGN_ON_LINKED": {
            "en": "You can now sign in by your organisation’s sign-in service.",
            "nb": "Du kan nå logge inn med organisasjonens innloggingstjeneste.",
            "it": "Ora puoi accedere con il servizio di accesso della tua organizzazione.",
            "id": "Sekarang Anda dapat masuk melalui layanan masuk organisasi Anda.",
        },
        "SIGN_ON_UNLINKED": {
            "en": "You can no longer sign in by your organisation’s sign-in service.",
            "nb": "Du kan ikke lenger logge inn med organisasjonens innloggingstjeneste.",
            "it": "Non puoi più accedere con il servizio di accesso della tua organizzazione.",
            "id": "Anda tidak dapat lagi masuk melalui layanan masuk organisasi Anda.",
        },
        "PASSWORD": {
            "en": "Your password was changed.",
            "nb": "Passordet ditt ble endret.",
            "it": "La tua password è stata cambiata.",
            "id": "Kata sandi Anda diubah.",
        },
        "USERNAME": {
            "en": "The name you sign in with was changed.",
            "nb": "Navnet du logger inn med, ble endret.",
            "it": "Il nome con cui accedi è stato cambiato.",
            "id": "Nama yang Anda gunakan untuk masuk diubah.",
        },
        "EMAIL": {
            "en": "Your e-mail address was changed.",
            "nb": "E-postadressen din ble endret.",
            "it": "Il tuo indirizzo e-mail è stato cambiato.",
            "id": "Alamat surel Anda diubah.",
        },
        "TOTP_ADDED": {
            "en": "An authenticator app was added to your sign-in.",
            "nb": "En autentiseringsapp ble lagt til i innloggingen din.",
            "it": "È stata aggiunta un’app di autenticazione al tuo accesso.",
            "id": "Aplikasi autentikator ditambahkan ke cara masuk Anda.",
        },
        "TOTP_REMOVED": {
            "en": "The authenticator app was removed from your sign-in.",
            "nb": "Autentiseringsappen ble fjernet fra innloggingen din.",
            "it": "L’app di autenticazione è stata tolta dal tuo accesso.",
            "id": "Aplikasi autentikator dihapus dari cara masuk Anda.",
        },
        "PASSKEY_ADDED": {
            "en": "A passkey was added to your sign-in.",
            "nb": "En passnøkkel ble lagt til i innloggingen din.",
            "it": "È stata aggiunta una passkey al tuo accesso.",
            "id": "Kunci sandi ditambahkan ke cara masuk Anda.",
        },
        "PASSKEY_REMOVED": {
            "en": "A passkey was removed from your sign-in.",
            "nb": "En passnøkkel ble fjernet fra innloggingen din.",
            "it": "È stata tolta una passkey dal tuo accesso.",
            "id": "Kunci sandi dihapus dari cara masuk Anda.",
        },
        "PASSKEY_NAMED": {
            "en": "A passkey of yours has another name.",
            "nb": "En av passnøklene dine fikk et annet navn.",
            "it": "Una delle tue passkey ha cambiato nome.",
            "id": "Salah satu kunci sandi Anda berganti nama.",
        },
        "CODES_MADE": {
            "en": "New recovery codes were made; the old ones no longer work.",
            "nb": "Nye gjenopprettingskoder ble laget; de gamle virker ikke lenger.",
            "it": "Sono stati creati nuovi codici di recupero; quelli vecchi non valgono più.",
            "id": "Kode pemulihan baru dibuat; yang lama tidak berlaku lagi.",
        },
        "SECOND_FACTOR_RESET": {
            "en": "Your second factor was taken away by somebody who looks after users; you can set up a new one.",
            "nb": "En som tar seg av brukere, fjernet totrinnsbekreftelsen din; du kan sette opp en ny.",
            "it": "Chi gestisce gli utenti ha rimosso il tuo secondo fattore; puoi configurarne uno nuovo.",
            "id": "Faktor kedua Anda dihapus oleh pengelola pengguna; Anda dapat menyiapkan yang baru.",
        },
    },
    "token_scope": {
        "READ": {
            "en": "Read everything I see",
            "nb": "Lese alt jeg ser",
            "it": "Leggere tutto ciò che vedo",
            "id": "Membaca semua yang saya lihat",
        },
        "WRITE": {
            "en": "Read and change everything I may",
            "nb": "Lese og endre alt jeg kan",
            "it": "Leggere e modificare tutto ciò che posso",
            "id": "Membaca dan mengubah semua yang saya boleh",
        },
        "parties:read": {
            "en": "Organisation: read",
            "nb": "Organisasjonen: lese",
            "it": "Organizzazione: leggere",
            "id": "Organisasi: membaca",
        },
        "parties:write": {
            "en": "Organisation: read and change",
            "nb": "Organisasjonen: lese og endre",
            "it": "Organizzazione: leggere e modificare",
            "id": "Organisasi: membaca dan mengubah",
        },
        "access:read": {
            "en": "Users and roles: read",
            "nb": "Brukere og roller: lese",
            "it": "Utenti e ruoli: leggere",
            "id": "Pengguna dan peran: membaca",
        },
        "access:write": {
            "en": "Users and roles: read and change",
            "nb": "Brukere og roller: lese og endre",
            "it": "Utenti e ruoli: leggere e modificare",
            "id": "Pengguna dan peran: membaca dan mengubah",
        },
        "catalogue:read": {
            "en": "Items and prices: read",
            "nb": "Varer og priser: lese",
            "it": "Articoli e prezzi: leggere",
            "id": "Barang dan harga: membaca",
        },
        "catalogue:write": {
            "en": "Items and prices: read and change",
            "nb": "Varer og priser: lese og endre",
            "it": "Articoli e prezzi: leggere e modificare",
            "id": "Barang dan harga: membaca dan mengubah",
        },
        "orders:read": {
            "en": "Orders: read, and ask prices",
            "nb": "Bestillinger: lese, og spørre om priser",
            "it": "Ordini: leggere e chiedere prezzi",
            "id": "Pesanan: membaca, dan menanyakan harga",
        },
        "orders:write": {
            "en": "Orders: read, place and handle",
            "nb": "Bestillinger: lese, bestille og behandle",
            "it": "Ordini: leggere, inserire e gestire",
            "id": "Pesanan: membaca, membuat, dan menangani",
        },
        "books:read": {
            "en": "Books: read",
            "nb": "Regnskap: lese",
            "it": "Contabilità: leggere",
            "id": "Pembukuan: membaca",
        },
        "books:write": {
            "en": "Books: read and keep",
            "nb": "Regnskap: lese og føre",
            "it": "Contabilità: leggere e tenere",
            "id": "Pembukuan: membaca dan mengelola",
        },
        "notices:read": {
            "en": "Messages to me: read",
            "nb": "Meldinger til meg: lese",
            "it": "Messaggi per me: leggere",
            "id": "Pesan untuk saya: membaca",
        },
        "notices:write": {
            "en": "Messages to me: read, and choose how often",
            "nb": "Meldinger til meg: lese, og velge hvor ofte",
            "it": "Messaggi per me: leggere e scegliere la frequenza",
            "id": "Pesan untuk saya: membaca, dan memilih seberapa sering",
        },
        "scim": {
            "en": "Directory (SCIM): say who works here",
            "nb": "Katalog (SCIM): si hvem som arbeider her",
            "it": "Directory (SCIM): dire chi lavora qui",
            "id": "Direktori (SCIM): menyatakan siapa yang bekerja di sini",
        },
    },
}

REASONS = {
    "sign_on_unknown": {
        "en": "{title} knows you, but you have no sign-in here. Ask the data administrator of your company to invite you.",
        "nb": "{title} kjenner deg, men du har ingen innlogging her. Be dataansvarlig i selskapet ditt om å invitere deg.",
        "it": "{title} ti conosce, ma qui non hai un accesso. Chiedi a chi amministra i dati della tua società di invitarti.",
        "id": "{title} mengenal Anda, tetapi Anda belum punya akses di sini. Minta administrator data perusahaan Anda mengundang Anda.",
    },
    "sign_on_locked": {
        "en": "Your sign-in here is locked. Ask the data administrator of your company.",
        "nb": "Innloggingen din her er sperret. Spør dataansvarlig i selskapet ditt.",
        "it": "Il tuo accesso qui è bloccato. Rivolgiti a chi amministra i dati della tua società.",
        "id": "Akses Anda di sini dikunci. Hubungi administrator data perusahaan Anda.",
    },
    "sign_on_needs_proof": {
        "en": "{username} holds a role here, so an address alone does not link it. Sign in as before and link it on your profile, or ask for a new invitation.",
        "nb": "{username} har en rolle her, så en adresse alene kobler den ikke. Logg inn som før og koble den til på profilen din, eller be om en ny invitasjon.",
        "it": "{username} ha un ruolo qui, quindi un indirizzo da solo non basta per collegarlo. Accedi come prima e collegalo nel tuo profilo, oppure chiedi un nuovo invito.",
        "id": "{username} memegang peran di sini, jadi alamat saja tidak cukup untuk menautkannya. Masuk seperti biasa dan tautkan di profil Anda, atau minta undangan baru.",
    },
    "sign_on_of_another": {
        "en": "That sign-in at {title} belongs to another user here. Nothing was changed.",
        "nb": "Den innloggingen hos {title} hører til en annen bruker her. Ingenting ble endret.",
        "it": "Quell’accesso presso {title} appartiene qui a un altro utente. Nulla è stato modificato.",
        "id": "Akun masuk di {title} itu milik pengguna lain di sini. Tidak ada yang diubah.",
    },
    "sign_on_twice": {
        "en": "Another sign-in at {title} is linked already. Remove that link on the profile first.",
        "nb": "En annen innlogging hos {title} er allerede koblet til. Fjern den koblingen på profilen først.",
        "it": "È già collegato un altro accesso presso {title}. Prima rimuovi quel collegamento dal profilo.",
        "id": "Akun masuk lain di {title} sudah ditautkan. Hapus dahulu tautan itu di profil.",
    },
    "signs_in_by_provider": {
        "en": "Sign in by your organisation’s sign-in service. A password opens this door for administrators of everything only.",
        "nb": "Logg inn med organisasjonens innloggingstjeneste. Passord åpner denne døren bare for administratorer av alt.",
        "it": "Accedi con il servizio di accesso della tua organizzazione. La password apre questa porta solo a chi amministra tutto.",
        "id": "Masuklah melalui layanan masuk organisasi Anda. Kata sandi membuka pintu ini hanya bagi administrator untuk semuanya.",
    },
    "not_directory_keeper": {
        "en": "Only data administrators of everything connect directories.",
        "nb": "Bare dataansvarlige for alt kobler til kataloger.",
        "it": "Solo chi amministra tutti i dati collega le directory.",
        "id": "Hanya administrator data untuk semuanya yang menghubungkan direktori.",
    },
    "directory_says_no_company": {
        "en": "The directory does not say which company she works for.",
        "nb": "Katalogen sier ikke hvilket selskap hun arbeider for.",
        "it": "La directory non dice per quale società lavora.",
        "id": "Direktori tidak menyebutkan perusahaan tempat ia bekerja.",
    },
    "directory_text_unmapped": {
        "en": "Nothing is mapped to “{text}” ({attribute:directory_attribute}) of the directory.",
        "nb": "Ingenting er knyttet til «{text}» ({attribute:directory_attribute}) i katalogen.",
        "it": "A “{text}” ({attribute:directory_attribute}) della directory non corrisponde nulla.",
        "id": "Belum ada padanan untuk “{text}” ({attribute:directory_attribute}) dari direktori.",
    },
    "directory_text_too_long": {
        "en": "The word has {most} characters at most.",
        "nb": "Ordet har høyst {most} tegn.",
        "it": "La parola ha al massimo {most} caratteri.",
        "id": "Kata itu paling banyak {most} karakter.",
    },
    "directory_text_is_no_work": {
        "en": "Only the kind of employment can mean a kind of work; leave it empty.",
        "nb": "Bare ansettelsestypen kan bety en type arbeid; la feltet stå tomt.",
        "it": "Solo il tipo di impiego può indicare un tipo di lavoro; lasci il campo vuoto.",
        "id": "Hanya jenis pekerjaan yang dapat berarti jenis hubungan kerja; kosongkan kolom ini.",
    },
    "directory_text_is_no_party": {
        "en": "{attribute:directory_attribute} cannot mean that: the organisation means a company, the kind of employment a"
        " kind of work, everything else a department.",
        "nb": "{attribute:directory_attribute} kan ikke bety det: organisasjonen betyr et selskap, ansettelsestypen en type"
        " arbeid, alt annet en avdeling.",
        "it": "{attribute:directory_attribute} non può indicare questo: l’organizzazione indica una società, il tipo di"
        " impiego un tipo di lavoro, tutto il resto un reparto.",
        "id": "{attribute:directory_attribute} tidak dapat berarti itu: organisasi berarti perusahaan, jenis pekerjaan"
        " berarti jenis hubungan kerja, selain itu berarti bagian.",
    },
    "directory_account_has_roles": {
        "en": "{username} holds roles granted here; a directory does not link, rename or readdress her.",
        "nb": "{username} har roller som er gitt her; en katalog kobler, omdøper eller flytter ikke adressen hennes.",
        "it": "{username} ha ruoli assegnati qui; una directory non la collega né ne cambia nome o indirizzo.",
        "id": "{username} memegang peran yang diberikan di sini; direktori tidak menautkannya atau mengubah nama dan alamatnya.",
    },
    "directory_account_locked": {
        "en": "{username} was locked here; only whoever looks after users here unlocks her.",
        "nb": "{username} er sperret her; bare de som har ansvar for brukere her, åpner igjen.",
        "it": "{username} è bloccata qui; solo chi gestisce gli utenti qui può sbloccarla.",
        "id": "{username} dikunci di sini; hanya pengelola pengguna di sini yang dapat membukanya.",
    },
    "directory_account_taken": {
        "en": "Somebody of another directory signs in as {username}.",
        "nb": "Noen fra en annen katalog logger inn som {username}.",
        "it": "Con {username} accede una persona di un’altra directory.",
        "id": "Seseorang dari direktori lain masuk sebagai {username}.",
    },
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
        "en": "Choose what the token may do.",
        "nb": "Velg hva tilgangsmerket kan gjøre.",
        "it": "Scegli che cosa può fare il token.",
        "id": "Pilih apa yang boleh dilakukan token.",
    },
    "token_expired": {
        "en": "This token ended on {on}. Make a new one.",
        "nb": "Dette tilgangsmerket utløp {on}. Lag et nytt.",
        "it": "Questo token è scaduto il {on}. Creane uno nuovo.",
        "id": "Token ini berakhir pada {on}. Buatlah yang baru.",
    },
    "token_revoked": {
        "en": "This token was revoked on {on}.",
        "nb": "Dette tilgangsmerket ble trukket tilbake {on}.",
        "it": "Questo token è stato revocato il {on}.",
        "id": "Token ini dicabut pada {on}.",
    },
    "token_owner_locked": {
        "en": "The user of this token is locked.",
        "nb": "Brukeren av dette tilgangsmerket er sperret.",
        "it": "L’utente di questo token è bloccato.",
        "id": "Pengguna token ini dikunci.",
    },
    "token_owner_left": {
        "en": "The last day of work of this token’s user was {until:last}; a token holds only while its user works here.",
        "nb": "Siste arbeidsdag for brukeren av dette tilgangsmerket var {until:last}; et tilgangsmerke gjelder bare mens brukeren arbeider her.",
        "it": "L’ultimo giorno di lavoro dell’utente di questo token era il {until:last}; un token vale solo finché il suo utente lavora qui.",
        "id": "Hari kerja terakhir pengguna token ini adalah {until:last}; token hanya berlaku selama penggunanya bekerja di sini.",
    },
    "token_unit_closed": {
        "en": "This token’s machine belongs to {party_name}, which is closed today.",
        "nb": "Maskinen til dette tilgangsmerket hører til {party_name}, som er lagt ned i dag.",
        "it": "La macchina di questo token appartiene a {party_name}, che oggi è chiusa.",
        "id": "Mesin token ini milik {party_name}, yang hari ini sudah ditutup.",
    },
    "token_scope_missing": {
        "en": "This token may not do that: it would need {scope:token_scope} ({scope}).",
        "nb": "Dette tilgangsmerket kan ikke gjøre det: det måtte ha {scope:token_scope} ({scope}).",
        "it": "Questo token non può farlo: servirebbe {scope:token_scope} ({scope}).",
        "id": "Token ini tidak boleh melakukannya: diperlukan {scope:token_scope} ({scope}).",
    },
    "token_name_missing": {
        "en": "Say what the token is for, in at most {most} characters.",
        "nb": "Si hva tilgangsmerket er til, med høyst {most} tegn.",
        "it": "Indica a che cosa serve il token, in al massimo {most} caratteri.",
        "id": "Sebutkan kegunaan token, paling banyak {most} karakter.",
    },
    "machine_has_no_password": {
        "en": "A machine has no password; it comes in with a token.",
        "nb": "En maskin har ikke passord; den kommer inn med et tilgangsmerke.",
        "it": "Una macchina non ha password; accede con un token.",
        "id": "Mesin tidak memiliki kata sandi; mesin masuk dengan token.",
    },
    "not_a_machine": {
        "en": "{username} is no machine; people make their tokens themselves.",
        "nb": "{username} er ikke en maskin; folk lager tilgangsmerkene sine selv.",
        "it": "{username} non è una macchina; le persone creano da sé i propri token.",
        "id": "{username} bukan mesin; orang membuat tokennya sendiri.",
    },
    "machine_of_nobody": {
        "en": "A machine belongs to a company, department or team, not to a person.",
        "nb": "En maskin hører til et selskap, en avdeling eller et team, ikke en person.",
        "it": "Una macchina appartiene a una società, un reparto o un gruppo, non a una persona.",
        "id": "Mesin milik perusahaan, bagian, atau tim, bukan milik orang.",
    },
    "not_own_sign_in": {
        "en": "Only a person who is signed in here changes how she signs in; a token does not.",
        "nb": "Bare den som er logget inn her, endrer hvordan hun logger inn; et tilgangsmerke gjør det ikke.",
        "it": "Solo chi ha effettuato l’accesso qui può cambiare il proprio modo di accedere; un token no.",
        "id": "Hanya orang yang masuk di sini yang dapat mengubah cara masuknya; token tidak bisa.",
    },
    "no_reset_for_oneself": {
        "en": "Nobody takes their own second factor away like this; remove it on your profile.",
        "nb": "Ingen fjerner sin egen totrinnsbekreftelse slik; fjern den på profilen din.",
        "it": "Nessuno rimuove così il proprio secondo fattore; toglilo dal tuo profilo.",
        "id": "Tidak ada yang menghapus faktor keduanya sendiri dengan cara ini; hapus di profil Anda.",
    },
    "no_second_factor": {
        "en": "{username} has no second factor.",
        "nb": "{username} har ingen totrinnsbekreftelse.",
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
        "it": "{username} ha già scelto una password; se l’ha dimenticata, la sostituisce all’accesso.",
        "id": "{username} sudah memilih kata sandi; kata sandi yang lupa diganti di halaman masuk.",
    },
    "email_as_before": {
        "en": "{email} is your address already.",
        "nb": "{email} er allerede adressen din.",
        "it": "{email} è già il tuo indirizzo.",
        "id": "{email} sudah menjadi alamat Anda.",
    },
    "finding_left_but_active": {
        "en": "{person_name} works for nobody here any more and can still sign in.",
        "nb": "{person_name} arbeider ikke lenger for noen her og kan fortsatt logge inn.",
        "it": "{person_name} qui non lavora più per nessuno e può ancora accedere.",
        "id": "{person_name} tidak lagi bekerja untuk siapa pun di sini dan masih bisa masuk.",
    },
}
