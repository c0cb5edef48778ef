"""What files can bring into this room: categories, offerings, prices, schemes and tax rates, each through ``import_catalogue``.

Registered at start; ``kit.imports`` keeps the files and the reports, the operation checks and writes.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

from inward.catalogue import policy, queries
from inward.catalogue.changing import note
from inward.catalogue.models import Category, Comparable, Family, Offering, OfferingCost, PriceRule, Scheme, TaxRate
from inward.catalogue.operations import TABLES, import_catalogue, import_variants
from inward.catalogue.operations.families import VARIANT_COLUMNS, VARIANT_REQUIRED
from inward.kit import search
from inward.kit.actor import Actor
from inward.kit.imports import Sort, Wanted, register
from inward.kit.policy import Answer, require

_CALLED = {
    "id": ("code", "number", "sku", "item", "item number", "article", "varenummer", "codice", "kode"),
    "name": ("title", "description", "navn", "nome", "nama"),
    "supplier": ("seller", "department", "leverandor", "fornitore", "pemasok"),
    "category": ("group", "kategori", "categoria"),
    "parent": ("above", "overordnet", "superiore", "induk"),
    "cost": ("unit cost", "kostpris", "costo", "biaya"),
    "tax_code": ("vat code", "tax", "avgiftskode", "codice iva", "kode pajak"),
    "value": ("price", "amount", "list price", "pris", "prezzo", "harga"),
    "currency": ("valuta", "mata uang"),
    "customer": ("kunde", "cliente", "pelanggan"),
    "percent": ("rate", "prosent", "aliquota", "persen"),
    "employers": ("employer", "companies", "arbeidsgivere", "datori di lavoro", "pemberi kerja"),
    "work_kinds": ("kinds of work", "contract types", "stillingstyper", "tipi di contratto", "jenis kerja"),
    "tenure_months": ("months", "months of work", "maneder", "mesi", "bulan"),
    "included_items": ("items", "varer", "articoli", "barang"),
    "included_categories": ("categories", "kategorier", "categorie"),
    "allowance_money": ("allowance", "budget", "ramme", "plafond", "jatah"),
    "allowance_currency": ("currency", "valuta", "mata uang"),
    "allowance_units": ("pieces", "pieces a year", "antall", "pezzi", "jumlah"),
    "company": ("selskap", "societa", "perusahaan"),
    "valid_from": ("from", "start", "start date", "fra", "dal", "sejak"),
    "valid_until": ("until", "end", "end date", "til", "al", "sampai"),
    "last_day": ("last", "siste dag", "ultimo giorno", "hari terakhir"),
}
"""What others call our columns, as ``kit.search.folded`` writes it."""
_CALLED_VARIANTS = {
    "family": ("group", "parent", "parent sku", "model", "familie", "famiglia", "keluarga"),
    "name": ("title", "navn", "nome", "nama"),
    "item": ("code", "sku", "variant", "vare", "articolo", "barang"),
    "choice": ("options", "attributes", "values", "valg", "scelta", "pilihan"),
}


@contextmanager
def _undone(*, by: Actor, at: datetime, added: Mapping[str, Collection[int]]) -> Iterator[None]:
    """Refuse whoever no longer looks after it; take what goes away out of the search; let the core check the book that
    stands then; bump, audit, announce.
    """
    for supplier in sorted(_suppliers(added)):
        require(policy.may_price(by, supplier=supplier, on=at.date()))
    gone = list(Offering.objects.filter(pk__in=added.get(Offering._meta.label, ())).values_list("code", flat=True))
    yield
    search.remove(queries.SEARCH_KIND, gone)
    note(by, at, "undo_import", "catalogue", "import", {"rows": sum(map(len, added.values()))})
    queries.check_price_book()


def _may(table: str, actor: Actor, on: date) -> Answer:
    """Categories are everybody's; the rest is brought in by whoever looks after the supplier of each row."""
    return policy.may_arrange(actor, on=on) if table == "categories" else policy.may_price_something(actor, on=on)


def _suppliers(added: Mapping[str, Collection[int]]) -> set[str]:
    """Whose things these rows are."""
    found: set[str] = set()
    for table, column in (
        (Offering, "supplier__code"),
        (Family, "supplier__code"),
        (OfferingCost, "offering__supplier__code"),
        (PriceRule, "supplier__code"),
        (Comparable, "offering__supplier__code"),
        (Scheme, "supplier__code"),
        (TaxRate, "company__code"),
    ):
        rows = table._default_manager.filter(pk__in=added.get(table._meta.label, ()))
        found.update(rows.values_list(column, flat=True))
    return found


def _sort(table: str) -> Sort:
    required, other = TABLES[table]
    return Sort(
        name=table,
        wanted=tuple(Wanted(name, name in required, _CALLED.get(name, ())) for name in (*required, *other)),
        may=partial(_may, table),
        sees_all=lambda actor, on: policy.may_arrange(actor, on=on),
        bring_in=import_catalogue,
        tables=(Category, Offering, OfferingCost, Scheme, PriceRule, TaxRate, Comparable),
        line="catalogue",
        undone=_undone,
    )


_VARIANTS = Sort(
    name="variants",
    wanted=tuple(Wanted(name, name in VARIANT_REQUIRED, _CALLED_VARIANTS[name]) for name in VARIANT_COLUMNS),
    may=partial(_may, "variants"),
    sees_all=lambda actor, on: policy.may_arrange(actor, on=on),
    bring_in=import_variants,
    tables=(Family, Offering),
    line="catalogue",
    undone=_undone,
)


def ready() -> None:
    """Let these be loaded."""
    register(*(_sort(table) for table in TABLES), _VARIANTS)
