"""Tables as files to keep: CSV or XLSX, safe from formulas (``kit.sheets``), never shown in the browser."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from inward.kit.sheets import XLSX, Cell, csv_rows, xlsx_bytes
from inward.kit.versions import seen_by_batch

FORMATS = ("csv", "xlsx")


def table(name: str, form: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """The table as a download called ``name`` in that form ("csv" or "xlsx").

    CSV goes out row by row after the view has returned, so what rows ask of prepared values is asked batch by batch.
    """
    rows = seen_by_batch(rows)
    if form == "xlsx":
        response: HttpResponseBase = HttpResponse(xlsx_bytes(name, head, rows), content_type=XLSX)
    else:
        response = StreamingHttpResponse(csv_rows(head, rows, for_excel=True), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
