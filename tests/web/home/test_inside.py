"""Inside or outside, explained: the verdict with its picture, its past and what would turn it; for those who may ask."""

from datetime import timedelta
from fractions import Fraction

import pytest
from tests.builders import AT, HOUSE, ON
from tests.cast import LUCA, MAYA, SITI, TOR
from tests.web.reading import words

from inward.core.classification import RightKind
from inward.parties import explaining, queries
from inward.parties import operations as parties

SALE = ON + timedelta(days=30)


def asked(house, who, **asked):
    return house.browser(who).get("/inside/", asked)


def test_a_data_administrator_reads_the_verdict_its_shares_and_what_would_turn_it(house):
    page = words(asked(house, SITI, supplier="xyz", customer="abc"))
    assert "belong to one group" in page
    assert "It would be outside if JKL Group held 50% or less of XYZ Widgets" in page
    assert "The same as a table" in page


def test_the_table_says_what_the_picture_says(house):
    html = asked(house, SITI, supplier="xyz", customer="abc").content.decode()
    assert html.count('class="arrow strong"') == 2
    assert html.count('<td data-label="Carries the verdict">yes</td>') == 2
    assert 'role="img"' in html


def test_a_sale_that_lies_ahead_is_told_and_can_be_moved_to(house):
    fact = parties_fact("jkl", "xyz")
    parties.change_holding(by=HOUSE, at=AT, holding=fact, votes=Fraction(48, 100), valid_from=SALE)
    page = words(asked(house, SITI, supplier="xyz", customer="abc"))
    assert "JKL Group’s share of XYZ Widgets fell from" in page
    assert "Outside" in page
    later = words(asked(house, SITI, supplier="xyz", customer="abc", on=SALE.isoformat()))
    assert "Outside: nothing ties ABC Retail to XYZ Widgets." in later
    assert "What would make it inside:" in later
    assert "What would turn it" not in later
    moved = asked(house, SITI, supplier="xyz", customer="abc", stretch="2").content.decode()
    assert f'value="{SALE.isoformat()}"' in moved  # the first day of the stretch
    first = asked(house, SITI, supplier="xyz", customer="abc", stretch="1").content.decode()
    assert f'value="{ON.isoformat()}"' in first  # today lies in it
    assert words(asked(house, SITI, supplier="xyz", customer="abc", stretch="99")) == page


def parties_fact(owner, owned):
    return next(h.id for h in queries.world().holdings if (h.owner, h.owned) == (owner, owned))


def test_a_stretch_without_a_first_day_is_shown_on_its_last(house):
    page = asked(house, SITI, supplier="abc", customer=MAYA.code, stretch="0")
    assert "Outside" in words(page)


def test_an_employee_asks_about_herself_and_sees_no_shares_but_those_that_carry(house):
    page = words(asked(house, MAYA, supplier="ABC Retail", customer=MAYA.name))
    assert "works for ABC Retail" in page
    assert "It would be outside if Maya Lund no longer worked for ABC Retail" in page
    sister = explaining.explained(viewer=house.actor(MAYA), at=AT, supplier="xyz", customer=MAYA.code, on=ON)
    assert {h.id for h in sister.picture.holdings} == sister.picture.carrying
    assert len(sister.picture.holdings) == 2


def test_an_employee_may_not_ask_about_two_others_and_is_told_why(house):
    response = asked(house, MAYA, supplier="xyz", customer="abc")
    assert "Only whoever stands at one end of a dealing" in words(response)
    assert "belong to one group" not in words(response)


def test_people_are_found_by_name_only_by_those_who_may_ask_about_everybody(house):
    assert f"Nobody here is called “{TOR.name}”" in words(asked(house, MAYA, supplier="abc", customer=TOR.name))
    assert explaining.named(viewer=house.actor(LUCA), at=AT, text=TOR.name) in {(), (TOR.code,)}
    assert explaining.named(viewer=house.actor(SITI), at=AT, text=TOR.name.lower()) == (TOR.code,)
    assert explaining.named(viewer=house.actor(MAYA), at=AT, text="  ") == ()


def test_a_name_that_fits_several_is_asked_back_with_links(house):
    page = asked(house, SITI, supplier="a", customer="abc")
    assert "may be any of these" in words(page)
    assert "supplier=abc" in page.content.decode()


def test_a_department_is_found_with_its_company_and_refused_on_a_day_it_is_not_there(house):
    code, placed = next(iter(queries.world().unit.items()))
    full = f"{queries.name_of(code)}, {queries.name_of(placed[0].company)}"
    assert explaining.named(viewer=house.actor(SITI), at=AT, text=full) == (code,)
    parties.close_unit(by=HOUSE, at=AT, unit=code, valid_until=SALE)
    gone = words(asked(house, SITI, supplier="abc", customer=code, on=SALE.isoformat()))
    assert queries.name_of(code) in gone
    assert "What would turn it" not in gone
    assert "Not there" in words(asked(house, SITI, supplier="abc", customer=code))


def test_without_a_question_some_are_offered_to_begin_with(house):
    page = asked(house, MAYA)
    assert "begin with one of these" in words(page)
    assert "supplier=abc" in page.content.decode()
    assert 'value="2026-11-24"' in page.content.decode()


def test_another_inside_rule_may_say_otherwise_and_is_kept_from_link_to_link(house):
    usual = words(asked(house, SITI, supplier="solberg", customer="jkl"))
    assert "Outside" in usual
    response = asked(house, SITI, supplier="solberg", customer="jkl", rule="closelink20")
    assert "belong to one group" in words(response)
    assert "It would be outside if JKL Group sold all it holds of Solberg Foods (30%)." in words(response)
    assert response.content.decode().count("rule=closelink20") > 1


def test_a_rule_nobody_knows_is_said_beside_the_field(house):
    response = asked(house, SITI, supplier="xyz", customer="abc", rule="nonsense")
    assert "Select a valid choice" in words(response)
    assert "belong to one group" not in words(response)


def test_a_day_that_is_none_is_said_beside_the_field(house):
    response = asked(house, SITI, supplier="abc", customer="xyz", on="2026-02-30")
    assert "Enter a valid date" in words(response)
    assert "belong to one group" not in words(response)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "' OR 1=1 --", "\u202egnp.exe"])
def test_hostile_names_are_nobody_and_shown_as_text(house, hostile):
    response = asked(house, SITI, supplier=hostile, customer="abc")
    assert "Nobody here is called" in words(response)
    assert "<script>alert" not in response.content.decode()


def test_who_may_ask_what_would_be_follows_the_source_of_each_share_and_an_employee_sees_none(house):
    said = "Share register, https://register.example/jkl?page=3."
    parties.change_holding(
        by=HOUSE,
        at=AT,
        holding=parties_fact("jkl", "xyz"),
        votes=Fraction(55, 100),
        valid_from=ON,
        source=parties.Source(said),
    )
    link = '<a href="https://register.example/jkl?page=3" rel="noreferrer noopener external">'
    assert link in asked(house, SITI, supplier="xyz", customer="abc").content.decode()
    hers = asked(house, MAYA, supplier="xyz", customer=MAYA.code)
    assert "JKL Group" in words(hers)
    assert "register.example" not in hers.content.decode()
    assert link in house.browser(SITI).get("/office/holdings/jkl-xyz/").content.decode()


def test_what_is_known_and_not_counted_is_told_beside_the_verdict_to_those_who_keep_records(house):
    parties.record_right(by=HOUSE, at=AT, target="kestrel", kind=RightKind.CONTRACT, holder="jkl")
    told = words(asked(house, SITI, supplier="jkl", customer="kestrel"))
    assert "Known, but this inside rule does not count it: JKL Group has power over Kestrel Café (contract)." in told
    rule = "ifrs_consolidation"
    counted = words(asked(house, SITI, supplier="jkl", customer="kestrel", rule=rule))
    assert "does not count it" not in counted
    assert "It would be outside if JKL Group no longer had power over Kestrel Café (contract)." in counted
    on = {"at": AT, "supplier": "abc", "customer": "maya-lund", "on": ON}
    parties.record_right(by=HOUSE, at=AT, target="abc", kind=RightKind.DE_FACTO, holder="kestrel")
    assert explaining.explained(viewer=house.actor(SITI), **on).uncounted != ()
    assert explaining.explained(viewer=house.actor(MAYA), **on).uncounted == ()
