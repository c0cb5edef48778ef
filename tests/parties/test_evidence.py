"""Files that show facts: brought, named, seen by whoever may see the fact, read with a note, withdrawn, forgotten with her."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from tests.builders import (
    AT,
    HOUSE,
    ON,
    given_actor,
    given_company,
    given_holding,
    given_person,
    given_unit,
    given_work,
    nothing_written,
)

from inward.core.classification import RightKind, WorkKind
from inward.core.terms import Money, Refusal
from inward.kit import files
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow, File
from inward.kit.policy import NotThere, Refused
from inward.parties import calendars, definitions, events, evidence, leading, operations, owning, register
from inward.parties.evidence import Shows
from inward.parties.models import (
    ChangeEvent,
    ControlRight,
    HeadOfPlace,
    Holding,
    InsideDefinition,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    UnitPlacement,
    WorkRelationship,
)
from inward.parties.operations import Source
from inward.parties.reorganising import Reorganisation
from inward.parties.vocabulary import EventKind, Post, Power, Purpose
from inward.parties.weeks import WEEKDAYS, read_hours

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 register"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.INWARD_DATA = tmp_path
    for code in ("jkl", "abc", "xyz"):
        given_company(code)


@pytest.fixture
def steward():
    return given_actor("siti", ("DATA_ADMINISTRATOR", "abc"))


def brought(by=HOUSE, content=PDF, name="register.pdf"):
    return operations.bring_evidence(by=by, at=AT, chunks=[content], name=name)


def source(paper, by=HOUSE, text=""):
    return Source(text, evidence.usable(viewer=by, at=AT, reference=paper.reference))


def held(by=HOUSE, paper=None, owned="abc", owner="jkl"):
    paper = paper or brought(by)
    code = operations.record_holding(
        by=by, at=AT, owner=owner, owned=owned, votes=Fraction(1, 2), source=source(paper, by)
    )
    return code, paper


def read(viewer, paper):
    return operations.open_evidence(by=viewer, at=AT, reference=paper.reference)


def test_a_share_shows_its_file_to_those_who_keep_records_or_books_of_its_ends_and_each_reading_is_noted(steward):
    code, paper = held()
    for role in ("DATA_ADMINISTRATOR", "CONTROLLER", "AUDITOR"):
        viewer = given_actor(f"keeper-{role.lower().replace('_', '-')}", (role, "abc"))
        told, content = read(viewer, paper)
        assert (told.name, told.media_type, content) == ("register.pdf", "application/pdf", PDF)
        row = AuditRow.objects.filter(act="parties.open_evidence").latest("id")
        assert (row.subject, row.thing, row.facts) == (
            viewer.subject, f"paper {paper.reference}", {"sha256": paper.sha256},
        )  # fmt: skip
    assert register.holding(viewer=HOUSE, at=AT, on=ON, code=code).record.evidence == paper
    assert [version.evidence for version in register.holding(viewer=HOUSE, at=AT, on=ON, code=code).versions] == [paper]


@pytest.mark.parametrize("roles", [[], [("SELLER", "abc")], [("DATA_ADMINISTRATOR", "xyz")], [("BUYER", "abc")]])
def test_nobody_else_has_it_and_nothing_is_noted(roles):
    _, paper = held()
    viewer = given_actor("stranger", *roles)
    with nothing_written(), pytest.raises(NotThere):
        read(viewer, paper)
    with pytest.raises(NotThere):
        evidence.paper(viewer=viewer, at=AT, reference=paper.reference)
    assert evidence.listed(viewer=viewer, at=AT, params={}).rows == ()
    with pytest.raises(Refusal) as caught:
        evidence.usable(viewer=viewer, at=AT, reference=paper.reference)
    assert (caught.value.reason.code, caught.value.where) == ("file_not_brought", "evidence")
    with pytest.raises(Refusal):
        evidence.usable(viewer=NOBODY, at=AT, reference=paper.reference)


def test_what_shows_nothing_yet_is_seen_by_nobody_and_used_by_whoever_brought_it(steward):
    paper = brought(steward)
    for viewer in (steward, HOUSE):
        with pytest.raises(NotThere):
            read(viewer, paper)
    assert evidence.usable(viewer=steward, at=AT, reference=paper.reference) == File.objects.get().pk
    assert evidence.usable(viewer=steward, at=AT, reference="") is None
    assert evidence.name_of(viewer=steward, at=AT, reference=paper.reference) == "register.pdf"
    assert evidence.name_of(viewer=steward, at=AT, reference="") == ""
    assert evidence.name_of(viewer=HOUSE, at=AT, reference=paper.reference) == ""
    row = AuditRow.objects.get(act="parties.bring_evidence")
    assert row.facts == {"sha256": paper.sha256, "size": len(PDF), "type": "application/pdf"}


def test_only_who_looks_after_records_or_sets_limits_brings_files_and_none_that_are_too_large_or_of_another_type(
    settings,
):
    seller = given_actor("tor", ("SELLER", "abc"))
    with nothing_written(), pytest.raises(Refused):
        brought(seller)
    settings.INWARD_EVIDENCE_MB = 1
    for content, code in (
        (b"x" * (1024**2 + 1), "file_over_limit"),
        (b"", "file_without_content"),
        (b"MZ\x90\0 a program", "file_type_not_taken"),
        (b"<html><script>alert(1)</script>", "file_type_not_taken"),
    ):
        with nothing_written(), pytest.raises(Refusal) as caught:
            brought(content=content)
        assert caught.value.reason.code == code
    assert brought(name="../../etc/pass\u202ewd\0.pdf").name == "passwd.pdf"


LED = {Shows.HEAD, Shows.DEPUTY, Shows.LIMIT, Shows.WEEK, Shows.DAY}
"""Of these there are tests of their own below."""


def test_every_sort_of_fact_shows_its_file():
    given_unit("abc-it", "abc")
    papers = {sort: brought(name=f"{sort.value}.pdf") for sort in Shows if sort not in LED}
    by = {"by": HOUSE, "at": AT}
    held(paper=papers[Shows.HOLDING])
    operations.record_share_class(
        **by, code="abc-a", company="abc", issued=Fraction(9), source=source(papers[Shows.SHARE_CLASS])
    )
    shares = operations.record_shareholding(
        **by, owner="xyz", share_class="abc-a", shares=Fraction(1), source=source(papers[Shows.SHAREHOLDING])
    )
    right = operations.record_right(
        **by, target="abc", kind=RightKind.CONTRACT, holder="xyz", source=source(papers[Shows.RIGHT])
    )
    body = {"basis": "votes", "threshold": "25", "operator": ">="}
    operations.keep_definition(**by, code="q", name="Q", body=body, source=source(papers[Shows.DEFINITION]))
    operations.choose_definition(**by, purpose=Purpose.TAX, definition="q", source=source(papers[Shows.CHOICE]))
    given_company("new", source=source(papers[Shows.COMPANY]))
    operations.rename_party(**by, party="xyz", name="Xyz", valid_from=ON, source=source(papers[Shows.NAME]))
    operations.move_unit(
        **by, unit="abc-it", company="xyz", parent=None, valid_from=ON, source=source(papers[Shows.UNIT])
    )
    given_person("nora")
    work = given_work("nora", "abc", source=source(papers[Shows.WORK]))
    asked = Reorganisation(EventKind.RENAME, ON, source="abc-it", name="Computers")
    event = operations.reorganise(**by, asked=asked, source=source(papers[Shows.EVENT]))
    shown = {
        sort: [(each.sort, each.code, each.current) for each in seen.shows]
        for sort, paper in papers.items()
        for seen in [evidence.paper(viewer=HOUSE, at=AT, reference=paper.reference)]
    }
    assert shown == {
        Shows.HOLDING: [(Shows.HOLDING, "jkl-abc", True)],
        Shows.SHARE_CLASS: [(Shows.SHARE_CLASS, "abc-a", True)],
        Shows.SHAREHOLDING: [(Shows.SHAREHOLDING, shares, True)],
        Shows.RIGHT: [(Shows.RIGHT, right, True)],
        Shows.COMPANY: [(Shows.COMPANY, "new", True)],
        Shows.NAME: [(Shows.NAME, "xyz", True)],
        Shows.UNIT: [(Shows.UNIT, "abc-it", True)],
        Shows.WORK: [(Shows.WORK, work, True)],
        Shows.DEFINITION: [(Shows.DEFINITION, "q", True)],
        Shows.CHOICE: [(Shows.CHOICE, "TAX", True)],
        Shows.EVENT: [(Shows.NAME, "abc-it", True), (Shows.EVENT, str(event), True)],
    }
    assert owning.right(viewer=HOUSE, at=AT, code=right).record.evidence == papers[Shows.RIGHT]
    assert owning.share_class(viewer=HOUSE, at=AT, code="abc-a").versions[0].evidence == papers[Shows.SHARE_CLASS]
    assert owning.shareholding(viewer=HOUSE, at=AT, code=shares).record.evidence == papers[Shows.SHAREHOLDING]
    sheet = definitions.sheet(viewer=HOUSE, at=AT, on=ON, code="q")
    assert [each.evidence for each in (*sheet.versions, *sheet.choices)] == [
        papers[Shows.DEFINITION],
        papers[Shows.CHOICE],
    ]
    assert events.event(viewer=HOUSE, at=AT, key=event).evidence == papers[Shows.EVENT]
    assert len(evidence.listed(viewer=HOUSE, at=AT, params={}).rows) == len(papers)
    assert [row.name for row in evidence.listed(viewer=HOUSE, at=AT, params={"text": "event"}).rows] == ["EVENT.pdf"]


def test_a_steward_of_one_company_sees_no_files_of_inside_rules_nor_of_mergers_elsewhere(steward):
    given_unit("xyz-it", "xyz")
    rule, merger, mine = brought(), brought(), brought()
    body = {"basis": "votes", "threshold": "25", "operator": ">="}
    operations.keep_definition(by=HOUSE, at=AT, code="q", name="Q", body=body, source=source(rule))
    asked = Reorganisation(EventKind.RENAME, ON, source="xyz-it", name="Computers")
    operations.reorganise(by=HOUSE, at=AT, asked=asked, source=source(merger))
    held(paper=mine)
    operations.record_holding(by=HOUSE, at=AT, owner="jkl", owned="xyz", votes=Fraction(1, 9), source=source(mine))
    operations.reorganise(
        by=HOUSE, at=AT, asked=Reorganisation(EventKind.RENAME, ON, source="xyz", name="X"), source=source(mine)
    )
    assert [row.reference for row in evidence.listed(viewer=steward, at=AT, params={}).rows] == [mine.reference]
    shown = evidence.paper(viewer=steward, at=AT, reference=mine.reference).shows
    assert [each.code for each in shown] == ["jkl-abc"]


# --- put to what is known ----------------------------------------------------------------------------------------------


def given_facts():
    given_holding("jkl", "abc", 40)
    by = {"by": HOUSE, "at": AT}
    operations.record_share_class(**by, code="abc-a", company="abc", issued=Fraction(9))
    shares = operations.record_shareholding(**by, owner="xyz", share_class="abc-a", shares=Fraction(1))
    right = operations.record_right(**by, target="xyz", kind=RightKind.UNKNOWN_PARENT)
    return {
        Shows.HOLDING: (Holding, "jkl-abc"),
        Shows.SHARE_CLASS: (ShareClass, "abc-a"),
        Shows.SHAREHOLDING: (Shareholding, shares),
        Shows.RIGHT: (ControlRight, right),
    }


@pytest.mark.parametrize("sort", [Shows.HOLDING, Shows.SHARE_CLASS, Shows.SHAREHOLDING, Shows.RIGHT])
def test_a_file_is_put_to_a_known_fact_that_stays_as_it_was_said(sort):
    table, code = given_facts()[sort]
    before = table.objects.current().get(code=code)
    paper, later = brought(), AT + timedelta(hours=1)
    operations.attach_evidence(by=HOUSE, at=later, shows=sort, code=code, source=source(paper))
    now = table.objects.current().get(code=code)
    assert (now.evidence.reference, now.source, now.known_from) == (paper.reference, before.source, later)
    assert (now.period, now.pk != before.pk) == (before.period, True)
    assert table.objects.get(pk=before.pk).evidence is None
    assert AuditRow.objects.get(act="parties.attach_evidence").facts == {"sha256": paper.sha256}


def test_no_file_no_right_and_another_sources_word_are_refused(steward):
    given_facts()
    given_holding("xyz", "abc", 10, source=Source("", register="gleif"), code="gleif-1")
    paper = brought()
    act = {"at": AT, "shows": Shows.HOLDING, "code": "jkl-abc"}
    with nothing_written(), pytest.raises(Refusal) as caught:
        operations.attach_evidence(by=HOUSE, **act, source=Source("letter"))
    assert (caught.value.reason.code, caught.value.where) == ("evidence_missing", "paper")
    with nothing_written(), pytest.raises(Refused):
        operations.attach_evidence(by=steward, **act, source=source(paper))
    with nothing_written(), pytest.raises(Refusal) as caught:
        operations.attach_evidence(by=HOUSE, **act | {"code": "gleif-1"}, source=source(paper))
    assert caught.value.reason.code == "fact_of_other_source"
    for wrong in ({"code": "nobody"}, {"shows": Shows.EVENT}):
        with nothing_written(), pytest.raises(NotThere):
            operations.attach_evidence(by=HOUSE, **act | wrong, source=source(paper))


def test_a_file_is_put_to_an_inside_rule_later_and_stands_with_the_version_of_the_day(steward):
    body = {"threshold": 80}
    keep = {"by": HOUSE, "at": AT, "code": "own", "name": "Own", "body": body}
    operations.keep_definition(**keep, source=Source("board"))
    operations.keep_definition(**keep | {"body": {"threshold": 90}}, valid_from=ON + timedelta(days=30))
    paper, later = brought(), AT + timedelta(hours=1)
    act = {"at": later, "shows": Shows.DEFINITION, "code": "own"}
    with nothing_written(), pytest.raises(Refused):
        operations.attach_evidence(by=steward, **act, source=source(paper))
    with nothing_written(), pytest.raises(NotThere):
        operations.attach_evidence(by=HOUSE, **act | {"code": "ubo25"}, source=source(paper))
    operations.attach_evidence(by=HOUSE, **act, source=source(paper))
    versions = InsideDefinition.objects.current().filter(code="own").order_by("valid_from")
    assert {each.body["threshold"]: each.evidence and each.evidence.reference for each in versions} == {
        versions.filter(evidence__isnull=False).get().body["threshold"]: paper.reference,
        versions.filter(evidence__isnull=True).get().body["threshold"]: None,
    }
    shown = versions.get(evidence__isnull=False)
    assert (ON in shown.period, shown.source, shown.known_from) == (True, "board", later)
    assert read(HOUSE, paper)[1] == PDF
    assert AuditRow.objects.get(act="parties.attach_evidence").thing == "own"


def test_a_file_is_put_to_a_rule_that_begins_later(steward):
    operations.keep_definition(by=HOUSE, at=AT, code="own", name="Own", body={}, valid_from=ON + timedelta(days=30))
    operations.attach_evidence(by=HOUSE, at=AT, shows=Shows.DEFINITION, code="own", source=source(brought()))
    assert InsideDefinition.objects.current().get(code="own").evidence is not None


def names_of(code):
    return register.name_versions(viewer=HOUSE, at=AT, code=code, params={}).rows


def put(shows, code, *, by=HOUSE, at=AT + timedelta(hours=1), text=""):
    paper = brought()
    operations.attach_evidence(by=by, at=at, shows=shows, code=code, source=source(paper, text=text))
    return paper


def test_a_file_is_put_later_to_a_register_a_name_a_department_and_work_and_what_they_say_stays(steward):
    given_unit("abc-it", "abc")
    given_person("nora")
    work = given_work("nora", "abc")
    operations.rename_party(by=HOUSE, at=AT, party="abc", name="Abc", valid_from=ON, source=Source("register"))
    for sort, code, table in (
        (Shows.COMPANY, "abc", Registration),
        (Shows.NAME, "abc", PartyName),
        (Shows.UNIT, "abc-it", UnitPlacement),
        (Shows.WORK, work, WorkRelationship),
    ):
        paper = put(sort, code, by=steward if sort is not Shows.NAME else HOUSE)
        (fact,) = [each for each in table.objects.current() if each.evidence_id]
        assert (fact.evidence.reference, ON in fact.period) == (paper.reference, True)
        assert read(steward, paper)[1] == PDF
        seen = evidence.paper(viewer=steward, at=AT, reference=paper.reference).shows
        assert [(each.sort, each.code) for each in seen] == [(sort, code)]
    assert [(each.says["name"], each.source) for each in names_of("abc") if each.evidence] == [("Abc", "register")]
    assert register.company(viewer=HOUSE, at=AT, on=ON, code="abc").record.name == "Abc"


def test_a_name_that_never_changed_takes_a_file_and_stays(steward):
    given_unit("abc-it", "abc")
    assert names_of("abc-it") == ()
    paper = put(Shows.NAME, "abc-it", by=steward, text="organisation chart")
    ((name),) = names_of("abc-it")
    assert (name.says, name.evidence, name.source) == ({"name": "It"}, paper, "organisation chart")
    assert name.period.start is None
    assert name.period.until is None
    operations.correct_name(by=HOUSE, at=AT, party="xyz", name="Xyz", source=source(brought()))
    assert [(each.says["name"], each.evidence is not None) for each in names_of("xyz")] == [("Xyz", True)]
    operations.correct_name(by=HOUSE, at=AT, party="jkl", name="Jkl", source=Source("letter"))
    assert names_of("jkl") == ()


def test_a_file_shows_why_a_rule_serves_a_purpose_once_it_was_chosen(steward):
    operations.choose_definition(by=HOUSE, at=AT, purpose=Purpose.TAX, definition="ubo25", source=Source("board"))
    with pytest.raises(NotThere):
        put(Shows.CHOICE, "BOOKS")
    with pytest.raises(Refused):
        put(Shows.CHOICE, "TAX", by=steward)
    paper = put(Shows.CHOICE, "TAX")
    (choice,) = (each for each in definitions.sheet(viewer=HOUSE, at=AT, on=ON, code="ubo25").choices if each.evidence)
    assert (choice.purpose, choice.source, choice.evidence) == (Purpose.TAX, "board", paper)
    (shown,) = evidence.paper(viewer=HOUSE, at=AT, reference=paper.reference).shows
    assert (shown.sort, shown.code, shown.rule) == (Shows.CHOICE, "TAX", "ubo25")


def test_no_file_is_put_to_what_others_keep_nor_to_the_name_of_a_person(steward):
    given_unit("xyz-it", "xyz")
    given_person("nora")
    work = given_work("nora", "xyz")
    for sort, code in ((Shows.COMPANY, "xyz"), (Shows.NAME, "xyz"), (Shows.UNIT, "xyz-it"), (Shows.WORK, work)):
        with pytest.raises(Refused):
            put(sort, code, by=steward)
    for sort, code in ((Shows.NAME, "nora"), (Shows.COMPANY, "xyz-it"), (Shows.UNIT, "xyz"), (Shows.WORK, "none")):
        with pytest.raises(NotThere):
            put(sort, code)


def test_what_shows_work_or_a_name_is_read_by_data_administrators_alone(steward):
    given_person("nora")
    paper = brought(steward)
    operations.start_work(
        by=steward, at=AT, person="nora", company="abc", kind=WorkKind.FULL_TIME, source=source(paper, steward)
    )
    operations.rename_party(by=steward, at=AT, party="abc", name="Abc", source=source(paper, steward))
    assert read(steward, paper)[1] == PDF
    for role in ("CONTROLLER", "AUDITOR"):
        viewer = given_actor(f"keeper-{role.lower()}", (role, "abc"))
        with nothing_written(), pytest.raises(NotThere):
            read(viewer, paper)


def test_a_file_is_put_to_a_merger_later_by_whoever_looks_after_its_companies_until_it_is_taken_back(steward):
    given_unit("abc-a", "abc")
    given_unit("abc-b", "abc")
    asked = Reorganisation(EventKind.MERGER, ON, source="abc-a", target="abc-b")
    event = operations.reorganise(by=HOUSE, at=AT, asked=asked, source=Source("board"))
    paper, later = brought(), AT + timedelta(hours=1)
    act = {"at": later, "shows": Shows.EVENT, "code": str(event)}
    with nothing_written(), pytest.raises(Refusal) as caught:
        operations.attach_evidence(by=HOUSE, **act, source=Source("letter"))
    assert caught.value.reason.code == "evidence_missing"
    other = given_actor("other", ("DATA_ADMINISTRATOR", "xyz"))
    with nothing_written(), pytest.raises(Refused):
        operations.attach_evidence(by=other, **act, source=source(paper))
    operations.attach_evidence(by=HOUSE, **act, source=source(paper))
    found = ChangeEvent.objects.get(pk=event)
    assert (found.evidence.reference, found.source) == (paper.reference, "board")
    assert AuditRow.objects.get(act="parties.attach_evidence").thing == f"change {event}"
    operations.undo_reorganisation(by=HOUSE, at=later, event=event)
    with nothing_written(), pytest.raises(Refusal) as caught:
        operations.attach_evidence(by=HOUSE, **act, source=source(paper))
    assert caught.value.reason.code == "event_undone_already"
    for code in ("1", "no-number"):
        with nothing_written(), pytest.raises(NotThere):
            operations.attach_evidence(by=HOUSE, **act | {"code": code}, source=source(paper))


def test_papers_of_shares_and_powers_are_found_by_their_codes_as_far_as_they_may_be_seen(steward):
    code, paper = held()
    right = operations.record_right(by=HOUSE, at=AT, target="xyz", kind=RightKind.UNKNOWN_PARENT, source=source(paper))
    asked = {"at": AT, "holdings": [code, "no such"], "rights": [right]}
    assert evidence.of_ownership(viewer=HOUSE, **asked) == {code: paper, right: paper}
    assert evidence.of_ownership(viewer=steward, **asked) == {code: paper}
    operations.end_holding(by=HOUSE, at=AT, holding=code, valid_until=date(2027, 1, 1))
    assert evidence.of_ownership(viewer=steward, **asked) == {}
    assert read(steward, paper)[1] == PDF  # the version that it showed is in the history


# --- gone --------------------------------------------------------------------------------------------------------------


def test_a_file_is_withdrawn_for_good_with_a_reason_by_whoever_looks_after_everything(steward):
    code, paper = held()
    asked = {"at": AT, "reference": paper.reference, "reason": "wrong file"}
    with nothing_written(), pytest.raises(Refused):
        operations.withdraw_evidence(by=steward, **asked)
    for reason in (" ", "x" * 201):
        with nothing_written(), pytest.raises(Refusal) as caught:
            operations.withdraw_evidence(by=HOUSE, **asked | {"reason": reason})
        assert (caught.value.reason.code, caught.value.where) == ("withdrawal_without_reason", "reason")
    with nothing_written(), pytest.raises(NotThere):
        operations.withdraw_evidence(by=HOUSE, **asked | {"reference": "none"})
    operations.withdraw_evidence(by=HOUSE, **asked)
    left = register.holding(viewer=HOUSE, at=AT, on=ON, code=code).record.evidence
    assert (left.name, left.sha256, left.withdrawn_at) == ("", paper.sha256, AT)
    with nothing_written(), pytest.raises(Refusal) as caught:
        read(HOUSE, paper)
    assert caught.value.reason.code == "file_withdrawn"
    with pytest.raises(Refusal):
        evidence.usable(viewer=HOUSE, at=AT, reference=paper.reference)
    (row,) = AuditRow.objects.filter(act="parties.withdraw_evidence")
    assert row.facts == {"sha256": paper.sha256, "reason": "wrong file"}
    with nothing_written():
        operations.withdraw_evidence(by=HOUSE, **asked)


def test_a_content_that_is_gone_from_the_folder_is_said_and_no_reading_is_noted():
    _, paper = held()
    files.path_of(File.objects.get()).unlink()
    with nothing_written(), pytest.raises(Refusal) as caught:
        read(HOUSE, paper)
    assert caught.value.reason.code == "file_damaged"


def test_with_a_person_who_is_forgotten_go_the_files_that_show_her_alone():
    given_person("nora")
    _, hers = held(owner="nora")
    power = brought(content=b"her power")
    operations.record_right(by=HOUSE, at=AT, target="xyz", kind=RightKind.DE_FACTO, holder="nora", source=source(power))
    contract = brought(content=b"her contract")
    given_work("nora", "abc", valid_until=ON - timedelta(days=1), source=source(contract))
    both = brought(content=b"of both")
    held(paper=both, owner="nora", owned="xyz")
    held(paper=both, owner="jkl", owned="xyz")
    operations.erase_person(by=HOUSE, at=AT, person="nora", reason="asked for it")
    withdrawn = {file.reference: file.withdrawn_at for file in File.objects.all()}
    assert withdrawn == {hers.reference: AT, power.reference: AT, contract.reference: AT, both.reference: None}
    assert AuditRow.objects.filter(act="parties.withdraw_evidence").count() == 3


SINCE = date(2026, 1, 1)
LATER = AT + timedelta(hours=1)


def given_leaders(paper, by=HOUSE):
    said = Source("minutes") if paper is None else source(paper, by, text="minutes")
    operations.name_head(by=HOUSE, at=AT, place="abc-it", person="tor", valid_from=SINCE, source=said)
    operations.name_deputy(
        by=HOUSE, at=AT, place="abc-it", person="nora", powers=[Power.SPENDING], valid_from=SINCE, source=said
    )
    operations.set_spending_limit(
        by=HOUSE, at=AT, place="abc-it", post=Post.HEAD, limit=Money.of("5000", "EUR"), valid_from=None, source=said
    )
    operations.set_working_week(
        by=HOUSE, at=AT, party="abc-it", week=dict.fromkeys(WEEKDAYS[:5], read_hours("09:00-17:00")), time_zone="Europe/Oslo",
        holidays_of="NO", region="", valid_from=None, source=said,
    )  # fmt: skip
    operations.set_own_day(
        by=HOUSE, at=AT, party="abc-it", day=date(2027, 1, 4), name="Stocktaking", hours=(), source=said
    )


@pytest.fixture
def it(db):
    given_unit("abc-it", "abc")
    for person in ("tor", "nora"):
        given_person(person)
    given_work("nora", "abc", unit="abc-it", valid_from=SINCE)
    given_work("tor", "abc", unit="abc-it", valid_from=SINCE, code="w-tor")


def test_who_leads_up_to_how_much_and_when_it_works_take_a_file_read_by_those_who_say_them(it):
    paper = brought()
    given_leaders(paper)
    data = given_actor("data", ("DATA_ADMINISTRATOR", "abc"))
    books = given_actor("books", ("CONTROLLER", "abc"))
    other = given_actor("other", ("DATA_ADMINISTRATOR", "jkl"), ("CONTROLLER", "jkl"))

    def shown(viewer):
        found = evidence.paper(viewer=viewer, at=LATER, reference=paper.reference).shows
        return {(each.sort, each.code) for each in found}

    assert shown(data) == {
        (Shows.HEAD, "abc-it"), (Shows.DEPUTY, "abc-it"), (Shows.WEEK, "abc-it"), (Shows.DAY, "abc-it"),
    }  # fmt: skip
    assert shown(books) == {(Shows.LIMIT, "abc-it~HEAD")}
    with pytest.raises(NotThere):
        shown(other)
    posts = leading.post_versions(viewer=data, at=LATER, place="abc-it")
    assert {(each.post, each.evidence.name) for each in posts} == {(Post.HEAD, paper.name), (Post.DEPUTY, paper.name)}
    (limit,) = leading.limit_versions(viewer=books, at=LATER, place="abc-it", post=Post.HEAD)
    (week,) = calendars.calendar(viewer=data, at=LATER, on=ON, party="abc-it").versions
    assert limit.evidence.name == week.evidence.name == paper.name


def test_a_file_is_put_later_to_a_head_a_limit_and_a_week_and_to_no_deputy_or_single_day(it):
    given_leaders(None)
    books = given_actor("books", ("CONTROLLER", "abc"))
    data = given_actor("data", ("DATA_ADMINISTRATOR", "abc"))
    paper = brought(books)
    for by, shows, code in (
        (data, Shows.HEAD, "abc-it"),
        (data, Shows.WEEK, "abc-it"),
        (books, Shows.LIMIT, "abc-it~HEAD"),
    ):
        mine = paper if by is books else brought(data, PDF + shows.encode())
        operations.attach_evidence(by=by, at=LATER, shows=shows, code=code, source=source(mine, by))
        assert evidence.paper(viewer=by, at=LATER, reference=mine.reference).shows[0].sort is shows
    assert HeadOfPlace.objects.current().get().source == "minutes"
    for by, shows, code, refused in (
        (books, Shows.HEAD, "abc-it", Refused),
        (data, Shows.LIMIT, "abc-it~HEAD", Refused),
        (books, Shows.LIMIT, "abc-it~MEMBER", NotThere),
        (data, Shows.WEEK, "abc", NotThere),
        (data, Shows.DEPUTY, "abc-it", NotThere),
        (data, Shows.DAY, "abc-it", NotThere),
    ):
        with nothing_written(), pytest.raises(refused):
            operations.attach_evidence(by=by, at=LATER, shows=shows, code=code, source=source(paper, books))


def test_with_a_forgotten_head_goes_the_file_that_shows_her_post_alone(it):
    paper = brought()
    operations.name_head(by=HOUSE, at=AT, place="abc-it", person="tor", valid_from=SINCE, source=source(paper))
    shared = brought(content=PDF + b"2")
    given_leaders(shared)
    operations.end_work(by=HOUSE, at=LATER, work="w-tor", valid_until=ON)
    operations.erase_person(by=HOUSE, at=LATER, person="tor", reason="asked for it")
    assert File.objects.get(reference=paper.reference).withdrawn_at is not None
    assert File.objects.get(reference=shared.reference).withdrawn_at is None  # it shows a limit and a week as well
