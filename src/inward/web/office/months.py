"""A month of a company's or unit's calendar: a sheet of weeks, and the same as a table. It shows; the office's acts change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.parties import calendars, queries
from inward.parties.calendars import YEARS, DaySort, DayView
from inward.parties.weeks import WEEKDAYS, hours_text
from inward.web.components import formats
from inward.web.components.requests import ActingRequest
from inward.web.office.things.weeks import weekday_names

_TONES: Final = {DaySort.WORKING: "", DaySort.FREE: "quiet", DaySort.HOLIDAY: "warn", DaySort.OWN: "info"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the sheet: its number, what people call it, its hours in words, its name, and how it is toned."""

    number: int
    day: str
    weekday: str
    hours: str
    name: str
    tone: str
    today: bool


@require_safe
def month(request: ActingRequest, key: str, month: str) -> HttpResponse:
    """The month, week by week, with the way to the one before and the one after. Out of bounds is not there."""
    first = _first(month)
    # Whoever may change the calendar may look here; others find it in the directory.
    sheet = calendars.calendar(viewer=request.actor, at=request.at, on=request.at.date(), party=key)
    days = calendars.month_of(viewer=request.actor, at=request.at, party=key, month=first, language=formats.language())
    cells = [_cell(day, request.at.date()) for day in days]
    values = {
        "key": key,
        "known": any(day.sort is not DaySort.FREE for day in days),
        "name": queries.name_of(sheet.record.party.code),
        "month": formats.month(first),
        "weekdays": tuple(weekday_names().values()),
        "weeks": _weeks(days, cells),
        "cells": cells,
        "before": _address(key, first - timedelta(days=1)),
        "after": _address(key, first + timedelta(days=31)),
    }
    return render(request, "office/month.html", values)


def _first(text: str) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if found.year not in YEARS:
        raise Http404
    return found


def _address(key: str, day: date) -> str:
    return reverse("office_month", args=[key, f"{day:%Y-%m}"]) if day.year in YEARS else ""


def _cell(day: DayView, today: date) -> Cell:
    hours = hours_text(day.hours) or (_("closed") if day.sort in (DaySort.HOLIDAY, DaySort.OWN) else _("free"))
    weekday = list(weekday_names().values())[day.day.weekday()]
    return Cell(day.day.day, formats.short_day(day.day), weekday, hours, day.name, _TONES[day.sort], day.day == today)


def _weeks(days: Sequence[DayView], cells: Sequence[Cell]) -> list[list[Cell | None]]:
    """Seven places a week, empty before the first day and after the last."""
    weeks: list[list[Cell | None]] = []
    for day, cell in zip(days, cells, strict=True):
        place = day.day.weekday()
        if not weeks or place == 0:
            weeks.append([None] * len(WEEKDAYS))
        weeks[-1][place] = cell
    return weeks
