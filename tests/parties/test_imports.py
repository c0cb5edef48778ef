"""Files brought into the parties room: checked, loaded whole or not at all, taken back while nobody has used them."""

from datetime import date, timedelta

import pytest
from tests.builders import (
    AT,
    HOUSE,
    LONG_AGO,
    ON,
    actor,
    given_actor,
    given_company,
    given_employee,
    given_holding,
    given_role,
    given_unit,
    given_user,
    given_work,
    nothing_written,
)

from inward.access import operations as access
from inward.core.terms import Refusal
from inward.kit import imports, outbox
from inward.kit.actor import Actor
from inward.kit.intake import Table
from inward.kit.models import AuditRow, Import, ImportedRow, Task
from inward.kit.models.imports import ImportState
from inward.kit.policy import NotThere, Refused
from inward.kit.worker import drain
from inward.parties import operations, queries
from inward.parties.announcements import WorldImportUndone
from inward.parties.models import (
    ChangePart,
    Holding,
    Party,
    PartyName,
    Registration,
    UnitPlacement,
    WorkRelationship,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
PEOPLE = "id,name,email\ne1,Åse Dahl,ase@example.org\ne2,Bo Ek,\n"
HEAD = {"people": "id,name,email\n", "holdings": "owner,owned,percent\n"}


def brought(content, *, sort="people", by=HOUSE, name="hr.csv", **more):
    return imports.bring(by=by, at=AT, sort=sort, chunks=[content.encode()], name=name, **more)


def checked(content, *, by=HOUSE, table=None, **more):
    reference = brought(content, by=by, **more)
    imports.match(by=by, at=AT, reference=reference, table=table or Table())
    imports.work(at=AT, reference=reference)
    return reference


def loaded(content, *, by=HOUSE, good_rows=False, **more):
    reference = checked(content, by=by, **more)
    imports.load(by=by, at=AT, reference=reference, good_rows=good_rows)
    imports.work(at=AT, reference=reference)
    return reference


def seen(reference):
    return imports.one(viewer=HOUSE, at=AT, reference=reference)


def undone(reference, **more):
    return imports.undo(**{"by": HOUSE, "at": LATER, "reference": reference} | more)


def facts():
    """Everything the room knows now, without keys and instants."""
    return (
        sorted(Party.objects.values_list("code", "name", "email")),
        sorted(map(str, Holding.objects.current().values_list("code", "votes", "valid_from", "valid_until"))),
        sorted(map(str, UnitPlacement.objects.current().values_list("unit__code", "company__code", "valid_from"))),
        sorted(map(str, WorkRelationship.objects.current().values_list("code", "kind", "job_title", "valid_until"))),
        sorted(map(str, PartyName.objects.current().values_list("party__code", "name", "valid_from", "valid_until"))),
        sorted(ChangePart.objects.values_list("event__code", "party__code", "other__code")),
        sorted(map(str, Registration.objects.current().values_list("company__code", "country", "currency"))),
    )


def test_a_file_is_only_kept_when_it_is_brought_and_audited_without_its_rows():
    reference = brought(PEOPLE, source="HR")
    view = seen(reference)
    assert (view.state, view.sort, view.file, view.source, view.read) == (
        ImportState.BROUGHT, "people", "hr.csv", "HR", 0,
    )  # fmt: skip
    assert AuditRow.objects.get(act="kit.bring_import").facts == {
        "sort": "people",
        "size": len(PEOPLE.encode()),
        "source": "HR",
    }
    assert not Party.objects.exists()


def test_checking_tells_what_would_happen_and_writes_nothing_of_it():
    reference = checked(PEOPLE)
    view = seen(reference)
    assert (view.state, view.read, view.refused, view.added, view.changed) == (ImportState.CHECKED, 2, 0, 2, 0)
    assert not Party.objects.exists()


def test_loading_writes_all_rows_with_their_source_and_marks_it_once():
    reference = loaded(PEOPLE, source="HR, November")
    view = seen(reference)
    assert (view.state, view.added, view.loaded_at) == (ImportState.LOADED, 2, AT)
    assert sorted(Party.objects.values_list("code", flat=True)) == ["e1", "e2"]
    assert ImportedRow.objects.filter(act="ADDED").count() == 2
    imports.work(at=AT, reference=reference)  # the planned task comes later and finds it done
    assert drain() > 0
    assert Party.objects.count() == 2
    assert Task.objects.filter(name=imports.JOB).exclude(state="DONE").count() == 0


def test_a_refused_row_is_told_with_line_column_and_reason_and_keeps_all_out():
    reference = checked(PEOPLE + "e 3,Cee,\n=1+1,x,\n")
    view = seen(reference)
    assert [(p.line, p.column, p.reason.code) for p in view.problems] == [
        (4, "id", "code_not_usable"),
        (5, "id", "formula_in_cell"),
    ]
    assert (view.read, view.refused, view.added) == (4, 2, 2)
    with nothing_written(), pytest.raises(Refusal) as refused:
        imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    assert refused.value.reason.code == "import_has_refused_rows"
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=True)
    imports.work(at=AT, reference=reference)
    assert (seen(reference).state, Party.objects.count()) == (ImportState.LOADED, 2)


def test_a_cell_with_marks_of_a_page_is_kept_as_text_and_the_other_rows_are_told_each_by_itself():
    reference = checked(PEOPLE + "e3,<script>alert(1)</script>,\n<script>,Dee,\n")
    assert [(p.line, p.column, p.reason.code) for p in seen(reference).problems] == [(5, "id", "code_not_usable")]
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=True)
    imports.work(at=AT, reference=reference)
    assert dict(Party.objects.values_list("code", "name"))["e3"] == "<script>alert(1)</script>"
    assert Party.objects.count() == 3


def test_what_became_wrong_since_it_was_checked_keeps_all_out_and_is_told():
    given_company("jkl")
    given_company("abc")
    reference = checked("owner,owned,percent\njkl,abc,60\n", sort="holdings")
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    given_company("xyz")
    given_holding("xyz", "abc", 50)
    imports.work(at=AT, reference=reference)
    view = seen(reference)
    assert (view.state, view.refused) == (ImportState.CHECKED, 1)
    assert Holding.objects.count() == 1


def test_columns_of_theirs_become_ours_with_their_words_days_and_numbers():
    given_company("abc")
    given_employee("e1", "abc")
    theirs = "Nr;Firma;Art;Von\ne1;abc;Deltid;03.01.2026\n"
    sort = imports._sort("work_relationships")
    table = Table(
        columns={"Nr": "person", "Firma": "company", "Art": "kind", "Von": "valid_from"},
        templates={"id": "{Nr}-second"},
        values=sort.values,
        dates="%d.%m.%Y",
        delimiter=";",
    )
    loaded(theirs, sort="work_relationships", table=table)
    work = WorkRelationship.objects.get(code="e1-second")
    assert (work.kind, work.valid_from, work.source) == ("PART_TIME", date(2026, 1, 3), "hr.csv")


def test_the_second_of_two_that_load_at_once_is_told_and_loads_nothing():
    reference = checked(PEOPLE)
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    with nothing_written(), pytest.raises(Refusal) as refused:
        imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    assert refused.value.reason.code == "import_not_waiting"


def test_a_worker_that_comes_second_undoes_its_own_work(monkeypatch):
    reference = checked(PEOPLE)
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)
    once = imports._read

    def overtaken(one):
        rows = list(once(one))
        Import.objects.filter(pk=one.pk).update(state=ImportState.LOADED)  # another worker was quicker
        return iter(rows)

    monkeypatch.setattr(imports, "_read", overtaken)
    imports.work(at=AT, reference=reference)
    assert not Party.objects.exists()
    assert seen(reference).state is ImportState.LOADED


@pytest.mark.parametrize("where", ["the last check", "the journal"])
def test_an_import_that_breaks_off_anywhere_has_loaded_nothing_and_goes_on_when_tried_again(monkeypatch, where):
    reference = checked(PEOPLE)
    imports.load(by=HOUSE, at=AT, reference=reference, good_rows=False)

    class Killed(BaseException):
        pass

    def die(*_args, **_more):
        raise Killed

    with monkeypatch.context() as broken:
        if where == "the journal":
            broken.setattr(imports.undoing, "keep", die)
        else:
            broken.setattr(queries, "check_world", die)
        with pytest.raises(Killed):
            imports.work(at=AT, reference=reference)
    assert not Party.objects.exists()
    assert (seen(reference).state, ImportedRow.objects.count()) == (ImportState.LOADING, 0)
    imports.work(at=AT, reference=reference)
    assert (seen(reference).state, Party.objects.count()) == (ImportState.LOADED, 2)


def test_a_large_file_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr(imports, "PROGRESS_ROWS", 1)
    told = []
    once = imports._work

    def noted(one, rows, at):
        told.append(Import.objects.get(pk=one.pk).lines)
        once(one, rows, at)

    monkeypatch.setattr(imports, "_work", noted)
    checked(PEOPLE)
    assert told == [2]


def test_it_is_loaded_with_the_roles_of_then_and_not_of_when_it_was_asked_for():
    user = given_user("siti")
    grant = given_role(user, "DATA_ADMINISTRATOR", None)
    reference = checked(PEOPLE, by=actor(user))
    imports.load(by=actor(user), at=AT, reference=reference, good_rows=False)
    access.end_role(by=HOUSE, at=AT, grant=grant, valid_until=ON)
    imports.work(at=AT, reference=reference)
    view = seen(reference)
    assert (view.state, view.failure.code) == (ImportState.FAILED, "not_administrator")
    assert not Party.objects.exists()


def test_who_loads_is_who_the_audit_names():
    by = given_actor("siti", ("DATA_ADMINISTRATOR", None))
    loaded(PEOPLE, by=by)
    assert AuditRow.objects.get(act="parties.import_world").subject == by.subject


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("C:\\x\\people.csv", "people.csv"),
        ("\0", "file"),
    ],
)
def test_a_hostile_name_is_a_name_and_no_place(name, kept):
    assert seen(brought(PEOPLE, name=name)).file == kept


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file_without_content"),
        ("id,name\n", "file_without_rows"),
        ("id,id\n1,2\n", "column_twice"),
        ("<html><script>alert(1)</script>", "file_type_not_taken"),
        ("PK\x03\x04 nothing", "file_type_not_taken"),
    ],
)
def test_what_is_no_table_is_refused_at_once_and_not_kept(content, code):
    with nothing_written(), pytest.raises(Refusal) as refused:
        brought(content)
    assert refused.value.reason.code == code


def test_only_keepers_bring_and_only_those_who_keep_everything_handle_what_others_brought():
    given_company("abc")
    own, nobody = given_actor("abe", ("DATA_ADMINISTRATOR", "abc")), given_actor("luca", ("CONTROLLER", "abc"))
    reference = checked(PEOPLE)
    with nothing_written(), pytest.raises(Refused):
        brought(PEOPLE, by=nobody)
    assert [sort.name for sort in imports.sorts(viewer=nobody, on=ON)] == ["budgets"]  # a controller's, and no other
    assert "categories" not in {sort.name for sort in imports.sorts(viewer=own, on=ON)}
    for by in (own, nobody):
        assert imports.listed(viewer=by, at=AT, params={}).rows == ()
        for act in (
            lambda by=by: imports.one(viewer=by, at=AT, reference=reference),
            lambda by=by: imports.beginning(viewer=by, at=AT, reference=reference),
            lambda by=by: imports.match(by=by, at=AT, reference=reference, table=Table()),
            lambda by=by: imports.load(by=by, at=AT, reference=reference, good_rows=True),
            lambda by=by: imports.undo(by=by, at=AT, reference=reference),
            lambda by=by: imports.throw_away(by=by, at=AT, reference=reference),
        ):
            with nothing_written(), pytest.raises(NotThere):
                act()
    with pytest.raises(NotThere):
        seen("nothing")
    with pytest.raises(NotThere):
        brought(PEOPLE, sort="nonsense")


def test_a_file_that_was_never_loaded_is_thrown_away_and_a_loaded_one_is_not():
    reference = checked(PEOPLE)
    imports.throw_away(by=HOUSE, at=AT, reference=reference)
    assert not Import.objects.exists()
    reference = loaded(PEOPLE)
    with nothing_written(), pytest.raises(Refusal):
        imports.throw_away(by=HOUSE, at=AT, reference=reference)


def test_lists_show_the_newest_first_and_cost_one_query(django_assert_num_queries):
    first, second = brought(PEOPLE), brought(PEOPLE + "e3,C,\n")
    with django_assert_num_queries(1):
        rows = imports.listed(viewer=HOUSE, at=AT, params={}).rows
    assert [row.reference for row in rows] == [second, first]
    assert imports.listed(viewer=HOUSE, at=AT, params={"sort": "-brought", "state": "LOADED"}).rows == ()


# --- taking back -------------------------------------------------------------------------------------------------------


@pytest.fixture
def house():
    for code in ("jkl", "abc", "xyz"):
        given_company(code, country="NL")
    given_holding("jkl", "abc", 80)
    given_unit("abc-it", "abc")
    given_employee("maya", "abc", unit="abc-it")
    return facts()


FILES = {
    "companies": "id,name,currency,country\nnew,New Company,EUR,NO\nabc,ABC Retail,EUR,NO\n",
    "people": "id,name,email\ne1,Åse Dahl,\nmaya,Maya Lund,maya@example.org\n",
    "units": f"id,company,name,valid_from\nabc-hr,abc,HR,2020-01-01\nabc-it,xyz,IT,{LONG_AGO}\n",
    "holdings": f"id,owner,owned,percent,valid_from\njkl-abc,jkl,abc,60,{LONG_AGO}\njkl-xyz,jkl,xyz,60,\n",
    "work_relationships": f"id,person,company,kind,job_title,valid_from\nmaya-abc,maya,abc,PART_TIME,Clerk,{LONG_AGO}\n",
    "names": f"party,name,valid_from,valid_until\nabc,ABC then,,{LONG_AGO}\nabc,ABC now,{LONG_AGO},\n",
    "events": "id,kind,day,parties\nm-1,MERGER,2026-03-01,abc-it=abc\n",
}


@pytest.mark.parametrize("sort", FILES)
def test_an_import_nobody_has_used_is_taken_back_and_all_is_known_as_before(house, sort):
    reference = loaded(FILES[sort], sort=sort)
    assert facts() != house
    rows = undone(reference, source="wrong file")
    assert facts() == house
    assert rows == ImportedRow.objects.count()
    view = seen(reference)
    assert (view.state, view.undone_at) == (ImportState.UNDONE, LATER)
    assert AuditRow.objects.get(act="kit.undo_import").facts == {"rows": rows, "source": "wrong file"}
    assert len(outbox.announced(WorldImportUndone)) == 1
    with nothing_written(), pytest.raises(Refusal) as refused:
        undone(reference)
    assert refused.value.reason.code == "import_not_waiting"


def test_what_was_known_in_between_stays_known_of_things_that_were_there_before(house):
    reference = loaded(FILES["holdings"], sort="holdings")
    undone(reference)
    known = Holding.objects.filter(code="jkl-abc").order_by("known_from", "pk")
    assert [(str(h.votes), h.known_from == AT, h.known_until) for h in known] == [
        ("4/5", True, AT),
        ("3/5", True, LATER),
        ("4/5", False, None),
    ]


USES = {
    "access.User": lambda: given_user("e1", person="e1"),
    "parties.WorkRelationship": lambda: given_work("e1", "abc"),
    "parties.Holding": lambda: given_holding("e1", "abc", 10),
}


@pytest.mark.parametrize("table", USES)
def test_an_import_that_is_used_stays_and_says_by_whom(house, table):
    reference = loaded(FILES["people"])
    USES[table]()
    with nothing_written(), pytest.raises(Refusal) as refused:
        undone(reference)
    assert refused.value.reason.code == "import_in_use"
    assert refused.value.reason.facts == {"table": table, "count": 1}


def test_an_import_that_was_corrected_since_stays(house):
    reference = loaded(FILES["holdings"], sort="holdings")
    operations.end_holding(by=HOUSE, at=LATER, holding="jkl-xyz", valid_until=ON)
    with nothing_written(), pytest.raises(Refusal) as refused:
        undone(reference)
    assert refused.value.reason.code == "import_changed_since"
    assert refused.value.reason.facts == {"table": "parties.Holding", "count": 1}


def test_an_import_whose_names_were_changed_since_stays(house):
    reference = loaded(FILES["people"])
    operations.rename_party(by=HOUSE, at=LATER, party="maya", name="Maya Berg")
    with nothing_written(), pytest.raises(Refusal) as refused:
        undone(reference)
    assert refused.value.reason.code == "import_changed_since"


def test_an_import_that_carries_others_is_not_taken_back_under_them(house):
    units = loaded(FILES["units"], sort="units")
    loaded("id,person,company,unit,kind\nw,maya,abc,abc-hr,AGENT\n", sort="work_relationships")
    with nothing_written(), pytest.raises(Refusal) as refused:
        undone(units)
    assert refused.value.reason.facts["table"] == "parties.WorkRelationship"


def test_likely_columns_are_found_by_name_by_other_names_and_by_parts_of_them():
    sort = imports._sort("people")
    assert imports.suggested(sort, ["Ansattnummer", "Navn", "E-post"]) == {
        "id": "Ansattnummer",
        "name": "Navn",
        "email": "E-post",
    }
    assert imports.suggested(sort, ["employee_id", "Display Name", "work email"]) == {
        "id": "employee_id", "name": "Display Name", "email": "work email",
    }  # fmt: skip
    assert imports.suggested(sort, ["x", "", "y"]) == {}


def test_the_house_itself_may_load_where_nobody_signed_in_asked():
    assert imports._actor(Import(user=None), AT) == Actor.system("import")
