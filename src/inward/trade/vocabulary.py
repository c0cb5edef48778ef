"""The words of the trade room: choices, their labels, and the wording of its own refusals.

``REASONS`` is importable without Django being set up, as the wordings of the other rooms are.
"""

from enum import Enum


class OrderState(Enum):
    """Where an order stands."""

    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    PLACED = "PLACED"
    PARTLY_DELIVERED = "PARTLY_DELIVERED"
    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    CANCELLED = "CANCELLED"
    DECLINED = "DECLINED"


OPEN_STATES = frozenset({OrderState.AWAITING_APPROVAL, OrderState.PLACED, OrderState.PARTLY_DELIVERED})


class Settlement(Enum):
    """How an order is paid."""

    PAYROLL = "PAYROLL"
    COST_CENTRE = "COST_CENTRE"
    INTERCOMPANY = "INTERCOMPANY"
    INVOICE = "INVOICE"


class StepKind(Enum):
    """What happened to an order."""

    APPROVAL_ASKED = "APPROVAL_ASKED"
    PLACED = "PLACED"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    RETURNED = "RETURNED"


STATE_LABELS = {
    OrderState.AWAITING_APPROVAL: {"en": "Waiting for approval", "nb": "Venter på godkjenning"},
    OrderState.PLACED: {"en": "Ordered", "nb": "Bestilt"},
    OrderState.PARTLY_DELIVERED: {"en": "Partly delivered", "nb": "Delvis levert"},
    OrderState.DELIVERED: {"en": "Delivered", "nb": "Levert"},
    OrderState.RETURNED: {"en": "Returned", "nb": "Returnert"},
    OrderState.CANCELLED: {"en": "Cancelled", "nb": "Avbestilt"},
    OrderState.DECLINED: {"en": "Declined", "nb": "Avslått"},
}

SETTLEMENT_LABELS = {
    Settlement.PAYROLL: {"en": "Deducted from pay", "nb": "Trekkes i lønn"},
    Settlement.COST_CENTRE: {"en": "Charged to a cost centre", "nb": "Belastes et kostnadssted"},
    Settlement.INTERCOMPANY: {"en": "Intercompany account", "nb": "Mellomregning mellom selskapene"},
    Settlement.INVOICE: {"en": "Invoice", "nb": "Faktura"},
}

STEP_LABELS = {
    StepKind.APPROVAL_ASKED: {"en": "Approval asked", "nb": "Godkjenning er bedt om"},
    StepKind.PLACED: {"en": "Ordered", "nb": "Bestilt"},
    StepKind.APPROVED: {"en": "Approved", "nb": "Godkjent"},
    StepKind.DECLINED: {"en": "Declined", "nb": "Avslått"},
    StepKind.DELIVERED: {"en": "Delivered", "nb": "Levert"},
    StepKind.CANCELLED: {"en": "Cancelled", "nb": "Avbestilt"},
    StepKind.RETURNED: {"en": "Returned", "nb": "Returnert"},
}

LABELS = {
    "order_state": {state.value: label for state, label in STATE_LABELS.items()},
    "settlement": {way.value: label for way, label in SETTLEMENT_LABELS.items()},
    "step": {kind.value: label for kind, label in STEP_LABELS.items()},
}

REASONS = {
    "no_actor": {
        "en": "Sign in first: nobody is known to be asking.",
        "nb": "Logg inn først: ingen er kjent som den som spør.",
    },
    "no_customer": {
        "en": "Your sign-in is not linked to a person, so there is nobody to order for.",
        "nb": "Innloggingen din er ikke knyttet til en person, så det er ingen å bestille for.",
    },
    "not_buyer_for": {
        "en": "You may not order for {customer}. Somebody with the buyer role there can.",
        "nb": "Du kan ikke bestille for {customer}. En med innkjøperrollen der kan.",
    },
    "own_order_not_decided": {
        "en": "Nobody approves or declines an order of their own.",
        "nb": "Ingen godkjenner eller avslår sin egen bestilling.",
    },
    "not_approver_for": {
        "en": "Only a budget holder of {unit} may decide this order.",
        "nb": "Bare en budsjettansvarlig for {unit} kan avgjøre denne bestillingen.",
    },
    "not_seller_for": {
        "en": "Only those who serve for {supplier} may do this.",
        "nb": "Bare de som leverer for {supplier}, kan gjøre dette.",
    },
    "not_order_party": {
        "en": "Only the buyer or the supplier of this order may do this.",
        "nb": "Bare kjøperen eller leverandøren av denne bestillingen kan gjøre dette.",
    },
    "settlement_not_open": {
        "en": "This order cannot be paid that way; possible: {possible}.",
        "nb": "Denne bestillingen kan ikke betales slik; mulig: {possible}.",
    },
    "cost_centre_missing": {
        "en": "Choose the cost centre that is to be charged.",
        "nb": "Velg kostnadsstedet som skal belastes.",
    },
    "never_to_oneself": {
        "en": "Nobody sells to themselves: you serve for {supplier} and this is your own purchase, so a colleague hands it over.",
        "nb": "Ingen selger til seg selv: du leverer for {supplier} og dette er ditt eget kjøp, så en kollega utleverer det.",
    },
    "price_changed": {
        "en": "The price has changed from {expected} to {total} since you saw it.",
        "nb": "Prisen er endret fra {expected} til {total} siden du så den.",
    },
    "allowance_spent": {
        "en": "Somebody used the allowance at the same moment; the price is now {total}.",
        "nb": "Noen brukte kvoten i samme øyeblikk; prisen er nå {total}.",
    },
    "order_not_waiting": {
        "en": "This order no longer waits for approval; it is {state:order_state}.",
        "nb": "Bestillingen venter ikke lenger på godkjenning; den er {state:order_state}.",
    },
    "order_not_cancellable": {
        "en": "This order cannot be cancelled: it is {state:order_state}.",
        "nb": "Bestillingen kan ikke avbestilles: den er {state:order_state}.",
    },
    "order_not_deliverable": {
        "en": "Nothing can be delivered on this order: it is {state:order_state}.",
        "nb": "Ingenting kan leveres på denne bestillingen: den er {state:order_state}.",
    },
    "more_than_ordered": {
        "en": "{offering}: {quantity} is more than the {open} still to be delivered.",
        "nb": "{offering}: {quantity} er mer enn de {open} som gjenstår å levere.",
    },
    "more_than_delivered": {
        "en": "{offering}: {quantity} is more than the {open} that can be returned.",
        "nb": "{offering}: {quantity} er mer enn de {open} som kan returneres.",
    },
    "nothing_chosen": {
        "en": "Choose at least one piece.",
        "nb": "Velg minst ett stykke.",
    },
    "unknown_line": {
        "en": "The order has no line {line}.",
        "nb": "Bestillingen har ingen linje {line}.",
    },
    "reason_missing": {
        "en": "Say why, so that the other side can understand it.",
        "nb": "Skriv hvorfor, så den andre parten kan forstå det.",
    },
    "lines_missing": {
        "en": "Nothing was ordered: choose at least one item.",
        "nb": "Ingenting ble bestilt: velg minst én vare.",
    },
    "lines_of_several_suppliers": {
        "en": "One order has one supplier; these items come from {count}.",
        "nb": "En bestilling har én leverandør; disse varene kommer fra {count}.",
    },
    "too_many_lines": {
        "en": "An order has at most {most} lines; this one has {count}.",
        "nb": "En bestilling har høyst {most} linjer; denne har {count}.",
    },
    "offering_gone": {
        "en": "{offering} is not offered any more.",
        "nb": "{offering} tilbys ikke lenger.",
    },
    "approval_limit_unfit": {
        "en": "A limit is an amount of zero or more.",
        "nb": "En grense er et beløp på null eller mer.",
        "it": "Un limite è un importo pari o superiore a zero.",
        "id": "Batas adalah jumlah nol atau lebih.",
    },
    "not_setter_of_limits": {
        "en": "Only controllers look after approval limits.",
        "nb": "Bare controllere tar seg av godkjenningsgrenser.",
        "it": "Solo i controller si occupano dei limiti di approvazione.",
        "id": "Hanya pengendali yang mengurus batas persetujuan.",
    },
    "approval_limit_currency": {
        "en": "The limit must be in {currency}, the currency of {unit}'s company.",
        "nb": "Grensen må være i {currency}, valutaen til selskapet {unit} hører til.",
    },
}
