"""How the books are arranged, in the office: accounts, what they are used for, series of numbers, approval limits.

For controllers; what is in the books is shown elsewhere.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inward.core.bookkeeping import EntryKind, Role
from inward.core.terms import Reason, Refusal
from inward.kit.policy import Answer
from inward.ledger import operations, policy, queries, register
from inward.ledger.register import AccountRecord, MappingRecord
from inward.ledger.vocabulary import AccountKind
from inward.trade import operations as trade
from inward.trade import policy as trade_policy
from inward.trade import register as limits
from inward.web.components.records import Link
from inward.web.office import fields
from inward.web.office.declaring import Act, Column, Detail, Doing, Effect, Fact, Field, Filter, Looking, Thing
from inward.web.office.things import approvalplaces
from inward.web.office.things import pricewords as words

Options = Iterable[tuple[str, str]]


def _may_look(looking: Looking) -> Answer:
    return policy.may_see_some_books(looking.viewer, on=looking.at.date())


def _companies(looking: Looking, _record: Any = None) -> Options:
    """The companies whose books the viewer sees."""
    return [(each.code, each.name) for each in queries.companies(viewer=looking.viewer, at=looking.at)]


def _kept_companies(looking: Looking, _record: Any = None) -> Options:
    on = looking.at.date()
    return [
        pair for pair in _companies(looking) if policy.may_keep_books(looking.viewer, company=pair[0], on=on).allowed
    ]


def _may_keep_some(looking: Looking, _record: Any) -> Answer:
    """Keep the books of some company: then new accounts can be added to it."""
    on = looking.at.date()
    first = next(iter(_kept_companies(looking)), None)
    return policy.may_keep_books(looking.viewer, company="" if first is None else first[0], on=on)


def _may_keep(looking: Looking, record: AccountRecord | MappingRecord) -> Answer:
    return policy.may_keep_books(looking.viewer, company=record.company.code, on=looking.at.date())


def _account_kinds(_looking: Looking, _record: Any = None) -> Options:
    return words.labels("account_kind", (kind.value for kind in AccountKind))


def _entry_kinds(_looking: Looking, _record: Any = None) -> Options:
    return words.labels("entry_kind", (kind.value for kind in EntryKind))


def _roles(_looking: Looking, _record: Any = None) -> Options:
    return words.labels("posting_role", (role.value for role in Role))


def _open_or_closed(_looking: Looking, _record: Any = None) -> Options:
    return [("yes", _("Open")), ("no", _("Closed"))]


# --- accounts -----------------------------------------------------------------------------------------------------------


def _account_page(looking: Looking, key: str) -> Detail:
    record = register.account(viewer=looking.viewer, at=looking.at, key=key)
    query = f"?company={record.company.code}&account={record.code}"
    return Detail(
        title=f"{record.code} {record.name}",
        spoken=True,
        record=record,
        facts=(
            Fact(__("Company"), record.company.name),
            Fact(__("Kind"), words.label("account_kind", record.kind.value)),
            Fact(__("Places in the account map"), record.uses),
            Fact(__("Closed since"), record.closed_on),
        ),
        links=(Link(reverse("office_list", args=["account-map"]) + query, _("What it is used for"), "list"),),
        audited=(f"{record.company.code} {record.code}",),
    )


def _add(doing: Doing) -> str:
    values = doing.values
    operations.add_account(
        by=doing.by,
        at=doing.at,
        company=values["company"],
        code=values["code"],
        name=values["name"],
        kind=AccountKind(values["kind"]),
        source=doing.source,
    )
    return f"{values['company']}:{values['code']}"


def _rename(doing: Doing) -> str:
    operations.rename_account(name=doing.values["name"], **_which(doing))
    return doing.key


def _close(doing: Doing) -> str:
    operations.close_account(**_which(doing))
    return doing.key


def _open_again(doing: Doing) -> str:
    operations.open_account_again(**_which(doing))
    return doing.key


def _which(doing: Doing) -> dict[str, Any]:
    record: AccountRecord = doing.record
    return {
        "by": doing.by, "at": doing.at, "company": record.company.code, "code": record.code, "source": doing.source,
    }  # fmt: skip


ACCOUNTS = Thing(
    name="accounts",
    group=__("The books"),
    label=__("Accounts"),
    lead=__("The chart of accounts of each company."),
    icon="book",
    search=__("Code or name"),
    may=_may_look,
    filters=(
        Filter("company", __("Company"), _companies),
        Filter("kind", __("Kind"), _account_kinds),
        Filter("open", __("Open or closed"), _open_or_closed),
    ),
    columns=(
        Column(__("Code"), lambda row: row.code, sort="code"),
        Column(__("Name"), lambda row: row.name, sort="name", spoken=True),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Kind"), lambda row: words.label("account_kind", row.kind.value)),
        Column(__("Places in the account map"), lambda row: row.uses, end=True),
        Column(__("Closed since"), lambda row: row.closed_on),
    ),
    rows=lambda looking, params: register.accounts(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_account_page,
    creates=(
        Act(
            name="add",
            label=__("New account"),
            icon="plus",
            form=(
                Field("company", fields.choice(__("Company"), _kept_companies)),
                Field("code", fields.text(__("Code"), most=20)),
                Field("name", fields.text(__("Name")), spoken=True),
                Field("kind", fields.choice(__("Kind"), _account_kinds)),
            ),
            do=_add,
            may=_may_keep_some,
            done=__("The account is there."),
        ),
    ),
    acts=(
        Act(
            name="rename",
            label=__("Rename"),
            icon="edit",
            form=(Field("name", fields.text(__("Name")), spoken=True),),
            initial=lambda _looking, record: {"name": record.name},
            do=_rename,
            may=_may_keep,
            done=__("The new name is kept."),
        ),
        Act(
            name="close",
            label=__("Close"),
            icon="lock",
            lead=__("Nothing can be posted to it any more; what stands in it stays and is seen."),
            do=_close,
            may=_may_keep,
            fits=lambda _looking, record: record.closed_on is None,
            done=__("The account is closed."),
            danger=True,
        ),
        Act(
            name="open-again",
            label=__("Open again"),
            icon="refresh",
            lead=__("It can be used in the account map again."),
            do=_open_again,
            may=_may_keep,
            fits=lambda _looking, record: record.closed_on is not None,
            done=__("The account is open again."),
        ),
    ),
    events={
        "ledger.add_account": __("Added"),
        "ledger.rename_account": __("Renamed"),
        "ledger.close_account": __("Closed"),
        "ledger.open_account_again": __("Opened again"),
    },
)


# --- what accounts are used for -----------------------------------------------------------------------------------------


def _mapping_page(looking: Looking, key: str) -> Detail:
    record = register.mapping(viewer=looking.viewer, at=looking.at, key=key)
    account = reverse("office_page", args=["accounts", f"{record.company.code}:{record.account}"])
    kind, role = record.kind.value, record.role.value
    return Detail(
        title=_("%(role)s in %(kind)s") % {
            "role": words.label("posting_role", role), "kind": words.label("entry_kind", kind),
        },
        record=record,
        facts=(
            Fact(__("Company"), record.company.name),
            Fact(__("Kind of entry"), words.label("entry_kind", kind)),
            Fact(__("What is posted"), words.label("posting_role", role)),
            Fact(__("Account"), f"{record.account} {record.account_name}", account, spoken=True),
        ),
        audited=(f"{record.company.code} {kind} {role}",),
    )  # fmt: skip


def _map(doing: Doing) -> str:
    values, record = doing.values, doing.record
    company = values["company"] if record is None else record.company.code
    kind = EntryKind(values["kind"]) if record is None else record.kind
    role = Role(values["role"]) if record is None else record.role
    if role not in queries.ROLES_OF[kind]:
        raise Refusal(Reason.of("role_not_in_kind", role=role.value, kind=kind.value), where="role")
    account = values["account"]
    if account not in dict(register.open_accounts(viewer=doing.by, at=doing.at, company=company)):
        raise Refusal(Reason.of("account_not_there", company=company, code=account), where="account")
    operations.map_account(
        by=doing.by, at=doing.at, company=company, kind=kind, role=role, account=account, source=doing.source
    )
    return f"{company}:{kind.value}:{role.value}"


def _effects(doing: Doing) -> list[Effect]:
    """Which account is posted to from now on, of which kind, and which one was."""
    company = doing.values["company"] if doing.record is None else doing.record.company.code
    account = register.account(viewer=doing.by, at=doing.at, key=f"{company}:{doing.values['account']}")
    told = _("From now on it goes to %(account)s (%(kind)s).") % {
        "account": f"{account.code} {account.name}",
        "kind": words.label("account_kind", account.kind.value),
    }
    if doing.record is None:
        return [Effect(_("What changes"), (told,))]
    before = f"{doing.record.account} {doing.record.account_name}"
    return [Effect(_("What changes"), (told, _("Until now it went to %(account)s.") % {"account": before}))]


def _open_accounts(looking: Looking, record: MappingRecord) -> Options:
    found = register.open_accounts(viewer=looking.viewer, at=looking.at, company=record.company.code, role=record.role)
    return [(code, f"{code} {name}") for code, name in found]


ACCOUNT_MAP = Thing(
    name="account-map",
    group=__("The books"),
    label=__("Account map"),
    lead=__("Which account each kind of entry is posted to, company by company."),
    icon="list",
    search=__("Account"),
    may=_may_look,
    filters=(
        Filter("company", __("Company"), _companies),
        Filter("kind", __("Kind of entry"), _entry_kinds),
    ),
    columns=(
        Column(__("Kind of entry"), lambda row: words.label("entry_kind", row.kind.value), sort="kind"),
        Column(__("What is posted"), lambda row: words.label("posting_role", row.role.value)),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Account"), lambda row: f"{row.account} {row.account_name}", sort="account", spoken=True),
    ),
    rows=lambda looking, params: register.mappings(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_mapping_page,
    creates=(
        Act(
            name="map",
            label=__("Map something new"),
            icon="plus",
            lead=__("For what has no account yet; what has one is changed in its line."),
            form=(
                Field("company", fields.choice(__("Company"), _kept_companies)),
                Field("kind", fields.choice(__("Kind of entry"), _entry_kinds)),
                Field("role", fields.choice(__("What is posted"), _roles)),
                Field("account", fields.text(__("Account"), most=20, help=__("Its code."))),
            ),
            do=_map,
            effects=_effects,
            may=_may_keep_some,
            done=__("The account map is kept."),
        ),
    ),
    acts=(
        Act(
            name="map",
            label=__("Use another account"),
            icon="edit",
            lead=__("From now on; what is posted stays where it is."),
            form=(Field("account", fields.choice(__("Account"), _open_accounts)),),
            initial=lambda _looking, record: {"account": record.account},
            do=_map,
            effects=_effects,
            may=_may_keep,
            done=__("The account map is kept."),
        ),
    ),
    events={"ledger.map_account": __("Mapped")},
)


# --- series and limits --------------------------------------------------------------------------------------------------


def _series_page(looking: Looking, key: str) -> Detail:
    record = register.one_series(viewer=looking.viewer, at=looking.at, key=key)
    return Detail(
        title=_("%(name)s of %(company)s") % {"name": _series_name(record.name), "company": record.company.name},
        record=record,
        facts=(
            Fact(__("Company"), record.company.name),
            Fact(__("Series"), _series_name(record.name)),
            Fact(__("Last number given"), record.last),
        ),
    )


def _series_name(name: str) -> str:
    return {"entries": _("Entries")}.get(name, name)


SERIES = Thing(
    name="series",
    group=__("The books"),
    label=__("Series of numbers"),
    lead=__("The last number given in each series without gaps. Numbers are given by Inward alone."),
    icon="receipt",
    search=__("Company or series"),
    may=_may_look,
    filters=(Filter("company", __("Company"), _companies),),
    columns=(
        Column(__("Series"), lambda row: _series_name(row.name), sort="name"),
        Column(__("Company"), lambda row: row.company.name, sort="company"),
        Column(__("Last number given"), lambda row: row.last, end=True),
    ),
    rows=lambda looking, params: register.series(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.key,
    page=_series_page,
)


def _limit_page(looking: Looking, key: str) -> Detail:
    record = limits.limit(viewer=looking.viewer, at=looking.at, party=key)
    return Detail(
        title=record.party.name,
        record=record,
        facts=(
            Fact(__("Company, department or team"), record.party.name),
            Fact(__("Orders above this need approval"), record.limit),
            Fact(__("Code"), record.party.code),
        ),
        audited=(record.party.code,),
    )


def _set_limit(doing: Doing) -> str:
    values = doing.values
    party = doing.key or values["party"]
    limit = fields.money_of(values, "limit", lambda typed: Reason.of("approval_limit_not_usable", limit=typed))
    trade.set_approval_limit(by=doing.by, at=doing.at, party=party, limit=limit, source=doing.source)
    return str(party)


def _lift(doing: Doing) -> str:
    trade.set_approval_limit(by=doing.by, at=doing.at, party=doing.key, limit=None, source=doing.source)
    return ""


_LIMIT = (
    Field("limit", fields.number(__("Orders above this need approval"))),
    Field("currency", fields.currency(__("Currency"))),
)

LIMITS = Thing(
    name="limits",
    group=__("The books"),
    label=__("Approval limits"),
    lead=__("Above which total orders of a company or department need a budget holder."),
    icon="checks",
    search=__("Name or code"),
    may=lambda looking: trade_policy.may_set_some_limit(looking.viewer, on=looking.at.date()),
    columns=(
        Column(__("Company, department or team"), lambda row: row.party.name, sort="party"),
        Column(__("Code"), lambda row: row.party.code),
        Column(__("Limit"), lambda row: row.limit, sort="limit", end=True),
    ),
    rows=lambda looking, params: limits.limits(viewer=looking.viewer, at=looking.at, params=params),
    key=lambda row: row.party.code,
    page=_limit_page,
    creates=(
        Act(
            name="set",
            label=__("New limit"),
            icon="plus",
            form=(Field("party", approvalplaces.choice, fields.name), *_LIMIT),
            do=_set_limit,
            may=approvalplaces.may_arrange,
            done=__("The limit is kept."),
        ),
    ),
    acts=(
        Act(
            name="change",
            label=__("Change"),
            icon="edit",
            lead=__("For orders placed from now on; those that wait for approval go on waiting."),
            form=_LIMIT,
            initial=lambda _looking, record: {"limit": record.limit.amount, "currency": record.limit.currency},
            do=_set_limit,
            may=approvalplaces.may_arrange,
            done=__("The limit is kept."),
        ),
        Act(
            name="lift",
            label=__("Lift"),
            icon="trash",
            lead=__("The limit of what is above it holds then; without one, no order needs approval for its total."),
            do=_lift,
            may=approvalplaces.may_arrange,
            done=__("The limit is lifted."),
            danger=True,
        ),
    ),
    events={"trade.set_approval_limit": __("Set")},
)
