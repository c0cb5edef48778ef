"""The words of the ledger: kinds of accounts, the usual chart, and the sentences for what the books refuse."""

from enum import Enum
from typing import NamedTuple

from inward.core.bookkeeping import Role


class AccountKind(Enum):
    """What an account is in the balance sheet or the result."""

    ASSET = "ASSET"
    LIABILITY = "LIABILITY"
    REVENUE = "REVENUE"
    EXPENSE = "EXPENSE"


class PeriodState(Enum):
    """Whether a month takes postings."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class UsualAccount(NamedTuple):
    """An account of the usual chart."""

    code: str
    name: str
    kind: AccountKind


USUAL_CHART = {
    Role.EMPLOYEE_RECEIVABLE: UsualAccount("1530", "Receivable from employees (payroll)", AccountKind.ASSET),
    Role.INTERCOMPANY_RECEIVABLE: UsualAccount("1560", "Intercompany receivable", AccountKind.ASSET),
    Role.CUSTOMER_RECEIVABLE: UsualAccount("1500", "Trade receivables", AccountKind.ASSET),
    Role.INPUT_TAX: UsualAccount("1580", "Input tax", AccountKind.ASSET),
    Role.INTERCOMPANY_PAYABLE: UsualAccount("2460", "Intercompany payable", AccountKind.LIABILITY),
    Role.OUTPUT_TAX: UsualAccount("2700", "Output tax", AccountKind.LIABILITY),
    Role.REVENUE: UsualAccount("3000", "Sales", AccountKind.REVENUE),
    Role.STAFF_REVENUE: UsualAccount("3050", "Sales to staff", AccountKind.REVENUE),
    Role.INTERCOMPANY_REVENUE: UsualAccount("3060", "Intercompany sales", AccountKind.REVENUE),
    Role.COST_RECOVERY: UsualAccount("3900", "Recovered from other departments", AccountKind.REVENUE),
    Role.INTERCOMPANY_PURCHASE: UsualAccount("4060", "Intercompany purchases", AccountKind.EXPENSE),
    Role.COST_CENTRE_CHARGE: UsualAccount("6900", "Charged by other departments", AccountKind.EXPENSE),
    Role.FREE_USE: UsualAccount("6950", "Absorbed: free for use", AccountKind.EXPENSE),
}

LABELS = {
    "entry_kind": {
        "STAFF_SALE": {"en": "Sale to staff", "nb": "Salg til ansatt"},
        "STAFF_SETTLEMENT": {"en": "Staff purchase from a sister company", "nb": "Ansattkjøp hos søsterselskap"},
        "CHARGEBACK": {"en": "Internal charge", "nb": "Internbelastning"},
        "FREE_USE": {"en": "Free for use", "nb": "Fri bruk"},
        "INTERCOMPANY_SALE": {"en": "Intercompany sale", "nb": "Konserninternt salg"},
        "INTERCOMPANY_PURCHASE": {"en": "Intercompany purchase", "nb": "Konserninternt kjøp"},
        "OUTSIDE_SALE": {"en": "Sale outside", "nb": "Eksternt salg"},
    },
    "posting_role": {
        "EMPLOYEE_RECEIVABLE": {"en": "Owed by the employee", "nb": "Skyldig av ansatt"},
        "INTERCOMPANY_RECEIVABLE": {"en": "Owed by a sister company", "nb": "Fordring på søsterselskap"},
        "INTERCOMPANY_PAYABLE": {"en": "Owed to a sister company", "nb": "Gjeld til søsterselskap"},
        "CUSTOMER_RECEIVABLE": {"en": "Owed by the customer", "nb": "Kundefordring"},
        "STAFF_REVENUE": {"en": "Sales to staff", "nb": "Salg til ansatte"},
        "INTERCOMPANY_REVENUE": {"en": "Intercompany sales", "nb": "Konserninternt salg"},
        "REVENUE": {"en": "Sales", "nb": "Salg"},
        "OUTPUT_TAX": {"en": "Output tax", "nb": "Utgående avgift"},
        "INPUT_TAX": {"en": "Input tax", "nb": "Inngående avgift"},
        "INTERCOMPANY_PURCHASE": {"en": "Intercompany purchases", "nb": "Konserninterne kjøp"},
        "COST_CENTRE_CHARGE": {"en": "Charged to a cost centre", "nb": "Belastet kostnadssted"},
        "COST_RECOVERY": {"en": "Recovered from a cost centre", "nb": "Dekket av kostnadssted"},
        "FREE_USE": {"en": "Absorbed: free for use", "nb": "Dekket selv: fri bruk"},
    },
    "account_kind": {
        "ASSET": {"en": "Asset", "nb": "Eiendel"},
        "LIABILITY": {"en": "Liability", "nb": "Gjeld"},
        "REVENUE": {"en": "Revenue", "nb": "Inntekt"},
        "EXPENSE": {"en": "Expense", "nb": "Kostnad"},
    },
    "period_state": {
        "OPEN": {"en": "Open", "nb": "Åpen"},
        "CLOSED": {"en": "Closed", "nb": "Stengt"},
    },
}

REASONS = {
    "not_controller_of": {
        "en": "Only controllers of {company} may do this.",
        "nb": "Bare controllere i {company} kan gjøre dette.",
    },
    "not_controller_of_any": {
        "en": "Only controllers and auditors see the books.",
        "nb": "Bare controllere og revisorer ser bøkene.",
        "it": "Solo controller e revisori vedono i libri contabili.",
        "id": "Hanya pengendali dan auditor yang melihat pembukuan.",
    },
    "account_in_use": {
        "en": "{account} is still posted to in {count} places of the account map. Map those to another account first.",
        "nb": "{account} posteres det fortsatt til {count} steder i kontooversikten. Legg dem til en annen konto først.",
        "it": "Su {account} si registra ancora in {count} punti della mappa dei conti. Vanno prima assegnati a un altro conto.",
        "id": "{account} masih dipakai di {count} tempat pada peta akun. Petakan dulu ke akun lain.",
    },
    "account_closed": {
        "en": "{account} has been closed since {since}.",
        "nb": "{account} har vært stengt siden {since}.",
        "it": "{account} è chiuso dal {since}.",
        "id": "{account} sudah ditutup sejak {since}.",
    },
    "books_not_opened": {
        "en": "{company} has no books yet. A controller opens them first.",
        "nb": "{company} har ingen regnskapsbøker ennå. En controller åpner dem først.",
    },
    "books_opened_already": {
        "en": "{company} has books already.",
        "nb": "{company} har allerede regnskapsbøker.",
    },
    "books_in_another_currency": {
        "en": "The books of {company} are kept in {functional}, so {currency} cannot be posted yet.",
        "nb": "Bøkene til {company} føres i {functional}, så {currency} kan ikke posteres ennå.",
    },
    "period_closed": {
        "en": "{month} is closed in the books of {company}.",
        "nb": "{month} er stengt i bøkene til {company}.",
    },
    "period_state_already": {
        "en": "{month} is {state:period_state} already.",
        "nb": "{month} er allerede {state:period_state}.",
    },
    "period_has_unnumbered": {
        "en": "{month} still has {count} postings without a number; try again in a moment.",
        "nb": "{month} har fortsatt {count} posteringer uten nummer; prøv igjen om et øyeblikk.",
    },
    "account_not_mapped": {
        "en": "{company} has no account for “{role:posting_role}” in “{kind:entry_kind}”. A controller can set it.",
        "nb": "{company} har ingen konto for «{role:posting_role}» i «{kind:entry_kind}». En controller kan sette den.",
    },
    "account_code_taken": {
        "en": "{company} has an account {code} already.",
        "nb": "{company} har allerede en konto {code}.",
    },
    "account_not_usable": {
        "en": "An account needs a code of at most 20 letters and digits, and a name.",
        "nb": "En konto trenger en kode på høyst 20 bokstaver og sifre, og et navn.",
    },
    "nothing_to_export": {
        "en": "Everything in the books of {company} has been exported already.",
        "nb": "Alt i bøkene til {company} er allerede eksportert.",
    },
    "entry_not_balanced": {
        "en": "An entry in the books of {company} is out of balance by {left}.",
        "nb": "En postering i bøkene til {company} er ute av balanse med {left}.",
    },
    "chargeback_with_tax": {
        "en": "Departments of one company charge each other without tax, but {tax} was given.",
        "nb": "Avdelinger i samme selskap belaster hverandre uten avgift, men {tax} ble oppgitt.",
    },
    "posting_without_lines": {"en": "There is nothing to post.", "nb": "Det er ingenting å postere."},
}
