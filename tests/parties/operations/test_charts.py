"""A chart of who leads whom comes in with units and work: heads, teams and what stands in what, or nothing of it."""

from datetime import UTC, datetime

import pytest

from inward.kit.actor import Actor
from inward.kit.intake import read_directory
from inward.parties import graph as leaders
from inward.parties import leading, operations, queries
from inward.parties.models import HeadOfPlace
from inward.parties.treepaths import levels_of
from inward.parties.worldfiles import LOADED

HOUSE = Actor.system("test")
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ON = AT.date()
FILES = {
    "companies": "id,name,currency\nabc,ABC,NOK\nxyz,XYZ,NOK\n",
    "units": "id,company,parent,name\nshops,abc,,Shops\ntill,abc,shops,Till\nstore,abc,,Store\nlab,xyz,,Lab\n",
    "people": "id,name\n"
    + "".join(f"{name},{name.title()}\n" for name in ("ada", "bo", "cy", "di", "ed", "fay", "gus")),
    "work_relationships": (
        "id,person,company,unit,kind,last_day\n"
        "w1,ada,abc,,FULL_TIME,\nw2,bo,abc,shops,FULL_TIME,\nw3,cy,abc,till,FULL_TIME,\nw4,di,abc,store,FULL_TIME,\n"
        "w5,ed,abc,store,FULL_TIME,\nw6,fay,xyz,lab,FULL_TIME,\nw7,gus,abc,,FULL_TIME,\nw8,cy,abc,store,FULL_TIME,2020-12-31\n"
    ),
    "chart": "person,manager,team\nada,,\nbo,ada,\ncy,bo,\ndi,bo,\ned,di,Night shift\nfay,bo,\ngus,bo,\n",
}


def loaded(folder, *, good_rows=False, **changed):
    for name, text in {**FILES, **changed}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return operations.import_world(by=HOUSE, at=AT, tables=read_directory(folder, LOADED), good_rows=good_rows)


def managers():
    graph = leading.graph()
    return {person: leaders.managers_of(graph, person, ON)[0].manager for person in sorted(queries.world().person)}


def test_managers_become_heads_of_places_and_of_teams(db, tmp_path):
    assert loaded(tmp_path).report.problems == ()
    wanted = {"ada": None, "bo": "ada", "cy": "bo", "di": "bo", "ed": "di", "fay": None, "gus": "bo"}
    assert managers() == wanted, "whoever heads a company is led by nobody there, though its chart goes on in another"
    graph = leading.graph()
    led = {place: leaders.head_of(graph, place, ON) for place in ("abc", "shops", "till", "store", "xyz", "lab")}
    assert led == {"abc": "ada", "shops": "bo", "till": "cy", "store": "di", "xyz": "fay", "lab": "fay"}
    units = {unit.id: (unit.company, unit.parent, unit.name) for unit in queries.world().units}
    assert units["abc-bo"] == ("abc", None, "ABC (bo)")
    assert units["till"] == ("abc", "shops", "Till")
    assert units["store"] == ("abc", "shops", "Store")
    assert set(units) == {"shops", "till", "store", "lab", "abc-bo"}


def test_a_team_of_a_long_place_and_a_long_leader_still_has_a_code_and_a_name_of_its_own(db, tmp_path):
    """PostgreSQL keeps no code of more than 120 letters, and an export of one could not be loaded again."""
    unit, leaders_of_it = "u" * 110, ["p" * 110 + end for end in "ab"]
    people = [*leaders_of_it, "c", "d"]
    done = loaded(
        tmp_path,
        companies="id,name,currency\nabc,ABC,NOK\n",
        units=f"id,company,parent,name\n{unit},abc,,{'U' * 190}\n",
        people="id,name\n" + "".join(f"{person},{person[-1]}\n" for person in ["top", *people]),
        work_relationships="id,person,company,unit,kind\nw0,top,abc,,FULL_TIME\n"
        + "".join(f"w-{person[-1]},{person},abc,{unit},FULL_TIME\n" for person in people),
        chart="person,manager\ntop,\n"
        + "".join(f"{leader},top\n{led},{leader}\n" for leader, led in zip(leaders_of_it, "cd", strict=True)),
    )
    assert done.report.problems == ()
    assert {person: managers()[person] for person in "cd"} == dict(zip("cd", leaders_of_it, strict=True))
    teams = [each for each in queries.world().units if each.parent == unit]
    assert [len(each.id) for each in teams] == [120, 120]
    assert sorted(each.name[-3:] for each in teams) == ["pa)", "pb)"]
    assert {len(each.name) for each in teams} == {200}


def test_a_head_that_the_files_name_stays(db, tmp_path):
    assert loaded(tmp_path, heads="place,person\nstore,ed\n").report.problems == ()
    assert HeadOfPlace.objects.filter(place__code="store").values_list("person__code", flat=True).get() == "ed"


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        (
            "person,manager\nada,bo\nbo,ada\ncy,bo\n",
            [(2, "manager", "chart_in_circle"), (3, "manager", "chart_in_circle")],
        ),
        ("person,manager\nada,\nbo,zoe\n", [(3, "manager", "chart_leader_unknown")]),
        (
            "person,manager\nada,\nbo,ada\nbo,ada\n",
            [(3, "person", "chart_person_twice"), (4, "person", "chart_person_twice")],
        ),
        ("person,manager\nada,\nzoe,ada\n", [(3, "person", "chart_person_without_work")]),
        ("person,path\nada,/\nbo,/1/\ncy,/1/\n", [(3, "path", "chart_place_twice"), (4, "path", "chart_place_twice")]),
        ("person,path\nada,/\nbo,/1/2/\n", [(3, "path", "chart_place_above_empty")]),
        ("person,path\nada,\nbo,5Z\n", [(3, "path", "path_unreadable")]),
        ("person,manager,path\nada,,\nbo,ada,/1/\n", [(3, "manager", "chart_says_both")]),
    ],
)
def test_a_chart_that_cannot_be_is_told_by_row_and_draws_nothing(db, tmp_path, chart, told):
    outcome = loaded(tmp_path, chart=chart)
    assert [(p.file, p.line, p.column, p.code) for p in outcome.report.problems] == [
        ("chart.csv", *each) for each in told
    ]
    assert (outcome.written, queries.world().units) == (False, ())
    loaded(tmp_path, good_rows=True, chart=chart)
    if told[0][2] not in (
        "path_unreadable",
        "chart_says_both",
    ):  # a row that cannot be read is left out, as of every file
        assert not HeadOfPlace.objects.exists()


def test_packed_paths_are_read_level_by_level():
    assert [len(levels_of(path)) for path in ("", "58", "5AC0", "5AD6", "5AE158", "/", "/1/2/")] == [
        0,
        1,
        2,
        3,
        4,
        0,
        2,
    ]
    assert levels_of("5AE158")[:3] == levels_of("5AE1")
    assert len(levels_of("62C0")) == 1, "a dot within a level ends none"
    for unreadable in ("08", "6", "50", "xy", "F8"):
        with pytest.raises(ValueError, match=r".*"):
            levels_of(unreadable)
