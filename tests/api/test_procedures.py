"""A department says over HTTP how it works, and follows it on a case."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.builders import AT
from tests.cast import INES, MAYA, SITI, TOR
from tests.desk.asked import given_desk
from tests.desk.stepped import STEPS, given_request

from inward.desk import operations
from inward.desk.operations import Ask
from inward.kit import clock

SAID = {
    "supplier": "abc-it",
    "name": "Hand out a laptop",
    "owner": TOR.code,
    "review_by": "2027-06-01",
    "requests": ["laptop"],
    "steps": STEPS,
}


def given_case(house, caller):
    given_desk(house)
    given_request()
    siti = caller(SITI)
    assert siti.put("/standard-procedures/laptop-out", SAID).status_code == 204
    ask = Ask(request_type="laptop", answers={"old": "NO"})
    return siti, operations.open_case(by=house.actor(MAYA), at=clock.now(), key="one", ask=ask).reference


def act(caller, case, what, step, **more):
    body = {"procedure": "laptop-out", "step": step, **more}
    return caller.post(f"/cases/{case}/steps/{what}", body, key=f"{what} {step} {more}").status_code


def test_steps_are_followed_on_a_case(house, caller):
    _siti, case = given_case(house, caller)
    tor, ines, maya = caller(TOR), caller(INES), caller(MAYA)
    assert act(tor, case, "done", "cells", evidence="9") == 422
    assert act(tor, case, "done", "cells", evidence="12") == 204
    assert act(tor, case, "done", "hand") == 204
    assert act(tor, case, "sign", "hand") == 422
    assert act(ines, case, "sign", "hand") == 204
    seal = {"files": SimpleUploadedFile("seal.pdf", b"%PDF-1.7"), "procedure": "laptop-out", "step": "seal"}
    assert tor.client.post(f"/api/v1/cases/{case}/steps/files", seal).status_code == 204
    assert act(tor, case, "take-back", "seal", words="wrong seal") == 204
    assert act(tor, case, "skip", "seal", words="none left") == 204
    (run,) = tor.get(f"/cases/{case}/procedures").json()["runs"]
    assert (run["procedure"], run["left"]) == ("laptop-out", 0)
    assert {each["step"]["id"]: (each["need"], each["state"]) for each in run["steps"]} == {
        "wipe": ("NOT_ASKED", None),
        "cells": ("ASKED", "DONE"),
        "swap": ("NOT_ASKED", None),
        "seal": ("ASKED", "SKIPPED"),
        "hand": ("ASKED", "DONE"),
    }
    assert maya.get(f"/cases/{case}/procedures").status_code == 404
    assert act(maya, case, "done", "seal") == 404


def test_versions_are_compared_and_figures_told(house, caller):
    siti, case = given_case(house, caller)
    act(caller(TOR), case, "done", "cells", evidence="12")
    fewer = {**SAID, "steps": STEPS[:-1], "valid_from": "2026-12-01"}
    assert siti.put("/standard-procedures/laptop-out", fewer).status_code == 204
    versions = siti.get("/standard-procedures/laptop-out").json()["versions"]
    keys = {len(each["steps"]): each["key"] for each in versions}
    path = f"/standard-procedures/laptop-out/differences?one={keys[5]}&other={keys[4]}"
    told = siti.get(path).json()["differences"]
    assert [(each["change"], each["before"]["id"], each["after"]) for each in told] == [("REMOVED", "hand", None)]
    figures = siti.get("/standard-procedures/laptop-out/figures").json()
    assert {each["step"]: each["count"] for each in figures["steps"]}["cells"] == 1
    assert siti.get("/standard-procedures?sort=-review").json()["items"][0]["overdue"] is False
    end = {"valid_until": "2027-01-01"}
    assert siti.post("/standard-procedures/laptop-out/end", end).status_code == 204
    assert siti.get("/standard-procedures?on=2027-01-01").json()["items"] == []


def test_a_procedure_nobody_looked_at_again_is_overdue_the_day_after(house, caller):
    given_desk(house)
    given_request()
    siti = caller(SITI)
    assert siti.put("/standard-procedures/laptop-out", {**SAID, "review_by": "2026-11-24"}).status_code == 204
    (row,) = siti.get("/standard-procedures").json()["items"]
    assert row["overdue"] is False
    with clock.shifted(AT + timedelta(hours=20)):
        (row,) = siti.get("/standard-procedures?review_before=2026-11-25").json()["items"]
        assert row["overdue"] is True
    assert siti.get("/standard-procedures?review_before=2026-11-24").json()["items"] == []
