"""Files are typed by what is in them, kept by what they hold, and given back only to be saved."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from inward.core.terms import Refusal
from inward.kit import files
from inward.kit.actor import Actor
from inward.kit.ids import new_id
from inward.kit.models import AuditRow, File, Import
from inward.kit.transaction import transaction

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, tzinfo=UTC)
ADA = Actor(user=1, person="ada", acting_for=None, grants=(), subject="s-ada")
PDF = b"%PDF-1.7 something"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.INWARD_DATA = tmp_path


def kept(content, name="a.pdf", **more):
    with transaction():
        return files.store(by=ADA, at=AT, chunks=[content[:3], content[3:]], name=name, **more)


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def refused(content, **more):
    with pytest.raises(Refusal) as caught:
        kept(content, **more)
    return caught.value.reason.code


def test_the_same_content_is_kept_once_and_comes_back_whole(tmp_path):
    first, second = kept(PDF), kept(PDF, name="b.pdf")
    assert (first.sha256, first.reference != second.reference) == (second.sha256, True)
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
    assert files.read(second) == PDF
    assert (first.media_type, first.size, first.subject) == ("application/pdf", len(PDF), "s-ada")


def test_a_browser_saves_it_and_never_runs_it():
    answer = files.serve(kept(PDF, name="Årsrapport.pdf"))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C3%85rsrapport.pdf")
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"id,name\n1,Ada\n", "text/plain"),
        (archive("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (archive("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_the_type_is_what_is_in_it_whatever_it_is_called(content, found):
    assert kept(content, name="innocent.txt").media_type == found


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 program",
        b"<!DOCTYPE html><script>x</script>",
        b"  <svg onload=alert(1)>",
        b"\xef\xbb\xbf\n<!-- a table -->\n<script>x</script>",
        b'<?xml version="1.0"?><svg/>',
        b"text with \0 in it",
        archive("anything.txt"),
        archive("xl/workbook.xml", "xl/vbaProject.bin"),
        b"PK\x03\x04 broken",
    ],
)
def test_what_could_run_is_not_taken(content):
    assert refused(content, name="report.pdf") == "file_type_not_taken"
    assert File.objects.count() == 0


def test_marks_of_a_page_inside_a_text_are_text_and_are_only_ever_given_to_be_saved():
    table = b"id,name\n1,<script>alert(1)</script>\n"
    file = kept(table, name="people.csv")
    answer = files.serve(file)
    assert (file.media_type, b"".join(answer.streaming_content)) == ("text/plain", table)
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_empty_and_too_large_are_refused_before_anything_is_kept(tmp_path):
    assert refused(b"") == "file_without_content"
    assert refused(PDF, limit=5) == "file_over_limit"
    assert not (tmp_path / "files").exists()


def test_a_damaged_file_is_noticed(tmp_path):
    file = kept(PDF)
    place = next(path for path in (tmp_path / "files").rglob("*") if path.is_file())
    place.write_bytes(b"%PDF-1.7 changed")
    with pytest.raises(Refusal, match="file_damaged"):
        files.read(file)
    place.unlink()
    with pytest.raises(Refusal, match="file_damaged"):
        files.read(file)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe\n", "afdp.exe"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_have_no_folders_and_no_tricks(given, clean):
    assert files.clean_name(given) == clean


# --- withdrawn, forgotten, missing -------------------------------------------------------------------------------------


def contents(tmp_path):
    return sorted(path.name for path in (tmp_path / "files").rglob("*") if path.is_file())


def used(file):
    """An import that refers to the file, as a room does."""
    Import.objects.create(
        id=new_id(), reference=f"r{file.pk}", sort="x", file=file, subject="s-ada", brought_at=AT, user=None
    )
    return file


def test_what_nothing_used_for_a_day_is_forgotten_with_its_content_and_what_is_used_stays(tmp_path):
    lonely, needed = kept(b"lonely"), used(kept(b"needed"))
    files.sweep(at=AT + files.GRACE)
    assert set(File.objects.all()) == {lonely, needed}
    files.sweep(at=AT + files.GRACE + timedelta(seconds=1))
    assert list(File.objects.all()) == [needed]
    assert contents(tmp_path) == [needed.sha256]
    row = AuditRow.objects.get(act="kit.forget_files")
    assert (row.subject, row.facts) == ("system:kit.sweep_files", {"count": 1})
    files.sweep(at=AT + 3 * files.GRACE)
    assert AuditRow.objects.filter(act="kit.forget_files").count() == 1


def test_a_content_that_a_killed_sweep_had_taken_comes_back_when_somebody_wants_it(tmp_path):
    file = used(kept(PDF))
    (place,) = (path for path in (tmp_path / "files").rglob("*") if path.is_file())
    place.rename(f"{place}.going")
    assert files.missing() == (file.reference,)
    files.sweep(at=AT)
    assert contents(tmp_path) == [file.sha256]
    assert files.read(file) == PDF
    place.with_name("0.going").write_bytes(b"nobody wants it")
    files.sweep(at=AT + timedelta(days=36_500))
    assert contents(tmp_path) == [file.sha256]


def test_a_content_that_another_file_wants_stays_and_one_just_brought_again_too(tmp_path):
    first, late = kept(PDF), AT + files.GRACE + timedelta(minutes=1)
    used(kept(PDF, name="b.pdf"))
    files.sweep(at=late)
    assert contents(tmp_path) == [first.sha256]
    gone = kept(b"gone")
    File.objects.filter(pk=gone.pk).delete()
    with transaction():
        files.store(by=ADA, at=late, chunks=[b"gone"], name="again")
    File.objects.filter(sha256=gone.sha256).delete()  # as if its transaction had not ended yet
    files.sweep(at=late)
    assert gone.sha256 in contents(tmp_path)
    files.sweep(at=late + 2 * files.GRACE)
    assert contents(tmp_path) == [first.sha256]


def test_a_content_brought_while_it_is_taken_away_comes_back(tmp_path, monkeypatch):
    place, late = files.path_of(kept(b"wanted")), AT + 2 * files.GRACE
    seen = iter([True, False])
    monkeypatch.setattr(files, "_left_alone", lambda *_: next(seen))
    File.objects.all().delete()
    files.sweep(at=late)
    assert place.read_bytes() == b"wanted"
    monkeypatch.undo()
    exists = iter([False, True])
    monkeypatch.setattr(type(place), "exists", lambda _self: next(exists))
    files.hold(b"wanted")
    monkeypatch.undo()
    assert place.read_bytes() == b"wanted"


def test_a_withdrawn_file_has_no_name_no_reader_and_soon_no_content(tmp_path):
    file = used(kept(b"too much"))
    with transaction():
        files.withdraw(file, at=AT)
    file.refresh_from_db()
    assert (file.name, file.withdrawn_at, file.size, str(file)) == ("", AT, 8, file.sha256[:12])
    with pytest.raises(Refusal) as caught:
        files.serve(file)
    assert caught.value.reason.code == "file_withdrawn"
    assert files.missing() == ()
    files.sweep(at=AT + files.GRACE + timedelta(minutes=1))
    assert contents(tmp_path) == []
    assert File.objects.get() == file
    assert files.missing() == ()


def test_what_lost_its_content_is_missed(tmp_path):
    whole, lost, cut = kept(b"whole"), kept(b"lost"), kept(b"cut off")
    files.path_of(lost).unlink()
    files.path_of(cut).write_bytes(b"cut")
    assert sorted(files.missing()) == sorted([lost.reference, cut.reference])
    assert whole.reference not in files.missing()
