"""The demo as it was when it had just been loaded, kept beside it: taken once, brought back by "start over".

Only for the demo's own SQLite file. The copy runs through SQLite's backup, so readers see the old state or the new one;
letters that were sent and files that were brought since are taken away. Nothing here is for backups of a real site (``inward backup``).
"""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from inward.kit import clock
from inward.kit.write_lock import write_lock

_AHEAD = "UPDATE kit_version SET number = MAX(number, ?) + 1"
_HIGHEST = "SELECT COALESCE(MAX(number), 0) FROM kit_version"


def path() -> Path:
    """Where it is kept."""
    return Path(settings.INWARD_DATA) / "snapshot" / "inward.sqlite3"


def there() -> bool:
    """Whether one was taken, from a database that can be brought back."""
    return connection.vendor == "sqlite" and path().exists()


def first_day() -> date:
    """The day on which the demo begins: the last day of its history is the one before."""
    return date.fromisoformat((Path(settings.INWARD_DATA) / "today").read_text(encoding="utf-8"))


def take() -> None:
    """Keep the database, the letters and the files as they are now."""
    if connection.vendor != "sqlite":
        return
    place = path()
    shutil.rmtree(place.parent, ignore_errors=True)
    place.parent.mkdir(parents=True)
    half = place.with_suffix(".half")
    with write_lock():
        _copy(_live(), half)
    for folder in _beside():
        if folder.exists():
            shutil.copytree(folder, place.parent / folder.name)
    half.replace(place)  # named last: a snapshot that was interrupted is none


def bring_back() -> None:
    """Make the database what it was, with version numbers beyond all that any process has seen, and the day its first.

    The day goes back last: broken off before, the demo stands on a later day than its data, which harms nothing.
    """
    connection.close()
    with write_lock():
        live = sqlite3.connect(_live(), timeout=30)
        try:
            highest = live.execute(_HIGHEST).fetchone()[0]
            fresh = _fresh(highest)
            try:
                fresh.backup(live)
            finally:
                fresh.close()
        finally:
            live.close()
        clock.set_day(Path(settings.INWARD_CLOCK_FILE), first_day())
    _bring_folders_back()


def _fresh(highest: int) -> sqlite3.Connection:
    """A copy of the snapshot whose version numbers are raised before anybody can read it."""
    working = path().with_suffix(".working")
    shutil.copyfile(path(), working)
    fresh = sqlite3.connect(working)
    fresh.execute(_AHEAD, [highest])
    fresh.commit()
    return fresh


def _copy(source: Path, target: Path) -> None:
    read = sqlite3.connect(source)
    write = sqlite3.connect(target)
    try:
        read.backup(write)
    finally:
        write.close()
        read.close()


def _bring_folders_back() -> None:
    for folder in _beside():
        kept = path().parent / folder.name
        shutil.rmtree(folder, ignore_errors=True)
        if kept.exists():
            shutil.copytree(kept, folder)


def _live() -> Path:
    return Path(connection.settings_dict["NAME"])


def _beside() -> tuple[Path, ...]:
    """What belongs to the database without being in it: the letters sent and the files brought in."""
    return Path(settings.EMAIL_FILE_PATH), Path(settings.INWARD_DATA) / "files"
