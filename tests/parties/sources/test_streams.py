"""Files of registers are read record by record; what would harm the reader is refused by name."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from inward.parties.sources import streams
from inward.parties.sources.streams import Unreadable, elements, many, objects, records

NAMES = frozenset({"row"})


def read(text: str) -> list[streams.Record]:
    return list(elements(io.BytesIO(text.encode()), NAMES))


def refused(text: str | bytes, *, xml: bool = True) -> str:
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    with pytest.raises(Unreadable) as caught:
        list(elements(file, NAMES) if xml else objects(file))
    return caught.value.reason


def test_elements_come_as_json_would_have_them_whatever_their_namespace() -> None:
    text = '<a:all xmlns:a="urn:a"><a:row><a:x> 1 </a:x><a:y><a:z>2</a:z></a:y><a:x>3</a:x><a:x>4</a:x></a:row></a:all>'

    assert read(text) == [{"x": ["1", "3", "4"], "y": {"z": "2"}}]


def test_a_row_within_a_row_is_part_of_it() -> None:
    assert read("<all><row><row><x>1</x></row></row><row/></all>") == [{"row": {"x": "1"}}, {}]


def test_memory_does_not_grow_with_the_number_of_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RECORD_BYTES_MAX", 300_000)
    many_rows = "<all>" + "<row><x>1</x></row>\n" * 50_000 + "</all>"

    assert len(many_rows) > 900_000
    assert len(read(many_rows)) == 50_000


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE all [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE all SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE all [<!ENTITY e SYSTEM "http://127.0.0.1/">]>',
    ],
)
def test_a_document_type_is_refused_before_anything_of_it_is_acted_on(prolog: str) -> None:
    assert refused(f"{prolog}<all><row><x>&a;</x></row></all>") == "source_declares_entities"


def test_a_document_type_behind_long_comments_is_refused_all_the_same() -> None:
    assert refused(f"<!--{'x' * 100_000}--><!DOCTYPE all><all/>") == "source_declares_entities"


def test_a_prolog_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_PROLOG_MAX", 70_000)

    assert refused(f"<!--{'x' * 200_000}--><all/>") == "source_record_too_large"


def test_a_record_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RECORD_BYTES_MAX", 100_000)

    assert refused(f"<all><row><x>{'x' * 300_000}</x></row></all>") == "source_record_too_large"
    assert refused('{"x": "' + "x" * 300_000 + '"}', xml=False) == "source_record_too_large"


@pytest.mark.parametrize("text", ["<all><row></all>", "<all", "", "<all><row/>", "\x01"])
def test_what_is_no_xml_is_refused(text: str) -> None:
    assert refused(text) == "source_not_xml"


@pytest.mark.parametrize(
    "text",
    [
        '[{"x": 1}, {"x": 2}]',
        '{"x": 1}\n{"x": 2}\n',
        ' {"records" : [{"x": 1},\n{"x": 2}]}',
        '\ufeff[\n{"x": 1}\n,\n{"x": 2}\n]\n',
    ],
)
def test_json_is_read_as_an_array_as_lines_and_wrapped(text: str) -> None:
    assert list(objects(io.BytesIO(text.encode()))) == [{"x": 1}, {"x": 2}]


def test_an_object_cut_by_the_end_of_a_piece_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_CHUNK", 7)

    assert list(objects(io.BytesIO('[{"name": "Blåbær"}, {"x": [{"y": 2}]}]'.encode()))) == [
        {"name": "Blåbær"},
        {"x": [{"y": 2}]},
    ]


@pytest.mark.parametrize("text", ["[1, 2]", "hello", '[{"x": 1}, {"x": ', b'{"x": "\xff"}', '{"x": "\\'])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    assert refused(text, xml=False) == "source_not_json"


def test_json_nested_a_hundred_thousand_deep_is_refused() -> None:
    assert refused('{"x": ' + "[" * 100_000, xml=False) == "source_record_too_large"


def test_files_are_unpacked_as_they_are_read(tmp_path: Path) -> None:
    text = b"<all><row><x>1</x></row></all>"
    (tmp_path / "a.xml").write_bytes(b"\n".join((b"", text)))
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.mkdir("folder")
        archive.writestr("folder/a.xml", text)
    (tmp_path / "a.json").write_text('[{"x": "1"}]')

    for name in ("a.xml", "a.xml.gz", "a.zip", "a.json"):
        assert list(records(tmp_path / name, NAMES)) == [{"x": "1"}]


def test_a_zip_of_two_files_and_files_that_cannot_be_unpacked_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a", "")
        archive.writestr("b", "")
    (tmp_path / "no.zip").write_bytes(b"no")
    (tmp_path / "no.gz").write_bytes(b"no")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"<all></all>" * 100)[:-12])

    def reason(name: str) -> str:
        with pytest.raises(Unreadable) as caught:
            list(records(tmp_path / name, NAMES))
        return caught.value.reason

    assert reason("two.zip") == "source_zip_not_one"
    assert [reason(name) for name in ("no.zip", "no.gz", "cut.gz")] == ["source_not_unpackable"] * 3


def test_what_is_repeated_reads_the_same_however_it_was_written() -> None:
    one = {"x": "1"}

    assert list(many([one], "Row")) == list(many({"Row": one}, "Row")) == list(many({"Row": [one]}, "Row")) == [one]
    assert list(many(one, "Row")) == [one]
    assert list(many(None, "Row")) == list(many("", "Row")) == []
