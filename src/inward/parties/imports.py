"""What files can bring into this room: companies, people, units, ownership, work and calendars, each through ``import_world``.

Registered at start; ``kit.imports`` keeps the files and the reports, the operation checks and writes.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from inward.kit import outbox, versions
from inward.kit.actor import Actor
from inward.kit.imports import Sort, Wanted, register
from inward.kit.policy import require
from inward.parties import calendars, leading, policy, queries
from inward.parties.announcements import WorldImportUndone
from inward.parties.changing import note
from inward.parties.models import (
    Absence,
    ChangeEvent,
    ChangePart,
    ControlRight,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    OwnDay,
    Party,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    StateOfWork,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.operations import import_world
from inward.parties.vocabulary import (
    COMPANY_KIND_LABELS,
    EVENT_LABELS,
    RANK_LABELS,
    RIGHT_LABELS,
    WORK_LABELS,
    PartyKind,
)
from inward.parties.worldfiles import REQUIRED, TABLES

_CALLED = {
    "id": (
        "code",
        "number",
        "key",
        "ref",
        "employee id",
        "employee number",
        "ansattnummer",
        "nummer",
        "codice",
        "kode",
    ),
    "name": ("full name", "display name", "navn", "nome", "nama", "title"),
    "email": ("e mail", "mail", "email address", "e post", "epost", "posta"),
    "person": ("employee", "employee id", "employee number", "ansatt", "ansattnummer", "persona", "orang", "login"),
    "company": ("employer", "legal entity", "entity", "selskap", "firma", "societa", "perusahaan"),
    "unit": ("department", "team", "dept", "avdeling", "enhet", "reparto", "bagian"),
    "parent": ("above", "parent unit", "overordnet", "superiore", "induk"),
    "kind": ("type", "employment type", "contract type", "stillingstype", "contratto", "jenis"),
    "job_title": ("job", "title", "position", "stilling", "mansione", "jabatan"),
    "cost_centre": ("cost center", "kostnadssted", "centro di costo", "pusat biaya"),
    "line_of_business": ("business line", "segment", "forretningsområde", "linea di business", "lini bisnis"),
    "valid_from": ("from", "start", "start date", "since", "hired", "fra", "dal", "sejak", "mulai"),
    "valid_until": ("until", "to", "end", "end date", "left", "til", "al", "sampai"),
    "last_day": ("last", "last working day", "siste dag", "ultimo giorno", "hari terakhir"),
    "owner": ("shareholder", "holder", "eier", "proprietario", "pemilik"),
    "owned": ("subsidiary", "company owned", "eid", "partecipata", "dimiliki"),
    "percent": ("share", "votes", "stake", "andel", "quota", "saham", "persen"),
    "capital_percent": ("capital", "kapital", "capitale", "modal"),
    "low": ("from percent", "at least", "minst", "almeno", "paling sedikit"),
    "high": ("to percent", "at most", "høyst", "al massimo", "paling banyak"),
    "share_class": ("class", "aksjeklasse", "categoria di azioni", "kelas saham"),
    "shares": ("number of shares", "antall aksjer", "numero di azioni", "jumlah saham"),
    "issued": ("shares issued", "utstedte aksjer", "azioni emesse", "saham diterbitkan"),
    "votes_each": ("votes per share", "stemmer per aksje", "voti per azione", "suara per saham"),
    "dividend_each": ("dividend per share", "utbytte per aksje", "dividendo per azione", "dividen per saham"),
    "target": ("controlled", "kontrollert", "controllata", "dikendalikan"),
    "holder": ("controls", "parent", "controller", "morselskap", "controllante", "pengendali"),
    "agreement": ("shareholders agreement", "aksjonæravtale", "patto parasociale", "perjanjian pemegang saham"),
    "register_number": ("registration number", "org number", "organisasjonsnummer", "partita iva", "vat number"),
    "country": ("land", "paese", "negara"),
    "currency": ("valuta", "mata uang"),
    "functional_currency": ("books currency", "book currency"),
    "time_zone": ("timezone", "tidssone", "fuso orario", "zona waktu"),
    "place": ("heads", "department", "unit", "leder for", "dirige", "memimpin"),
    "powers": ("for what", "for hva", "per che cosa", "untuk apa"),
    "party": ("company or department", "calendar of", "kalender for", "calendario di", "kalender untuk"),
    "day": ("date", "dato", "data", "dag", "tanggal"),
    "hours": ("opening hours", "arbeidstid", "orario", "jam kerja"),
    "mon": ("monday", "mandag", "lunedi", "senin"),
    "tue": ("tuesday", "tirsdag", "martedi", "selasa"),
    "wed": ("wednesday", "onsdag", "mercoledi", "rabu"),
    "thu": ("thursday", "torsdag", "giovedi", "kamis"),
    "fri": ("friday", "fredag", "venerdi", "jumat"),
    "sat": ("saturday", "lordag", "sabato", "sabtu"),
    "sun": ("sunday", "sondag", "domenica", "minggu"),
    "holidays_of": ("holidays", "public holidays", "helligdager", "festivita", "hari libur"),
    "region": ("state", "province", "fylke", "regione", "provinsi"),
    "source": ("kilde", "fonte", "sumber"),
}
"""What others call our columns, in the languages of the house, as ``kit.search.folded`` writes it."""


def _written(labels: Mapping[Any, Mapping[str, str]]) -> dict[str, str]:
    """How people write the kinds of something."""
    return {
        word: kind.value
        for kind, words in labels.items()
        for label in (kind.value, *words.values())
        for word in (label, label.lower(), label.capitalize(), label.upper())
    }


KINDS = _written(WORK_LABELS)
"""How people write the kinds of work."""
_RANKS = {"rank": _written(RANK_LABELS)}
_VALUES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "companies": {"kind": _written(COMPANY_KIND_LABELS)},
    "holdings": _RANKS,
    "share_classes": _RANKS,
    "shareholdings": _RANKS,
    "control_rights": {"kind": _written(RIGHT_LABELS), **_RANKS},
    "work_relationships": {"kind": KINDS},
    "events": {"kind": _written(EVENT_LABELS)},
}


@contextmanager
def _undone(*, by: Actor, at: datetime, added: Mapping[str, Collection[int]]) -> Iterator[None]:
    """Refuse whoever no longer looks after it; let the core check what stands then; bump, audit, announce."""
    require(policy.may_administer(by, companies=sorted(_companies(added)), on=at.date()))
    yield
    rows = sum(map(len, added.values()))
    note(by, at, "undo_import", "world", {"rows": rows})
    versions.bump(calendars.VERSION)
    versions.bump(leading.VERSION)
    queries.check_world()
    outbox.announce(WorldImportUndone(rows), by=by, at=at)


def _companies(added: Mapping[str, Collection[int]]) -> set[str]:
    """The companies of which these facts speak."""
    found: set[str] = set()
    for table, columns in (
        (Registration, ("company",)),
        (UnitPlacement, ("company",)),
        (Holding, ("owner", "owned")),
        (WorkRelationship, ("company",)),
    ):
        rows = table._default_manager.filter(pk__in=added.get(table._meta.label, ()))
        for column in columns:
            companies = rows.filter(**{f"{column}__kind": PartyKind.COMPANY.value})
            found.update(companies.values_list(f"{column}__code", flat=True))
    led: tuple[type[HeadOfPlace | DeputyOfPlace], ...] = (HeadOfPlace, DeputyOfPlace)
    for leaders in led:
        rows = leaders._default_manager.filter(pk__in=added.get(leaders._meta.label, ()))
        for place in rows.values_list("place__code", flat=True):
            placed = queries.world().unit.get(place, ())
            found.add(placed[-1].company if placed else place)
    for event in ChangeEvent.objects.filter(pk__in=added.get(ChangeEvent._meta.label, ())):
        found.update(event.companies)
    for name in PartyName.objects.filter(pk__in=added.get(PartyName._meta.label, ())).select_related("party"):
        placed = queries.world().unit.get(name.party.code, ())
        found.add(placed[-1].company if placed else name.party.code)
    return found


def _sort(table: str) -> Sort:
    return Sort(
        name=table,
        wanted=tuple(Wanted(name, name in REQUIRED[table], _CALLED.get(name, ())) for name in TABLES[table]),
        may=lambda actor, on: policy.may_keep_records(actor, on=on),
        sees_all=lambda actor, on: policy.may_administer_everything(actor, on=on),
        bring_in=import_world,
        tables=(
            *(Party, PartyName, Registration, UnitPlacement, Holding, ShareClass, Shareholding, ControlRight),
            *(WorkRelationship, WorkingWeek, OwnDay, HeadOfPlace, DeputyOfPlace, Absence, StateOfWork),
            *(ChangeEvent, ChangePart),
        ),
        line=queries.VERSION,
        undone=_undone,
        values=_VALUES.get(table, {}),
    )


def ready() -> None:
    """Let these be loaded."""
    register(*(_sort(table) for table in TABLES))
