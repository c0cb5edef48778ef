"""What registers say lies on a shelf; the world takes what they say of companies that are known, and never by a name."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import AT, HOUSE, given_actor, given_company, given_holding, nothing_written

from inward.core.classification import Band, CompanyKind, RightKind
from inward.kit.actor import NOBODY
from inward.kit.models import AuditRow
from inward.kit.policy import Refused
from inward.parties import matching, operations, queries
from inward.parties.matching import Proposal, band_of, band_text, fit
from inward.parties.models import ControlRight, Holding, Party, RegisterEntity, RegisterFact
from inward.parties.operations import registers
from inward.parties.sources.rows import Entity, Evidence, Finding, Gone, Right, Said, Share

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
SINCE = date(2020, 1, 1)
MAJORITY = Band(Fraction(1, 2), Fraction(3, 4), low_open=True, high_open=True)


def at(record: int = 1) -> Evidence:
    return Evidence("BODS", "package.json", record, f"statement-{record}", datetime(2024, 1, 1, tzinfo=UTC))


def entity(code: str, name: str = "Works Ltd", **more: Any) -> Entity:
    return Entity(code, name, at(), **more)


def share(key: str, owner: str, owned: str, **more: Any) -> Share:
    return Share(key, owner, owned, at(2), **{"votes": MAJORITY, "since": SINCE, **more})


def shelve(*said: Said, source: str = "bods", **more: Any) -> operations.ShelfReport:
    return operations.shelve_register(by=HOUSE, at=AT, source=source, said=said, **more)


def adopt(source: str = "bods", when: datetime = LATER, **more: Any) -> operations.AdoptReport:
    return operations.adopt_register(by=HOUSE, at=when, source=source, **more)


@pytest.fixture
def two() -> Iterable[None]:
    """a and b, known by their register numbers."""
    given_company("a", "Alpha Ltd", register_number="111", country="GB")
    given_company("b", "Beta Ltd", register_number="222", country="GB")
    return


def known(a: str = "ra", b: str = "rb") -> tuple[Entity, Entity]:
    return (
        entity(a, "Alpha", register="GB-COH", register_number="111", country="GB"),
        entity(b, "Beta", register="GB-COH", register_number="222", country="GB"),
    )


class TestTheShelf:
    def test_it_keeps_what_is_said_with_its_place_and_decides_nothing(self) -> None:
        before = queries.world().version

        report = shelve(entity("e", lei="LEI", kind=CompanyKind.FUND), share("s", "x", "e"))

        assert (report.entities, report.facts, report.changed, report.gone, report.findings) == (1, 1, 2, 0, ())
        row, fact = RegisterEntity.objects.get(), RegisterFact.objects.get()
        assert (row.source, row.code, row.lei, row.kind, row.place) == ("bods", "e", "LEI", "FUND", "package.json:1")
        assert (fact.subject, fact.holder, fact.right, fact.votes, fact.capital) == ("e", "x", "", "(1/2, 3/4)", "")
        assert (fact.valid_from, fact.reference, fact.said_at) == (
            SINCE,
            "statement-2",
            datetime(2024, 1, 1, tzinfo=UTC),
        )
        assert queries.world().version == before
        assert not Party.objects.exists()
        assert AuditRow.objects.filter(act="parties.shelve_register", thing="register bods").count() == 1

    def test_the_same_file_again_changes_nothing_and_another_word_changes_its_row(self) -> None:
        said = (entity("e"), share("s", "x", "e"))
        shelve(*said)

        assert shelve(*said).changed == 0
        assert shelve(entity("e", "Renamed"), said[1]).changed == 1
        assert RegisterEntity.objects.get().name == "Renamed"

    def test_what_is_taken_back_goes_and_of_one_key_the_last_word_stands(self) -> None:
        shelve(entity("e"), share("s", "x", "e"))

        report = shelve(Gone("s", at()), entity("f", "First"), entity("f", "Last"), Gone("nothing", at()))

        assert report.gone == 1
        assert not RegisterFact.objects.exists()
        assert [row.name for row in RegisterEntity.objects.filter(code="f")] == ["Last"]

    def test_another_source_of_the_same_keys_stays(self) -> None:
        shelve(entity("e"))
        shelve(entity("e", "Otherwise"), source="gleif")
        shelve(Gone("e", at()), source="gleif")

        assert [(row.source, row.name) for row in RegisterEntity.objects.all()] == [("bods", "Works Ltd")]

    def test_findings_are_counted_and_the_first_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(registers, "FINDINGS_MAX", 1)
        finding = Finding(at(), "source_record_unknown")

        report = shelve(finding, finding, entity("x" * 121))

        assert report.findings == (finding,)
        assert report.found == {"source_record_unknown": 2, "code_not_usable": 1}
        assert not RegisterEntity.objects.exists()

    def test_piles_are_written_one_by_one_with_progress(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(registers, "_AT_ONCE", 2)
        told: list[int] = []

        shelve(*(entity(f"e{number}") for number in range(5)), progress=told.append)

        assert told == [2, 4, 5]
        assert RegisterEntity.objects.count() == 5

    def test_a_dry_run_reads_all_and_writes_nothing(self) -> None:
        with nothing_written():
            report = shelve(entity("e"), share("s", "x", "e"), dry_run=True)
        assert (report.entities, report.facts, report.changed) == (1, 1, 0)

    @pytest.mark.parametrize(
        ("band", "text"),
        [
            (None, ""),
            (MAJORITY, "(1/2, 3/4)"),
            (Band(Fraction(0), Fraction(1), low_open=True), "(0, 1]"),
            (Band(Fraction(1, 3), Fraction(1, 3)), "[1/3, 1/3]"),
        ],
    )
    def test_a_band_is_kept_exactly(self, band: Band | None, text: str) -> None:
        assert band_text(band) == text
        assert band_of(text) == band


@pytest.mark.usefixtures("two")
class TestTheWorld:
    def test_it_takes_a_share_between_known_companies_with_source_and_evidence(self) -> None:
        shelve(*known(), share("rel:1", "ra", "rb"))

        report = adopt()

        fact = Holding.objects.current().get()
        assert (fact.code, fact.owner.code, fact.owned.code) == ("bods:rel:1", "a", "b")
        assert (fact.votes, fact.votes_high, fact.votes_low_open, fact.votes_high_open) == (
            *(Fraction(1, 2), Fraction(3, 4)),
            *(True, True),
        )
        assert (fact.register, fact.rank, fact.valid_from) == ("bods", "SUPPLIED", SINCE)
        assert fact.source == "bods package.json:2 statement-2"
        assert (report.matched.matched, report.world.added, report.withdrawn) == (2, 1, 0)

    def test_again_it_changes_nothing_and_what_is_said_no_longer_is_withdrawn(self) -> None:
        shelve(*known(), share("s", "ra", "rb"))
        adopt()
        with nothing_written():
            adopt()

        shelve(Gone("s", at()))
        report = adopt(when=LATER + timedelta(hours=1))

        assert report.withdrawn == 1
        assert not Holding.objects.current().exists()
        assert Holding.objects.count() == 1  # what was known stays known to have been

    def test_votes_that_are_not_told_are_presumed_and_say_so(self) -> None:
        half = Band(Fraction(3, 5), Fraction(3, 5))
        shelve(*known(), share("s", "ra", "rb", votes=None, capital=half))

        adopt()

        fact = Holding.objects.current().get()
        assert (fact.votes, fact.votes_high, fact.capital) == (Fraction(3, 5), None, None)
        assert fact.source.startswith("votes as capital; bods")

    def test_capital_beside_votes_is_kept(self) -> None:
        shelve(*known(), share("s", "ra", "rb", capital=Band(Fraction(1, 4), Fraction(1, 4))))

        adopt()

        assert Holding.objects.current().get().capital == Fraction(1, 4)

    def test_powers_and_what_is_known_of_parents_become_rights(self) -> None:
        shelve(
            *known(),
            Right("c", "rb", RightKind.CONTRACT, at(), "ra", SINCE),
            Right("u", "ra", RightKind.UNKNOWN_PARENT, at()),
        )

        adopt()

        told = {
            (fact.kind, fact.target.code, fact.holder and fact.holder.code) for fact in ControlRight.objects.current()
        }
        assert told == {("CONTRACT", "b", "a"), ("UNKNOWN_PARENT", "a", None)}

    def test_our_own_word_stays_and_decides(self) -> None:
        given_holding("a", "b", 30)
        shelve(*known(), share("s", "ra", "rb"))

        adopt()

        assert Holding.objects.current().count() == 2
        assert [holding.votes for holding in queries.world().holdings] == [Fraction(3, 10)]

    def test_a_name_alone_is_a_proposal_and_brings_nothing_in(self) -> None:
        given_company("c", "Gamma, Ltd")
        shelve(*known(), entity("rc", "GAMMA LTD", country="NO", register_number="9"), share("s", "ra", "rc"))

        report = adopt()

        assert report.matched.proposals == (Proposal("rc", "GAMMA LTD", "NO", "9", ("c",)),)
        assert report.matched.left_out == 1
        assert not Holding.objects.exists()

    def test_an_end_of_which_the_shelf_tells_nothing_is_a_proposal_too(self) -> None:
        shelve(*known(), share("s", "somebody", "ra"))

        assert adopt().matched.proposals == (Proposal("somebody", "", "", ""),)

    def test_the_same_number_in_another_country_is_another_company(self) -> None:
        shelve(entity("ra", "Alpha", register_number="111", country="NO"), share("s", "ra", "b"))

        assert [proposal.code for proposal in adopt().matched.proposals] == ["ra"]

    def test_a_number_that_two_companies_have_decides_nothing(self) -> None:
        given_company("a2", "Alpha Two", register_number="111", country="GB")
        shelve(*known(), share("s", "ra", "rb"))

        assert [proposal.code for proposal in adopt().matched.proposals] == ["ra"]

    def test_the_filer_of_a_list_is_named_by_our_code(self) -> None:
        shelve(entity("a/works", "Works"), share("a/works", "a", "a/works"), source="exhibit21")

        report = adopt("exhibit21")

        assert [proposal.code for proposal in report.matched.proposals] == ["a/works"]

    def test_companies_tied_to_known_ones_come_in_when_asked_and_others_do_not(self) -> None:
        shelve(
            *known(),
            entity("rc", "Gamma", lei="LEIOFGAMMA", country="NO", register_number="9", kind=CompanyKind.FUND),
            entity("rd", "Delta"),
            entity("far", "Far"),
            entity("nameless", ""),
            *(share("1", "rb", "rc"), share("2", "rc", "rd"), share("3", "far", "farther")),
            share("4", "nameless", "rd", votes=Band(Fraction(1, 10), Fraction(1, 10))),
        )

        report = adopt(new_companies=True)

        assert {party.code for party in Party.objects.all()} == {"a", "b", "LEIOFGAMMA", "rd"}
        assert {(h.owner, h.owned) for h in queries.world().holdings} == {("b", "LEIOFGAMMA"), ("LEIOFGAMMA", "rd")}
        assert queries.world().company["LEIOFGAMMA"].kind is CompanyKind.FUND
        assert [proposal.code for proposal in report.matched.proposals] == ["nameless"]
        with nothing_written():
            adopt(new_companies=True)

    def test_more_new_companies_than_come_in_at_once_are_proposals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(matching, "NEW_MAX", 1)
        shelve(*known(), entity("rc", "Gamma"), entity("rd", "Delta"), share("1", "rb", "rc"), share("2", "rc", "rd"))

        report = adopt(new_companies=True)

        assert [row.id for row in report.matched.companies] == ["rc"]
        assert [proposal.code for proposal in report.matched.proposals] == ["rd"]

    def test_a_dry_run_tells_and_writes_nothing(self) -> None:
        shelve(*known(), share("s", "ra", "rb"))

        with nothing_written():
            report = adopt(dry_run=True)
        assert (report.world.added, report.world.written) == (1, False)


@pytest.mark.parametrize("who", ["nobody", "keeper"])
def test_only_who_keeps_all_records_brings_a_register_in(who: str) -> None:
    given_company("a")
    by = NOBODY if who == "nobody" else given_actor("keeper", ("DATA_ADMINISTRATOR", "a"))

    with nothing_written(), pytest.raises(Refused):
        operations.shelve_register(by=by, at=AT, source="bods", said=[entity("e")])
    with nothing_written(), pytest.raises(Refused):
        operations.adopt_register(by=by, at=AT, source="bods")


def test_a_code_of_a_source_is_made_fit_for_files_and_addresses() -> None:
    assert fit("/company/01 23/x", 100) == "company-01-23-x"
    assert fit("a" * 9, 4) == "aaaa"
