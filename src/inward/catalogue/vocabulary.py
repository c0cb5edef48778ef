"""The words of the catalogue room, and the sentences for why a price is what it is.

``REASONS`` words the reasons and refusals of ``core.pricing``; how places and optional parts are written is said in
``kit.wording``. All of it is data, importable without Django being set up.
"""

LABELS = {
    "level": {
        "AGREEMENT": {"en": "Price agreement", "nb": "Prisavtale"},
        "SCHEME": {"en": "Staff price", "nb": "Ansattpris"},
        "RATE": {"en": "Internal rate", "nb": "Internpris"},
        "LIST": {"en": "List price", "nb": "Listepris"},
    },
    "basis": {
        "list": {"en": "Ordinary price", "nb": "Ordinær pris"},
        "agreement": {"en": "Agreed price", "nb": "Avtalt pris"},
        "staff": {"en": "Staff price", "nb": "Ansattpris"},
        "department": {"en": "Department rate", "nb": "Avdelingspris"},
        "transfer": {"en": "Transfer price", "nb": "Internpris mellom selskaper"},
        "free": {"en": "Free for use", "nb": "Fri bruk"},
    },
    "outcome": {
        "won": {"en": "Used", "nb": "Brukt"},
        "lost": {"en": "Not the best match", "nb": "Passer dårligere"},
        "not_applicable": {"en": "Does not apply", "nb": "Gjelder ikke"},
    },
    "offering_kind": {
        "GOOD": {"en": "Item", "nb": "Vare"},
        "SERVICE": {"en": "Service", "nb": "Tjeneste"},
    },
    "price_method": {
        "FIXED": {"en": "Fixed price", "nb": "Fast pris", "it": "Prezzo fisso", "id": "Harga tetap"},
        "PERCENT_OFF": {
            "en": "Percent off the ordinary price",
            "nb": "Prosent av den ordinære prisen",
            "it": "Percentuale di sconto sul prezzo ordinario",
            "id": "Potongan persen dari harga biasa",
        },
        "COST_PLUS": {
            "en": "Cost plus a mark-up",
            "nb": "Kost pluss påslag",
            "it": "Costo più ricarico",
            "id": "Biaya ditambah margin",
        },
        "FREE": {"en": "Free for use", "nb": "Fri bruk", "it": "Uso gratuito", "id": "Bebas dipakai"},
    },
    "price_target": {
        "ITEM": {"en": "One item", "nb": "Én vare", "it": "Un articolo", "id": "Satu barang"},
        "CATEGORY": {
            "en": "A category with what is below it",
            "nb": "En kategori med det som er under",
            "it": "Una categoria con le sottocategorie",
            "id": "Satu kategori beserta isinya",
        },
        "ALL": {
            "en": "Everything of the supplier",
            "nb": "Alt fra leverandøren",
            "it": "Tutto ciò che offre il fornitore",
            "id": "Semua dari pemasok",
        },
    },
    "allowance_measure": {
        "PRICE": {
            "en": "What she pays",
            "nb": "Det hun betaler",
            "it": "Quanto paga",
            "id": "Yang dibayarnya",
        },
        "SAVING": {
            "en": "What she saves",
            "nb": "Det hun sparer",
            "it": "Quanto risparmia",
            "id": "Yang dihematnya",
        },
    },
    "tax_minimum": {
        "NONE": {"en": "None", "nb": "Ingen", "it": "Nessuna", "id": "Tidak ada"},
        "ORDINARY": {
            "en": "The ordinary price",
            "nb": "Den ordinære prisen",
            "it": "Il prezzo ordinario",
            "id": "Harga biasa",
        },
        "COST": {"en": "The cost", "nb": "Kostnaden", "it": "Il costo", "id": "Biaya"},
    },
}

REASONS = {
    "rule_won": {"en": "This price is used.", "nb": "Denne prisen brukes."},
    "rule_won_until_allowance": {
        "en": "Used for {pieces} of {quantity}: then the allowance runs out.",
        "nb": "Brukt for {pieces} av {quantity}: så er kvoten brukt opp.",
    },
    "rule_won_rest": {
        "en": "Used for the remaining {pieces}, after {after}.",
        "nb": "Brukt for de siste {pieces}, etter {after}.",
    },
    "lost_by_level": {
        "en": "{to} goes first: agreements before staff prices, staff prices before internal rates, the list last.",
        "nb": "{to} går foran: avtaler før ansattpriser, ansattpriser før internpriser, listen til sist.",
    },
    "lost_by_target": {
        "en": "{to} speaks of this item more closely.",
        "nb": "{to} gjelder mer bestemt denne varen.",
    },
    "lost_by_party": {
        "en": "{to} speaks of this customer more closely.",
        "nb": "{to} gjelder mer bestemt denne kunden.",
    },
    "lost_by_quantity": {
        "en": "{to} is for this larger quantity.",
        "nb": "{to} gjelder for dette større antallet.",
    },
    "rule_outside_period": {
        "en": "Holds[ from {since}][ until {until:last}], not on this day.",
        "nb": "Gjelder[ fra {since}][ til og med {until:last}], ikke denne dagen.",
    },
    "rule_for_another_party": {"en": "Agreed with {party} alone.", "nb": "Avtalt bare med {party}."},
    "rule_for_other_kinds": {
        "en": "Meant for other customers than “{kind:kind}”.",
        "nb": "Gjelder andre kunder enn «{kind:kind}».",
    },
    "rule_from_quantity": {"en": "Only from {quantity} pieces on.", "nb": "Først fra {quantity} stykker."},
    "rate_for_inside_parties": {
        "en": "Internal rates are for departments and sister companies.",
        "nb": "Internpriser gjelder avdelinger og søsterselskaper.",
    },
    "scheme_outside_period": {
        "en": "{scheme} holds[ from {since}][ until {until:last}], not on this day.",
        "nb": "{scheme} gjelder[ fra {since}][ til og med {until:last}], ikke denne dagen.",
    },
    "scheme_for_own_purchases": {
        "en": "{scheme} is for what people of the house buy for themselves.",
        "nb": "{scheme} gjelder det husets egne folk kjøper til seg selv.",
    },
    "scheme_of_other_employers": {
        "en": "{scheme} is for the staff of other companies.",
        "nb": "{scheme} gjelder ansatte i andre selskaper.",
    },
    "scheme_for_other_work": {
        "en": "{scheme} is not for this work relationship ({work_kind:work_kind}).",
        "nb": "{scheme} gjelder ikke dette arbeidsforholdet ({work_kind:work_kind}).",
    },
    "scheme_after_months": {
        "en": "{scheme} begins after {needed} months of work; so far it is {months}.",
        "nb": "{scheme} gjelder etter {needed} måneders arbeid; så langt er det {months}.",
    },
    "scheme_excludes": {"en": "{scheme} leaves {offering} out.", "nb": "{scheme} omfatter ikke {offering}."},
    "scheme_does_not_include": {
        "en": "{offering} is not among what {scheme} covers.",
        "nb": "{offering} er ikke blant det {scheme} dekker.",
    },
    "allowance_used_up": {
        "en": "The allowance of {scheme} for {period} is used up.",
        "nb": "Kvoten i {scheme} for {period} er brukt opp.",
    },
    "cost_not_known": {
        "en": "The cost of {offering} is not known on this day, and this price rests on it.",
        "nb": "Kostnaden for {offering} er ikke kjent denne dagen, og prisen bygger på den.",
    },
    "unknown_offering": {"en": "There is no item “{id}”.", "nb": "Det finnes ingen vare «{id}»."},
    "unknown_category": {"en": "There is no category “{id}”.", "nb": "Det finnes ingen kategori «{id}»."},
    "unknown_scheme": {"en": "There is no staff scheme “{id}”.", "nb": "Det finnes ingen ansattordning «{id}»."},
    "category_cycle": {
        "en": "Category {category} would stand below itself.",
        "nb": "Kategorien {category} ville stå under seg selv.",
    },
    "offering_of_another_supplier": {
        "en": "{offering} comes from {supplier}, so it cannot be on this order.",
        "nb": "{offering} kommer fra {supplier} og kan ikke stå på denne bestillingen.",
    },
    "quantity_below_one": {
        "en": "The quantity must be at least 1, not {quantity}.",
        "nb": "Antallet må være minst 1, ikke {quantity}.",
    },
    "quantity_break_below_one": {
        "en": "Price {rule}: the smallest quantity must be at least 1, not {quantity}.",
        "nb": "Pris {rule}: minste antall må være minst 1, ikke {quantity}.",
    },
    "list_price_missing": {
        "en": "{offering} has no list price on {on}, so it cannot be ordered that day.",
        "nb": "{offering} har ingen listepris {on} og kan ikke bestilles den dagen.",
    },
    "tax_rate_missing": {
        "en": "{company} has no rate for tax code {tax_code} on {on}. A data administrator can enter it.",
        "nb": "{company} har ingen sats for avgiftskode {tax_code} {on}. En dataansvarlig kan legge den inn.",
    },
    "currencies_meet": {
        "en": "An order has one currency; these items are priced in {currencies}.",
        "nb": "En bestilling har én valuta; disse varene er priset i {currencies}.",
    },
    "allowance_currency": {
        "en": "The allowance is in {currency}, the price in {price_currency}.",
        "nb": "Kvoten er i {currency}, prisen i {price_currency}.",
    },
    "price_rules_conflict": {
        "en": "{rule} and {other} would both hold[ from {since}][ until {until:last}], and neither goes first. End one of them, or make it more specific.",
        "nb": "{rule} og {other} ville begge gjelde[ fra {since}][ til og med {until:last}], og ingen går foran. Avslutt den ene, eller gjør den mer bestemt.",
    },
    "costs_overlap": {
        "en": "{offering} would have two costs on the same day.",
        "nb": "{offering} ville ha to kostnader samme dag.",
    },
    "tax_rates_overlap": {
        "en": "{company} would have two rates for tax code {tax_code} on the same day.",
        "nb": "{company} ville ha to satser for avgiftskode {tax_code} samme dag.",
    },
    "scheme_and_level_differ": {
        "en": "Price {rule}: a staff price names its scheme, and no other price does.",
        "nb": "Pris {rule}: en ansattpris navngir ordningen sin, og ingen annen pris gjør det.",
    },
    "scheme_of_another_supplier": {
        "en": "Price {rule} belongs to another supplier than scheme {scheme}.",
        "nb": "Pris {rule} hører til en annen leverandør enn ordningen {scheme}.",
    },
    "list_price_for_everybody": {
        "en": "Price {rule}: a list price is a fixed amount for everybody.",
        "nb": "Pris {rule}: en listepris er et fast beløp for alle.",
    },
    "price_negative": {
        "en": "A price or cost cannot be below zero.",
        "nb": "En pris eller kostnad kan ikke være under null.",
    },
    "percent_out_of_bounds": {
        "en": "{value} % is not possible here.",
        "nb": "{value} % er ikke mulig her.",
    },
    "amount_too_fine": {
        "en": "{value} has more decimals than {currency} has.",
        "nb": "{value} har flere desimaler enn {currency} har.",
    },
    "not_a_currency": {"en": "“{value}” is not a currency code.", "nb": "«{value}» er ikke en valutakode."},
    "return_out_of_bounds": {
        "en": "{pieces} cannot come back: {already} of {quantity} have already.",
        "nb": "{pieces} kan ikke returneres: {already} av {quantity} er allerede returnert.",
    },
    "unknown_price": {
        "en": "There is no price “{id}”.",
        "nb": "Det finnes ingen pris «{id}».",
        "it": "Non esiste alcun prezzo «{id}».",
        "id": "Tidak ada harga “{id}”.",
    },
    "price_not_running": {
        "en": "{price} does not hold on {on}, so nothing can take its place that day.",
        "nb": "{price} gjelder ikke {on}, så ingenting kan tre i stedet den dagen.",
        "it": "{price} non vale il {on}, quindi quel giorno non può essere sostituito.",
        "id": "{price} tidak berlaku pada {on}, jadi tidak ada yang dapat menggantikannya pada hari itu.",
    },
    "scheme_not_running": {
        "en": "{scheme} does not hold on {on}, so it cannot change that day.",
        "nb": "{scheme} gjelder ikke {on} og kan ikke endres den dagen.",
        "it": "{scheme} non vale il {on}, quindi quel giorno non può cambiare.",
        "id": "{scheme} tidak berlaku pada {on}, jadi tidak dapat diubah pada hari itu.",
    },
    "scheme_keeps_supplier": {
        "en": "{scheme} stays with its supplier. Set up another scheme for another one.",
        "nb": "{scheme} blir hos sin leverandør. Sett opp en annen ordning for en annen.",
        "it": "{scheme} resta al suo fornitore. Per un altro fornitore si crea un altro schema.",
        "id": "{scheme} tetap milik pemasoknya. Buat skema lain untuk pemasok lain.",
    },
    "outside_source_missing": {
        "en": "Say where the outside price was seen.",
        "nb": "Si hvor prisen utenfor ble sett.",
        "it": "Indicare dove è stato visto il prezzo esterno.",
        "id": "Sebutkan di mana harga luar itu dilihat.",
    },
    "outside_day_unfit": {
        "en": "Say on which day the outside price was seen, at the latest {today}.",
        "nb": "Si hvilken dag prisen utenfor ble sett, senest {today}.",
        "it": "Indicare in quale giorno è stato visto il prezzo esterno, al più tardi il {today}.",
        "id": "Sebutkan pada hari apa harga luar itu dilihat, paling lambat {today}.",
    },
    "category_in_use": {
        "en": "{category} is in use in {count} places. Move those first.",
        "nb": "{category} er i bruk {count} steder. Flytt dem først.",
        "it": "{category} è in uso in {count} punti. Vanno prima spostati.",
        "id": "{category} masih dipakai di {count} tempat. Pindahkan dulu semuanya.",
    },
    "not_catalogue_keeper": {
        "en": "Only data administrators of {supplier} change what it offers.",
        "nb": "Bare dataansvarlige for {supplier} endrer det den tilbyr.",
    },
    "not_catalogue_keeper_of_any": {
        "en": "Only data administrators look after what is offered.",
        "nb": "Bare dataansvarlige tar seg av det som tilbys.",
        "it": "Solo gli amministratori dei dati si occupano di ciò che viene offerto.",
        "id": "Hanya administrator data yang mengurus apa yang ditawarkan.",
    },
    "not_catalogue_keeper_of_all": {
        "en": "Only data administrators of everything change categories and bring in catalogues.",
        "nb": "Bare dataansvarlige for alt endrer kategorier og henter inn kataloger.",
    },
}
