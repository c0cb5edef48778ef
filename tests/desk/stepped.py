"""A procedure of ABC's IT, attached to a request for a laptop."""

from datetime import date

from tests.builders import AT, HOUSE
from tests.cast import HENK
from tests.desk.asked import given_desk

from inward.desk import operations, procedures
from inward.desk.operations import Upload

REVIEW = date(2027, 6, 1)
PDF = Upload("seal.pdf", b"%PDF-1.7 seal")
STEPS = [
    {"id": "wipe", "title": "Wipe the old one", "when": {"question": "old", "answers": ["YES"]}},
    {"id": "cells", "title": "Measure the cells", "evidence": "VALUE", "unit": "V", "least": "11.1", "most": "12.6"},
    {"id": "swap", "title": "Swap the cells", "when": {"step": "cells", "answers": ["SKIPPED"]}, "evidence": "TEXT"},
    {"id": "seal", "title": "Seal it", "evidence": "FILE", "blocks": False},
    {"id": "hand", "title": "Check it", "evidence": "SIGNED"},
]
QUESTIONS = [{"id": "old", "label": "Do you give one back?", "kind": "YES_NO", "needed": True}]


def given_request(code="laptop", **more):
    operations.set_request(by=HOUSE, at=AT, code=code, queue="it", name="A laptop", fields=QUESTIONS, **more)


def given_procedure(*, by=HOUSE, at=AT, steps=STEPS, code="laptop-out", requests=("laptop",), **more):
    said = {"supplier": "abc-it", "name": "Hand out a laptop", "owner": HENK.code, "review_by": REVIEW} | more
    operations.set_procedure(by=by, at=at, code=code, steps=steps, requests=requests, **said)


def given_steps(house, **queue):
    given_desk(house, **queue)
    given_request()
    given_procedure()


def do(house, who, case, step, *, at, **more):
    operations.do_step(by=house.actor(who), at=at, case=case, procedure="laptop-out", step=step, **more)


def run(house, who, case, *, at):
    (found,) = procedures.runs(viewer=house.actor(who), at=at, reference=case)
    return found


def given_desk_procedure():
    """The department with its queue and its procedure, and nobody who handles anything."""
    operations.set_queue(by=HOUSE, at=AT, code="it", supplier="abc-it", name="IT help")
    given_request()
    given_procedure()
