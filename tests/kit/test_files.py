"""Files are typed by what is in them, kept by what they hold, and given back only to be saved."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from inward.core.terms import Refusal
from inward.kit import files
from inward.kit.actor import Actor
from inward.kit.models import File
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
