"""Files to keep: tables as CSV or XLSX, safe from formulas (``kit.sheets``), and documents; never shown in the browser."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inward.kit.pdfs import PDF
from inward.kit.sheets import XLSX, Cell, csv_rows, xlsx_bytes
from inward.kit.versions import seen_by_batch

FORMATS = ("csv", "xlsx")


def table(name: str, form: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """The table as a download called ``name`` in that form ("csv" or "xlsx").

    CSV goes out piece by piece after the view has returned, so what rows ask of prepared values is asked batch by batch.
    """
    rows = seen_by_batch(rows)
    if form == "xlsx":
        response: HttpResponseBase = HttpResponse(xlsx_bytes(name, head, rows), content_type=XLSX)
    else:
        lines = csv_rows(head, rows, for_excel=True)
        response = StreamingHttpResponse(_pieces(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def document(name: str, content: bytes) -> HttpResponse:
    """A document as a download called ``name``."""
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _pieces(lines: Iterator[str], size: int = 200) -> Iterator[str]:
    """So many lines at once: handing each to the server by itself costs more than making it."""
    while piece := "".join(islice(lines, size)):
        yield piece
