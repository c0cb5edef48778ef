"""Definitions of one's own are kept by versions, chosen by purpose, and decide on dealings from their day on."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    given_actor,
    given_company,
    given_holding,
    nothing_written,
)

from inward.core.classification import DEFINITIONS, STRICT_MAJORITY, Operator, Verdict, classify
from inward.core.terms import Period, Refusal
from inward.kit import outbox
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.parties import definitions, operations, queries
from inward.parties.announcements import DefinitionChosen, DefinitionKept
from inward.parties.models import DefinitionChoice, InsideDefinition
from inward.parties.operations import Source
from inward.parties.vocabulary import Purpose

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
JULY = date(2026, 7, 1)
HALF = {"operator": ">="}


@pytest.fixture(autouse=True)
def half():
    """a holds exactly half of b."""
    given_company("a")
    given_company("b")
    given_holding("a", "b", 50)


def keep(code: str = "half", body: Any = None, **more: Any) -> str:
    given = {"by": HOUSE, "at": AT, "name": "At least half", **more}
    return operations.keep_definition(code=code, body=HALF if body is None else body, **given)


def choose(purpose: Purpose = Purpose.PRICE, definition: str = "half", **more: Any) -> None:
    operations.choose_definition(**{"by": HOUSE, "at": AT, "purpose": purpose, "definition": definition, **more})


def verdict(on: date = ON) -> Verdict:
    world = queries.world()
    return classify(supplier="a", customer="b", world=world, on=on, definition=world.definition_on(on)).verdict


def test_a_definition_is_kept_whole_and_serves_nothing_until_it_is_chosen() -> None:
    before = queries.world().version

    assert keep(source=Source("board minutes")) == "half"

    row = InsideDefinition.objects.get()
    assert (row.code, row.name, row.source, row.body["operator"], row.body["threshold"]) == (
        *("half", "At least half", "board minutes"),
        *(">=", "50"),
    )
    assert "id" not in row.body
    assert definitions.found("half", on=ON).operator is Operator.AT_LEAST
    assert definitions.codes(on=ON) == (*DEFINITIONS, "half")
    assert verdict() is Verdict.EXTERNAL
    assert queries.world().version == before + 1
    assert AuditRow.objects.filter(act="parties.keep_definition", thing="half").count() == 1
    assert outbox.announced(DefinitionKept) == [DefinitionKept("half", "")]


def test_the_definition_chosen_for_prices_decides_from_its_day_on() -> None:
    keep()
    choose(valid_from=JULY)

    assert verdict(JULY) is Verdict.INTERNAL
    assert verdict(JULY - timedelta(days=1)) is Verdict.EXTERNAL
    assert definitions.definition(Purpose.PRICE, on=JULY).id == "half"
    assert definitions.definition(Purpose.TAX, on=JULY) is STRICT_MAJORITY
    assert outbox.announced(DefinitionChosen) == [DefinitionChosen("PRICE", "half", "2026-07-01")]
    assert AuditRow.objects.filter(act="parties.choose_definition", thing="half").count() == 1


def test_one_chosen_for_another_purpose_moves_no_price() -> None:
    choose(Purpose.TAX, "ubo25")

    assert verdict() is Verdict.EXTERNAL
    assert definitions.definition(Purpose.TAX, on=ON) is DEFINITIONS["ubo25"]


def test_a_later_version_holds_from_its_day_and_the_choice_follows_it() -> None:
    keep()
    choose()
    keep(body={"threshold": 60}, at=LATER, name="Three fifths", valid_from=JULY)

    assert [span for span, _ in definitions.known().own["half"]] == [Period(None, JULY), Period(JULY, None)]
    assert definitions.known().names == {"half": "Three fifths"}
    assert verdict(JULY - timedelta(days=1)) is Verdict.INTERNAL
    assert verdict(JULY) is Verdict.EXTERNAL
    assert definitions.definition(Purpose.PRICE, on=JULY).threshold == Fraction(3, 5)


def test_what_was_known_before_is_asked_again_by_the_definition_known_then() -> None:
    keep()
    choose(at=LATER)

    assert queries.world(known_at=AT).definition_on(ON) is STRICT_MAJORITY
    assert queries.world(known_at=LATER).definition_on(ON).id == "half"


def test_another_choice_ends_the_one_before_and_the_old_knowledge_stays() -> None:
    choose(definition="ubo25")
    choose(definition="oecd9_25", at=LATER, valid_from=JULY)

    assert definitions.definition(Purpose.PRICE, on=JULY - timedelta(days=1)).id == "ubo25"
    assert definitions.definition(Purpose.PRICE, on=JULY).id == "oecd9_25"
    assert DefinitionChoice.objects.count() == 3  # the first, the first as it ends, the second


def test_a_choice_that_ends_leaves_the_usual_one_and_for_tax_none() -> None:
    for purpose in (Purpose.PRICE, Purpose.TAX):
        choose(purpose, "ubo25")
        operations.end_definition_choice(by=HOUSE, at=LATER, purpose=purpose, definition="ubo25", valid_until=JULY)

    eve = JULY - timedelta(days=1)
    for purpose, after in ((Purpose.PRICE, STRICT_MAJORITY), (Purpose.TAX, None)):
        assert definitions.deciding(purpose, on=eve) is DEFINITIONS["ubo25"]
        assert definitions.deciding(purpose, on=JULY) is after
    assert queries.world().tax_definition_on(JULY) is None
    assert outbox.announced(DefinitionChosen)[-1] == DefinitionChosen("TAX", "", "2026-07-01")
    choose(definition="oecd9_25", at=LATER, valid_from=JULY)
    assert definitions.definition(Purpose.PRICE, on=JULY).id == "oecd9_25"


def test_a_choice_is_ended_by_the_definition_that_serves_last_and_not_before_it_begins() -> None:
    choose(definition="ubo25", valid_from=JULY)
    gone: dict[str, Any] = {"by": HOUSE, "at": LATER, "purpose": Purpose.PRICE, "valid_until": JULY}
    with nothing_written(), pytest.raises(NotThere):
        operations.end_definition_choice(**gone, definition="oecd9_25")
    with nothing_written(), pytest.raises(NotThere):
        operations.end_definition_choice(**gone | {"purpose": Purpose.TAX}, definition="ubo25")
    with nothing_written(), pytest.raises(Refusal) as refused:
        operations.end_definition_choice(**gone, definition="ubo25")
    assert refused.value.reason.code == "period_backwards"


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        ({"code": "ubo25"}, "definition_ships", "code"),
        ({"code": "no good"}, "code_not_usable", "code"),
        ({"name": " "}, "name_not_usable", "name"),
        ({"body": {"threshold": 0}}, "not_a_threshold", "definition.threshold"),
        ({"body": {"colour": "blue"}}, "field_unknown", "definition.colour"),
        ({"body": {"excluded": ["nobody"]}}, "definition_names_nobody", "definition.excluded"),
        (
            {"body": {"exceptions": [{"one": "a", "other": "x", "inside": True, "why": "so", "signed_by": "us"}]}},
            "definition_names_nobody",
            "definition.exceptions",
        ),
    ],
)
def test_what_is_no_definition_is_refused_with_its_place(given: dict[str, Any], code: str, where: str) -> None:
    with nothing_written(), pytest.raises(Refusal) as refused:
        keep(**given)
    assert (refused.value.reason.code, refused.value.where) == (code, where)


def test_companies_that_are_known_may_be_named() -> None:
    keep(body={"excluded": ["b"]})

    assert definitions.found("half", on=ON).excluded == frozenset({"b"})


@pytest.mark.parametrize("valid_from", [None, JULY - timedelta(days=1)])
def test_a_definition_cannot_serve_before_it_begins(valid_from: date | None) -> None:
    keep(valid_from=JULY)

    with nothing_written(), pytest.raises(Refusal) as refused:
        choose(valid_from=valid_from)
    assert refused.value.reason.code == "definition_not_yet"
    choose(valid_from=JULY)
    assert definitions.definition(Purpose.PRICE, on=JULY).id == "half"


def test_days_before_a_definition_begins_have_strict_majority() -> None:
    keep(valid_from=JULY)

    assert "half" not in definitions.codes(on=LONG_AGO)
    with pytest.raises(NotThere):
        definitions.found("half", on=LONG_AGO)


def test_nobody_serves_by_a_definition_there_is_not() -> None:
    with nothing_written(), pytest.raises(NotThere):
        choose(definition="missing")


@pytest.mark.parametrize("by", [NOBODY, None])
def test_only_who_keeps_all_records_defines_and_looks(by: Any) -> None:
    by = by or given_actor("keeper", ("DATA_ADMINISTRATOR", "a"))

    with nothing_written(), pytest.raises(Refused):
        keep(by=by)
    with nothing_written(), pytest.raises(Refused):
        choose(by=by, definition="ubo25")
    with pytest.raises(Refused):
        definitions.listed(viewer=by, at=AT, on=ON, params={})
    with pytest.raises(Refused):
        definitions.sheet(viewer=by, at=AT, on=ON, code="ubo25")


def test_the_list_tells_what_serves_what_and_is_searched() -> None:
    keep()
    choose(definition="half")

    rows = definitions.listed(viewer=HOUSE, at=AT, on=ON, params={}).rows
    assert [(row.code, row.own, row.purposes) for row in rows if row.own or row.purposes] == [
        ("strict_majority", False, (Purpose.PROMISE, Purpose.BOOKS, Purpose.DISCLOSURE)),
        ("half", True, (Purpose.PRICE,)),
    ]
    found = definitions.listed(viewer=HOUSE, at=AT, on=ON, params={"text": "LEAST"}).rows
    assert [row.code for row in found] == ["half"]


def test_the_sheet_tells_every_version_and_choice() -> None:
    keep(valid_from=JULY)
    choose(valid_from=JULY)

    sheet = definitions.sheet(viewer=HOUSE, at=AT, on=LONG_AGO, code="half")

    assert sheet.record.definition.id == "half"
    assert [(each.name, each.period) for each in sheet.versions] == [("At least half", Period(JULY, None))]
    assert [(each.purpose, each.period) for each in sheet.choices] == [(Purpose.PRICE, Period(JULY, None))]
    assert definitions.sheet(viewer=HOUSE, at=AT, on=ON, code="ubo25").versions == ()
    with pytest.raises(NotThere):
        definitions.sheet(viewer=HOUSE, at=AT, on=ON, code="missing")
