"""The words of the parties room: what there is, what people call it, and the sentences for why someone is inside.

``REASONS`` words the reasons and refusals of ``core.classification`` and ``core.terms``; how places and optional parts
are written is said in ``kit.wording``. All of it is data, importable without Django being set up.
"""

from enum import Enum

from inward.core.classification import Kind, Operator, Verdict, WorkKind


class PartyKind(Enum):
    """What a party is."""

    COMPANY = "COMPANY"
    UNIT = "UNIT"
    PERSON = "PERSON"


PARTY_LABELS = {
    PartyKind.COMPANY: {"en": "Company", "nb": "Selskap"},
    PartyKind.UNIT: {"en": "Unit", "nb": "Enhet"},
    PartyKind.PERSON: {"en": "Person", "nb": "Person"},
}

WORK_LABELS = {
    WorkKind.FULL_TIME: {"en": "full-time", "nb": "heltid"},
    WorkKind.PART_TIME: {"en": "part-time", "nb": "deltid"},
    WorkKind.TEMPORARY: {"en": "temporary", "nb": "midlertidig"},
    WorkKind.CONTRACTOR: {"en": "contractor", "nb": "oppdragstaker"},
    WorkKind.AGENT: {"en": "agent", "nb": "agent"},
    WorkKind.DIRECTOR: {"en": "director", "nb": "styremedlem"},
    WorkKind.RETIREE: {"en": "retired", "nb": "pensjonist"},
}

VERDICT_LABELS = {
    Verdict.INTERNAL: {"en": "Inside", "nb": "Innenfor"},
    Verdict.EXTERNAL: {"en": "Outside", "nb": "Utenfor"},
    Verdict.NOT_KNOWN: {"en": "Not known", "nb": "Ikke kjent"},
}

KIND_LABELS = {
    Kind.SELF: {"en": "The same party", "nb": "Samme part"},
    Kind.SAME_UNIT: {"en": "The same unit", "nb": "Samme enhet"},
    Kind.DEPARTMENT: {"en": "Units of one company", "nb": "Enheter i samme selskap"},
    Kind.BRANCH: {"en": "Head office and branch", "nb": "Hovedkontor og filial"},
    Kind.STAFF: {"en": "Staff of the company", "nb": "Ansatt i selskapet"},
    Kind.GROUP_STAFF: {"en": "Staff of another company of the group", "nb": "Ansatt i et annet selskap i konsernet"},
    Kind.AFFILIATE: {"en": "Companies of one group", "nb": "Selskaper i samme konsern"},
    Kind.STAKEHOLDER: {"en": "Inside by policy", "nb": "Innenfor etter egne regler"},
    Kind.JOINT_VENTURE: {"en": "Joint venture", "nb": "Felleskontrollert virksomhet"},
    Kind.ASSOCIATE: {"en": "Associate", "nb": "Tilknyttet selskap"},
    Kind.OUTSIDE: {"en": "Outside", "nb": "Utenfor"},
    Kind.NOT_KNOWN: {"en": "Not known", "nb": "Ikke kjent"},
}

OPERATOR_LABELS = {
    Operator.MORE_THAN: {"en": "more than", "nb": "mer enn"},
    Operator.AT_LEAST: {"en": "at least", "nb": "minst"},
}

LABELS = {
    "work_kind": {kind.value: label for kind, label in WORK_LABELS.items()},
    "operator": {operator.value: label for operator, label in OPERATOR_LABELS.items()},
    "party_kind": {kind.value.lower(): label for kind, label in PARTY_LABELS.items()},
    "verdict": {verdict.value: label for verdict, label in VERDICT_LABELS.items()},
    "standing_kind": {kind.value: label for kind, label in KIND_LABELS.items()},
}

REASONS = {
    # Why it is inside
    "same_party": {
        "en": "{party_name} is on both sides.",
        "nb": "{party_name} står på begge sider.",
    },
    "same_unit": {
        "en": "The unit {unit_name} is on both sides.",
        "nb": "Enheten {unit_name} står på begge sider.",
    },
    "unit_of": {
        "en": "{unit_name} is a unit of {company_name}[, since {since}][, until {until:last}].",
        "nb": "{unit_name} er en enhet i {company_name}[, siden {since}][, til og med {until:last}].",
    },
    "works_for": {
        "en": "{person_name} works for {company_name} ({kind:work_kind})[, since {since}][, until {until:last}].",
        "nb": "{person_name} arbeider for {company_name} ({kind:work_kind})[, siden {since}][, til og med {until:last}].",
    },
    "holds": {
        "en": "{owner_name} holds {percent} of {owned_name}[, since {since}][, until {until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name}[, siden {since}][, til og med {until:last}].",
    },
    # Why it is outside
    "not_one_group": {
        "en": "{supplier_company_name} and {customer_company_name} are not in one group: at the head of the one stands"
        " {supplier_head_name}, of the other {customer_head_name}.",
        "nb": "{supplier_company_name} og {customer_company_name} er ikke i samme konsern: øverst i det ene står"
        " {supplier_head_name}, i det andre {customer_head_name}.",
    },
    "works_for_nobody": {
        "en": "{person_name} has no work relationship on that day.",
        "nb": "{person_name} har ikke noe arbeidsforhold den dagen.",
    },
    "work_kind_outside": {
        "en": "{person_name} works for {company_name}, but work of this kind ({kind:work_kind}) does not count as inside.",
        "nb": "{person_name} arbeider for {company_name}, men slikt arbeid ({kind:work_kind}) regnes ikke som innenfor.",
    },
    # What would make it inside
    "holding_short": {
        "en": "{owner_name} holds {percent} of {owned_name}; {operator:operator} {needed} would make it inside"
        "[, as it was until {inside_until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name}; {operator:operator} {needed} ville gjort dette internt"
        "[, slik det var til og med {inside_until:last}].",
    },
    "holding_ended": {
        "en": "{owner_name} held {percent} of {owned_name}[ until {until:last}]; {operator:operator} {needed} would make it"
        " inside.",
        "nb": "{owner_name} eide {percent} av {owned_name}[ til og med {until:last}]; {operator:operator} {needed} ville"
        " gjort dette internt.",
    },
    "holding_not_begun": {
        "en": "{owner_name} holds {percent} of {owned_name} only from {since}; {operator:operator} {needed} would make it"
        " inside[, as it was until {inside_until:last}].",
        "nb": "{owner_name} eier {percent} av {owned_name} først fra {since}; {operator:operator} {needed} ville gjort"
        " dette internt[, slik det var til og med {inside_until:last}].",
    },
    "work_relationship_missing": {
        "en": "A work relationship of {person_name} with {company_name}, or with a company of its group, would make it"
        " inside.",
        "nb": "Et arbeidsforhold mellom {person_name} og {company_name}, eller et selskap i samme konsern, ville gjort"
        " dette internt.",
    },
    "work_relationship_ended": {
        "en": "{person_name} worked for {company_name} ({kind:work_kind}) until {until:last}; while that lasted it was"
        " inside.",
        "nb": "{person_name} arbeidet for {company_name} ({kind:work_kind}) til og med {until:last}; så lenge det varte,"
        " var dette internt.",
    },
    "work_relationship_not_begun": {
        "en": "{person_name} works for {company_name} ({kind:work_kind}) only from {since}; from then on it is inside.",
        "nb": "{person_name} arbeider for {company_name} ({kind:work_kind}) først fra {since}; fra da av er dette internt.",
    },
    # Questions that have no answer
    "party_unknown": {
        "en": "Nobody is known as {party}.",
        "nb": "Ingen er kjent som {party}.",
    },
    "unit_not_open": {
        "en": "The unit {unit} does not exist on {on}[; it began on {since}][; its last day was {until:last}].",
        "nb": "Enheten {unit} finnes ikke {on}[; den begynte {since}][; siste dag var {until:last}].",
    },
    "definition_does_not_partition": {
        "en": "Under the inside rule {definition} a company may stand in several groups; this question needs one that"
        " gives each company one group.",
        "nb": "Med innenfor-regelen {definition} kan et selskap stå i flere konsern; dette spørsmålet trenger en regel som"
        " gir hvert selskap ett.",
    },
    # A world that contradicts itself
    "id_missing": {
        "en": "An id is missing.",
        "nb": "En id mangler.",
    },
    "id_twice": {
        "en": "The id {id} is used twice.",
        "nb": "Id-en {id} er brukt to ganger.",
    },
    "id_unknown": {
        "en": "Nothing is known by the id {id}.",
        "nb": "Ingenting er kjent med id-en {id}.",
    },
    "id_of_other_kind": {
        "en": "{id} is of the wrong kind here ({kind:party_kind}; expected: {expected}).",
        "nb": "{id} er av feil slag her ({kind:party_kind}; ventet: {expected}).",
    },
    "unit_twice_at_once": {
        "en": "The unit {id} is described twice for the same days.",
        "nb": "Enheten {id} er beskrevet to ganger for de samme dagene.",
    },
    "unit_parent_of_other_company": {
        "en": "The unit {unit} of {company} cannot stand below {parent}, which is a unit of {parent_company}.",
        "nb": "Enheten {unit} i {company} kan ikke stå under {parent}, som er en enhet i {parent_company}.",
    },
    "units_in_circle": {
        "en": "The unit {unit} would stand above itself.",
        "nb": "Enheten {unit} ville stått over seg selv.",
    },
    "holding_in_itself": {
        "en": "{company} cannot hold votes in itself.",
        "nb": "{company} kan ikke eie stemmer i seg selv.",
    },
    "holding_not_a_share": {
        "en": "{percent} is not a share: it must lie between nothing and the whole.",
        "nb": "{percent} er ikke en andel: den må ligge mellom ingenting og alt.",
    },
    "holdings_over_whole": {
        "en": "The holdings of {company} add up to {percent}[ on {on}]; more than 100 % cannot be held.",
        "nb": "Eierandelene i {company} blir til sammen {percent}[ den {on}]; mer enn 100 % kan ikke eies.",
    },
    # Facts that cannot be read
    "field_missing": {
        "en": "A value is missing.",
        "nb": "En verdi mangler.",
    },
    "field_unknown": {
        "en": "Nobody knows a field called {name} here.",
        "nb": "Feltet {name} er ukjent her.",
    },
    "not_a_number": {
        "en": "{value} is not a number.",
        "nb": "{value} er ikke et tall.",
    },
    "not_a_whole_number": {
        "en": "{value} is not a whole number.",
        "nb": "{value} er ikke et helt tall.",
    },
    "not_a_flag": {
        "en": "{value} is neither yes nor no.",
        "nb": "{value} er verken ja eller nei.",
    },
    "not_a_day": {
        "en": "{value} is not a day written as year-month-day.",
        "nb": "{value} er ikke en dag skrevet som år-måned-dag.",
    },
    "not_text": {
        "en": "Text is expected here.",
        "nb": "Her ventes tekst.",
    },
    "not_a_list": {
        "en": "A list is expected here.",
        "nb": "Her ventes en liste.",
    },
    "not_an_object": {
        "en": "An object is expected here.",
        "nb": "Her ventes et objekt.",
    },
    "not_one_of": {
        "en": "{value} is not one of {allowed}.",
        "nb": "{value} er ikke en av {allowed}.",
    },
    "period_backwards": {
        "en": "It ends ({until}) before it begins ({since}).",
        "nb": "Det slutter ({until}) før det begynner ({since}).",
    },
    "period_ends_twice": {
        "en": "Give either the last day or the day on which it no longer holds, not both.",
        "nb": "Oppgi enten siste dag eller dagen da det ikke lenger gjelder, ikke begge.",
    },
    # Spreading
    "spread_without_weights": {
        "en": "There is nothing to spread over.",
        "nb": "Det er ingenting å fordele på.",
    },
    "spread_weight_negative": {
        "en": "A weight is negative ({weight}).",
        "nb": "En vekt er negativ ({weight}).",
    },
    "spread_unit_not_positive": {
        "en": "The smallest part must be more than nothing, not {unit}.",
        "nb": "Den minste delen må være mer enn ingenting, ikke {unit}.",
    },
    # Who may not look after or look up what is known of the parties
    "no_actor": {
        "en": "Sign in first: nobody is known to be asking.",
        "nb": "Logg inn først: ingen er kjent som den som spør.",
    },
    "not_administrator": {
        "en": "Only data administrators may do this.",
        "nb": "Bare dataansvarlige kan gjøre dette.",
    },
    "not_administrator_of": {
        "en": "Only data administrators of {company} may do this.",
        "nb": "Bare dataansvarlige for {company} kan gjøre dette.",
    },
    "not_administrator_of_everything": {
        "en": "Only data administrators of the whole house may do this.",
        "nb": "Bare dataansvarlige for hele huset kan gjøre dette.",
    },
    "not_of_the_company": {
        "en": "Only those who work for the company, or look after its records or books, see this.",
        "nb": "Bare de som arbeider for selskapet, eller har ansvar for dataene eller bøkene, ser dette.",
    },
    "not_of_the_books": {
        "en": "Only those who look after the records or books of the company see who owns it.",
        "nb": "Bare de som har ansvar for selskapets data eller bøker, ser hvem som eier det.",
    },
    "not_a_colleague": {
        "en": "Only colleagues see this.",
        "nb": "Bare kolleger ser dette.",
    },
    "not_a_party_of_it": {
        "en": "Only whoever stands at one end of a dealing, or has a role there, asks whether it is inside.",
        "nb": "Bare den som er part i en handel, eller har en rolle der, kan spørre om den er intern.",
    },
    # What cannot be kept of them
    "code_not_usable": {
        "en": "{id} cannot be an id: letters, digits and . _ : - only, a letter or digit first, at most {most}.",
        "nb": "{id} kan ikke være en id: bare bokstaver, sifre og . _ : -, bokstav eller siffer først, høyst {most}.",
    },
    "hours_unreadable": {
        "en": "Write hours such as 09:00-12:00, 13:00-17:00, not “{value}”.",
        "nb": "Skriv tider slik som 09:00-12:00, 13:00-17:00, ikke «{value}».",
        "it": "Scrivere gli orari come 09:00-12:00, 13:00-17:00, non «{value}».",
        "id": "Tulis jam seperti 09:00-12:00, 13:00-17:00, bukan “{value}”.",
    },
    "hours_out_of_order": {
        "en": "Hours must follow each other and end after they begin: “{value}”.",
        "nb": "Tider må følge etter hverandre og slutte etter at de begynner: «{value}».",
        "it": "Gli orari devono susseguirsi e finire dopo l’inizio: «{value}».",
        "id": "Jam harus berurutan dan berakhir setelah mulai: “{value}”.",
    },
    "week_without_hours": {
        "en": "A working week has hours on some day.",
        "nb": "En arbeidsuke har timer på minst én dag.",
        "it": "Una settimana lavorativa ha ore in almeno un giorno.",
        "id": "Minggu kerja memiliki jam pada setidaknya satu hari.",
    },
    "holidays_not_known": {
        "en": "No public holidays are known for {country}[, {region}].",
        "nb": "Ingen helligdager er kjent for {country}[, {region}].",
        "it": "Non sono noti giorni festivi per {country}[, {region}].",
        "id": "Tidak ada hari libur yang diketahui untuk {country}[, {region}].",
    },
    "name_not_usable": {
        "en": "A name is needed, of at most {most} characters.",
        "nb": "Et navn trengs, på høyst {most} tegn.",
    },
    "text_too_long": {
        "en": "This text is too long; at most {most} characters.",
        "nb": "Denne teksten er for lang; høyst {most} tegn.",
    },
    "currency_not_usable": {
        "en": "{currency} is not a currency code such as EUR.",
        "nb": "{currency} er ikke en valutakode slik som EUR.",
    },
    "country_not_usable": {
        "en": "{country} is not a country code of two capital letters such as NO.",
        "nb": "{country} er ikke en landkode på to store bokstaver slik som NO.",
    },
    "zone_not_known": {
        "en": "{time_zone} is not a time zone, such as Europe/Oslo.",
        "nb": "{time_zone} er ikke en tidssone, slik som Europe/Oslo.",
    },
    "change_outside_period": {
        "en": "On {on} this does not hold, so it cannot change then[; it begins on {since}][; its last day is {until:last}].",
        "nb": "Den {on} gjelder ikke dette, så det kan ikke endres da[; det begynner {since}][; siste dag er {until:last}].",
    },
    "unit_has_units": {
        "en": "{unit} still has {below} below it on later days.",
        "nb": "{unit} har fremdeles {below} under seg på senere dager.",
    },
    "unit_has_staff": {
        "en": "{count} people still work in {unit} on later days.",
        "nb": "{count} personer arbeider fremdeles i {unit} på senere dager.",
    },
    "person_still_works": {
        "en": "{person_name} works for a company today or later; end that first.",
        "nb": "{person_name} arbeider for et selskap i dag eller senere; avslutt det først.",
    },
    "too_many_problems": {
        "en": "More than {most} contradictions between units; mend those and read the file again.",
        "nb": "Mer enn {most} motsigelser mellom enheter; rett dem og les filen på nytt.",
    },
}
