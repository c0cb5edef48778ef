"""Families of offerings: said whole, in one act; whoever is left out stands alone again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from inward.catalogue import policy, queries
from inward.catalogue.changing import note, offering_of, waiting
from inward.catalogue.models import CODE_LENGTH_MAX, Family, Offering
from inward.catalogue.operations.offerings import NAME_LENGTH_MAX
from inward.core.terms import Reason, Refusal
from inward.core.terms.reading import Fields
from inward.kit.actor import Actor
from inward.kit.intake import Row, RowProblem, Tables
from inward.kit.policy import NotThere, require
from inward.kit.undoing import Journal
from inward.parties.operations.bringing import Bringing, RowsReport

FEATURES_MAX, VARIANTS_MAX, VALUE_LENGTH_MAX = 3, 200, 60
VARIANT_COLUMNS = ("family", "name", "item", "choice")
VARIANT_REQUIRED = ("family", "item", "choice")


def set_family(
    *,
    by: Actor,
    at: datetime,
    code: str,
    name: str,
    features: Sequence[str],
    variants: Mapping[str, Sequence[str]],
    source: str = "",
    journal: Journal | None = None,
) -> None:
    """Say of a family what it is called, in what its variants differ, and which they are, in their order: by offering the value of
    each feature.

    1. Refuse what policy refuses; features, values or a name that are none; offerings of another supplier, kind or family, and
       two with the same values.
    2. Write: the family, its variants, and that those left out stand alone.  3. Bump, audit, announce.
    Raises Refused, Refusal, NotThere (no such offering).
    """
    name, features = " ".join(name.split()), tuple(" ".join(each.split()) for each in features)
    chosen = {item: tuple(" ".join(each.split()) for each in values) for item, values in variants.items()}
    _check(code, name, features, chosen)
    rows = [offering_of(item) for item in chosen]
    for row in rows:
        require(policy.may_price(by, supplier=row.supplier.code, on=at.date()))
    with waiting():
        known = Family.objects.select_related("supplier").filter(code=code).first()
        if known is not None:
            require(policy.may_price(by, supplier=known.supplier.code, on=at.date()))
        _check_alike(rows, known, name)
        if _stands(known, name, features, chosen):
            return
        family = _written(known, code, name, features, rows[0], journal)
        left_out = Offering.objects.filter(family=family).exclude(code__in=chosen)
        for row in left_out:
            _stand(row, None, None, None, journal)
        for place, row in enumerate(rows, 1):
            _stand(row, family, place, list(chosen[row.code]), journal)
        facts = {"name": name, "features": list(features), "source": source}
        facts["variants"] = [f"{item}: {', '.join(values)}" for item, values in chosen.items()]
        note(by, at, "set_family", "family", f"family {code}", facts)


def remove_family(*, by: Actor, at: datetime, code: str, source: str = "") -> None:
    """Remove a family; its variants stand alone again, each with a card of its own.

    1. NotThere for none; refuse what policy refuses.   2. Write.   3. Bump, audit, announce.
    Raises Refused, NotThere.
    """
    found = Family.objects.select_related("supplier").filter(code=code).first()
    if found is None:
        raise NotThere
    require(policy.may_price(by, supplier=found.supplier.code, on=at.date()))
    with waiting():
        Offering.objects.filter(family=found).update(family=None, place=None, choice=None)
        found.delete()
        note(by, at, "remove_family", "family", f"family {code}", {"name": found.name, "source": source})


def import_variants(
    *,
    by: Actor,
    at: datetime,
    tables: Tables,
    good_rows: bool = False,
    dry_run: bool = False,
    source: str = "",
    journal: Journal | None = None,
) -> RowsReport:
    """Bring in families, a variant on each row; a family that is named is what its rows say, others stay as they are.

    1. Refuse whoever looks after nothing.   2. Each family by ``set_family``, with all that it refuses.
    3. Undo all of it where a row was refused, unless ``good_rows``, and on a dry run.
    Raises Refused.
    """
    require(policy.may_price_something(by, on=at.date()))
    coming = _Variants(by, at, source)
    coming.journal = journal or Journal()
    return coming.bring(tables.get("variants", ()), good_rows=good_rows, dry_run=dry_run)


class _Variants(Bringing):
    fields: ClassVar = VARIANT_COLUMNS
    required: ClassVar = VARIANT_REQUIRED
    blamed: ClassVar = "item"
    journal: Journal

    def all(self, rows: Iterable[Row | RowProblem]) -> None:
        """The rows of each family together, in the order in which families and rows come."""
        families: dict[str, list[Row]] = {}
        for row in rows:
            assert isinstance(row, Row)  # what could not be read was told before
            families.setdefault(str(row.values["family"]).strip(), []).append(row)
        for of_one in families.values():
            self._family = of_one
            self.one(of_one[-1], self._said)

    def named(self, row: Row) -> str:
        """The item."""
        return str(row.values.get("item", ""))

    def _said(self, _last: Fields) -> None:
        rows = [Fields({name: value for name, value in row.values.items() if value}) for row in self._family]
        code = rows[0].text("family").strip()
        name = next((each.text("name") for each in rows if each.has("name")), code)
        said = [(_item(each), _choice(each)) for each in rows]
        features = tuple(said[0][1])
        for _named, choice in said:
            if tuple(choice) != features:
                raise Refusal(Reason.of("variant_features_differ", features=", ".join(features)), where="choice")
        twice = next((item for place, (item, _) in enumerate(said) if item in dict(said[:place])), None)
        if twice is not None:
            raise Refusal(Reason.of("variant_named_twice", offering=twice), where="item")
        new = not Family.objects.filter(code=code).exists()
        set_family(
            by=self.by,
            at=self.at,
            code=code,
            name=name,
            features=features,
            variants={item: tuple(choice.values()) for item, choice in said},
            source=self.source,
            journal=self.journal,
        )
        self.added += new
        self.changed += not new


def _item(fields: Fields) -> str:
    item = fields.text("item").strip()
    if item not in queries.offering_keys():
        fields.refuse("item", "id_unknown", id=item)
    return item


def _choice(fields: Fields) -> dict[str, str]:
    """“Colour: red; Size: M” as values by feature."""
    found: dict[str, str] = {}
    for part in fields.text("choice").split(";"):
        feature, mark, value = part.partition(":")
        if not mark or feature.strip() in found:
            fields.refuse("choice", "variant_choice_unfit", choice=fields.text("choice")[:_SHOWN])
        found[feature.strip()] = value.strip()
    return found


def _check(code: str, name: str, features: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> None:
    if not code.strip() or len(code) > CODE_LENGTH_MAX:
        raise Refusal(Reason.of("field_missing"), where="code")
    if not name or len(name) > NAME_LENGTH_MAX:
        raise Refusal(Reason.of("name_not_usable", most=NAME_LENGTH_MAX), where="name")
    if not 1 <= len(features) <= FEATURES_MAX or len({*features}) < len(features) or not all(map(_usable, features)):
        raise Refusal(Reason.of("family_features_unfit", most=FEATURES_MAX, length=VALUE_LENGTH_MAX), where="features")
    if not 1 <= len(chosen) <= VARIANTS_MAX:
        raise Refusal(Reason.of("family_variants_unfit", most=VARIANTS_MAX), where="variants")
    seen: dict[tuple[str, ...], str] = {}
    for item, values in chosen.items():
        if len(values) != len(features) or not all(map(_usable, values)):
            reason = Reason.of("variant_values_unfit", offering=item, features=", ".join(features))
            raise Refusal(reason, where="variants")
        other = seen.setdefault(tuple(values), item)
        if other != item:
            reason = Reason.of("variants_alike", offering=item, other=other, values=", ".join(values))
            raise Refusal(reason, where="variants")


def _usable(word: str) -> bool:
    return 0 < len(word) <= VALUE_LENGTH_MAX


def _check_alike(rows: Sequence[Offering], known: Family | None, name: str) -> None:
    """One supplier and one kind for all of them, and nobody else's variants."""
    first = rows[0]
    supplier = first.supplier_id if known is None else known.supplier_id
    for row in rows:
        if row.supplier_id != supplier or row.kind != first.kind:
            raise Refusal(Reason.of("variant_of_another", offering=row.name, family=name), where="variants")
        if row.family_id is not None and (known is None or row.family_id != known.pk):
            raise Refusal(Reason.of("variant_elsewhere", offering=row.name), where="variants")


def _stands(known: Family | None, name: str, features: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> bool:
    """Whether the family says just that already."""
    if known is None or (known.name, known.features) != (name, list(features)):
        return False
    now = [(row.code, tuple(row.choice or ())) for row in Offering.objects.filter(family=known).order_by("place")]
    return now == [(item, tuple(values)) for item, values in chosen.items()]


def _written(
    known: Family | None, code: str, name: str, features: Sequence[str], first: Offering, journal: Journal | None
) -> Family:
    if known is None:
        made = Family.objects.create(code=code, supplier_id=first.supplier_id, name=name, features=list(features))
        if journal is not None:
            journal.added(Family, [made.pk])
        return made
    before = {"name": known.name, "features": known.features}
    known.name, known.features = name, list(features)
    known.save(update_fields=["name", "features"])
    if journal is not None:
        journal.changed(Family, known.pk, before, {"name": name, "features": list(features)})
    return known


def _stand(
    row: Offering, family: Family | None, place: int | None, choice: list[str] | None, journal: Journal | None
) -> None:
    """Put an offering at its place in a family, or alone."""
    before = {"family_id": row.family_id, "place": row.place, "choice": row.choice}
    after = {"family_id": None if family is None else family.pk, "place": place, "choice": choice}
    Offering.objects.filter(pk=row.pk).update(**after)
    if journal is not None and before != after:
        journal.changed(Offering, row.pk, before, after)


_SHOWN = 60
