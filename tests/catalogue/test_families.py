"""Variants: items of their own that are one card to whoever looks for them, said whole in one act."""

import pytest
from tests.builders import AT, HOUSE, nothing_written
from tests.cast import MAYA
from tests.shop import given_item

from inward.catalogue import families, queries
from inward.catalogue import operations as catalogue
from inward.catalogue.families import FamilyView, Variant
from inward.catalogue.models import Family, Offering
from inward.catalogue.operations import families as acts
from inward.core.pricing import OfferingKind
from inward.core.terms import Refusal
from inward.kit.intake import Row
from inward.kit.models import AuditRow
from inward.kit.policy import NotThere, Refused
from inward.kit.undoing import Journal
from inward.parties.queries import Named

CHOICES = {
    "shirt-red-m": ("red", "M"),
    "shirt-red-l": ("red", "L"),
    "shirt-blue-m": ("blue", "M"),
    "shirt-blue-xl": ("blue", "XL"),
}


def given_shirts():
    for place, (code, (colour, size)) in enumerate(CHOICES.items(), 1):
        given_item(code, "abc", f"Shirt, {colour}, {size}", f"{20 + place}.00", cost="9.00", includes_tax=True)


@pytest.fixture
def shirts(house):
    given_shirts()
    say()
    return house


def say(code="shirt", name="Shirt", features=("Colour", "Size"), variants=CHOICES, by=HOUSE, **more):
    catalogue.set_family(by=by, at=AT, code=code, name=name, features=features, variants=variants, **more)


def cards(house, **params):
    found = queries.shop(viewer=house.actor(MAYA), at=AT, params=params).rows
    return [(card.code, None if card.family is None else card.family.name) for card in found]


def refused(**more):
    with nothing_written(), pytest.raises(Refusal) as caught:
        say(**more)
    return caught.value.reason.code, caught.value.where


def test_a_family_is_one_card_and_each_variant_stays_an_item(shirts):
    assert cards(shirts, supplier="abc") == [("coffee-machine", None), ("shirt-red-m", "Shirt")]
    view = queries.offering(viewer=shirts.actor(MAYA), at=AT, code="shirt-blue-m")
    assert (view.name, view.family.name, len(view.family.variants)) == ("Shirt, blue, M", "Shirt", 4)
    assert queries.offering(viewer=shirts.actor(MAYA), at=AT, code="widget-a").family is None
    assert families.offered_in(["shirt"]) == {"shirt": tuple(CHOICES)}
    assert families.offered_in([]) == {}


def test_looking_for_one_value_leads_to_the_first_variant_that_has_it(shirts):
    assert cards(shirts, text="blue") == [("shirt-blue-m", "Shirt")]
    assert cards(shirts, text="shirt") == [("shirt-red-m", "Shirt")]


def test_a_withdrawn_variant_is_not_offered_and_its_family_keeps_a_card_while_another_is(shirts):
    catalogue.withdraw_item(by=HOUSE, at=AT, offering="shirt-red-m")
    assert cards(shirts, supplier="abc") == [("coffee-machine", None), ("shirt-red-l", "Shirt")]
    assert families.offered_in(["shirt"])["shirt"] == ("shirt-red-l", "shirt-blue-m", "shirt-blue-xl")
    assert [each.offered for each in families.one(viewer=HOUSE, at=AT, code="shirt").variants] == [
        False,
        True,
        True,
        True,
    ]
    gone = queries.offering(viewer=shirts.actor(MAYA), at=AT, code="shirt-red-m")
    assert families.choices(gone.family, "shirt-red-m") == ()
    for code in list(CHOICES)[1:]:
        catalogue.withdraw_item(by=HOUSE, at=AT, offering=code)
    assert cards(shirts, supplier="abc") == [("coffee-machine", None)]


def test_each_value_leads_to_the_variant_that_is_otherwise_most_alike():
    variants = tuple(Variant(code, code, values) for code, values in CHOICES.items())
    family = FamilyView("shirt", "Shirt", Named("abc", "ABC"), ("Colour", "Size"), variants)
    colour, size = families.choices(family, "shirt-red-l")
    assert [(each.value, each.leads_to, each.chosen) for each in colour.values] == [
        ("red", "shirt-red-l", True),
        ("blue", "shirt-blue-m", False),
    ]
    assert [(each.value, each.leads_to) for each in size.values] == [
        ("M", "shirt-red-m"),
        ("L", "shirt-red-l"),
        ("XL", "shirt-blue-xl"),
    ]


def test_a_family_said_anew_is_what_was_said_and_who_is_left_out_stands_alone(shirts):
    say(
        name=" Work  shirt ",
        features=("Size",),
        variants={"shirt-blue-xl": ("XL",), "shirt-red-m": ("M",)},
        source="New range",
    )
    view = families.one(viewer=HOUSE, at=AT, code="shirt")
    assert (view.name, view.features) == ("Work shirt", ("Size",))
    assert [(each.code, each.choice) for each in view.variants] == [("shirt-blue-xl", ("XL",)), ("shirt-red-m", ("M",))]
    alone = Offering.objects.get(code="shirt-red-l")
    assert (alone.family, alone.place, alone.choice) == (None, None, None)
    row = AuditRow.objects.filter(act="catalogue.set_family").order_by("-id").first()
    assert (row.thing, row.facts["source"], row.facts["variants"]) == (
        "family shirt",
        "New range",
        ["shirt-blue-xl: XL", "shirt-red-m: M"],
    )


def test_saying_the_same_again_changes_nothing(shirts):
    with nothing_written():
        say()


@pytest.mark.parametrize(
    ("answer", "more"),
    [
        (("field_missing", "code"), {"code": " "}),
        (("field_missing", "code"), {"code": "x" * 121}),
        (("name_not_usable", "name"), {"name": " "}),
        (("name_not_usable", "name"), {"name": "x" * 201}),
        (("family_features_unfit", "features"), {"features": ()}),
        (("family_features_unfit", "features"), {"features": ("Size", "Size")}),
        (("family_features_unfit", "features"), {"features": ("Colour", "x" * 61)}),
        (("family_variants_unfit", "variants"), {"variants": {}}),
        (("variant_values_unfit", "variants"), {"variants": {"shirt-red-m": ("red",)}}),
        (("variant_values_unfit", "variants"), {"variants": {"shirt-red-m": ("red", " ")}}),
        (("variants_alike", "variants"), {"variants": {"shirt-red-m": ("red", "M"), "shirt-red-l": ("red", "M ")}}),
        (("variant_of_another", "variants"), {"variants": {**CHOICES, "widget-a": ("red", "S")}}),
        (("variant_of_another", "variants"), {"variants": {**CHOICES, "fitting": ("red", "S")}}),
        (("variant_elsewhere", "variants"), {"code": "other"}),
    ],
)
def test_what_is_no_family_is_refused_and_nothing_is_written(shirts, answer, more):
    given_item("fitting", "abc", "Fitting", "5.00", cost="2.00", kind=OfferingKind.SERVICE)
    assert refused(**more) == answer


def test_only_who_looks_after_the_supplier_says_it(shirts, keeper):
    with pytest.raises(NotThere):
        say(variants={"nothing": ("red", "M")})
    with nothing_written(), pytest.raises(Refused):
        say(code="mine", variants={"widget-a": ("red", "S")}, by=keeper)
    with nothing_written(), pytest.raises(Refused):
        say(by=shirts.actor(MAYA))
    assert [each.code for each in families.listed(viewer=keeper, at=AT, params={"text": "shi"}).rows] == ["shirt"]
    assert families.listed(viewer=HOUSE, at=AT, params={"text": "none"}).rows == ()
    with pytest.raises(Refused):
        families.listed(viewer=shirts.actor(MAYA), at=AT, params={})
    with pytest.raises(NotThere):
        families.one(viewer=shirts.actor(MAYA), at=AT, code="shirt")


def test_nobody_takes_over_the_family_of_another_supplier(shirts, keeper):
    catalogue.set_family(by=HOUSE, at=AT, code="widgets", name="W", features=("Size",), variants={"widget-a": ("A",)})
    with nothing_written(), pytest.raises(Refused):
        say(code="widgets", by=keeper)


def test_a_family_is_removed_and_each_has_a_card_again(shirts, keeper):
    with nothing_written(), pytest.raises(Refused):
        catalogue.remove_family(by=shirts.actor(MAYA), at=AT, code="shirt")
    catalogue.remove_family(by=keeper, at=AT, code="shirt")
    assert Family.objects.count() == 0
    assert len(cards(shirts, supplier="abc")) == 5
    with pytest.raises(NotThere):
        catalogue.remove_family(by=keeper, at=AT, code="shirt")


def row(line, item, choice, family="shirt", **more):
    return Row("variants.csv", line, {"family": family, "item": item, "choice": choice, **more})


def brought(*rows, by=HOUSE, **more):
    return catalogue.import_variants(by=by, at=AT, tables={"variants": list(rows)}, **more)


def test_variants_come_from_a_file_a_family_at_a_time(house):
    given_shirts()
    rows = [
        row(2, "shirt-red-m", "Colour: red; Size: M", name="Shirt"),
        row(3, "shirt-blue-m", "Colour: blue; Size: M"),
        row(4, "widget-a", "Size: A", family="w"),
    ]
    report = brought(*rows)
    assert (report.added, report.changed, report.written, report.report.problems) == (2, 0, True, ())
    assert [each.name for each in families.listed(viewer=HOUSE, at=AT, params={"sort": "code"}).rows] == ["Shirt", "w"]
    report = brought(rows[0], row(3, "shirt-red-l", "Colour: red; Size: L"))
    assert (report.added, report.changed) == (0, 1)
    assert families.offered_in(["shirt"]) == {"shirt": ("shirt-red-m", "shirt-red-l")}
    with pytest.raises(Refused):
        brought(*rows, by=house.actor(MAYA))


@pytest.mark.parametrize(
    ("column", "code", "rows"),
    [
        ("item", "id_unknown", [row(2, "nothing", "Size: M")]),
        ("choice", "variant_choice_unfit", [row(2, "shirt-red-m", "M")]),
        ("choice", "variant_choice_unfit", [row(2, "shirt-red-m", "Size: M; Size: L")]),
        ("choice", "variant_features_differ", [row(2, "shirt-red-m", "Size: M"), row(3, "shirt-red-l", "Colour: red")]),
        ("item", "variant_named_twice", [row(2, "shirt-red-m", "Size: M"), row(3, "shirt-red-m", "Size: L")]),
    ],
)
def test_a_row_that_makes_no_sense_keeps_its_file_out(house, column, code, rows):
    given_shirts()
    report = brought(*rows)
    assert [(each.column, each.reason.code) for each in report.report.problems] == [(column, code)]
    assert Family.objects.count() == 0


def test_an_item_that_is_gone_when_its_family_is_written_is_named(house, monkeypatch):
    given_shirts()

    def gone(**_said):
        raise NotThere

    monkeypatch.setattr(acts, "set_family", gone)
    (problem,) = brought(row(2, "shirt-red-m", "Size: M")).report.problems
    assert (problem.column, problem.reason.code, problem.reason.facts["id"]) == ("item", "id_unknown", "shirt-red-m")


def test_what_a_file_said_can_be_put_back(shirts):
    journal = Journal()
    brought(
        row(2, "shirt-red-m", "Size: M", name="Work shirt"), row(3, "widget-a", "Size: A", family="w"), journal=journal
    )
    told = [(table, act) for table, _key, act, _before in journal.entries]
    assert told.count(("catalogue.Family", "CHANGED")) == 1
    assert told.count(("catalogue.Family", "ADDED")) == 1
    assert told.count(("catalogue.Offering", "CHANGED")) == 5
    alone = next(entry[3] for entry in journal.entries if entry[3] and entry[3]["after"].get("place", 0) is None)
    assert (alone["before"]["place"], alone["after"]["family_id"]) == (2, None)
