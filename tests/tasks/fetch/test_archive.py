"""The archive: WARC files that other tools read, with every record where its row says."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tasks.errors import Code, CodedError
from tasks.fetch.archive import ArchiveWriter, Place, read_response, resource_record, response_record, responses

NOW = datetime(2026, 3, 2, 9, 0, 0, 250_000, UTC)
HTML = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("X-Note", "ünïcode"))


@contextmanager
def writing(directory: Path, now: datetime = NOW) -> Iterator[ArchiveWriter]:
    with ArchiveWriter(directory, now) as writer:
        yield writer
        writer.flush()


def put(writer: ArchiveWriter, number: int, body: bytes | None = None) -> Place:
    url = f"https://paper.example/news/{number}?q=خبر"
    data = f"<p>page {number}</p>".encode() if body is None else body
    at = NOW + timedelta(seconds=number)
    return writer.append(
        response_record(url, at, 200, "OK", HTML, data, {"Page-Id": f"p{number}", "Robots": "allowed", "Empty": ""})
    )


def test_records_are_where_their_places_say(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        places = [put(writer, n) for n in range(20)]
    with writing(tmp_path) as writer:  # the next run writes on
        places += [put(writer, n) for n in range(20, 25)]
    assert {p.file for p in places} == {"2026/khabar-20260302-00.warc.gz"}
    data = (tmp_path / places[0].file).read_bytes()
    assert places[-1].offset + places[-1].length == len(data)
    for n, place in enumerate(places):
        stored = read_response(tmp_path, place.file, place.offset)
        assert stored.raw_body == f"<p>page {n}</p>".encode()
        assert stored.at == NOW + timedelta(seconds=n)
        assert stored.fields == {"page-id": f"p{n}", "robots": "allowed"}
        assert stored.header("content-type") == "text/html"
        assert stored.header("transfer-encoding") == ""  # the body is stored without its chunks
        # each record is a gzip member of its own: others may cut it out
        assert gzip.decompress(data[place.offset : place.offset + place.length]).startswith(b"WARC/1.1\r\n")
    found = list(responses(tmp_path / places[0].file))
    assert [(offset, length) for offset, length, _ in found] == [(p.offset, p.length) for p in places]


def test_other_tools_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(tmp_path) as writer:
        place = put(writer, 1)
        writer.append(resource_record("file:///clip.txt", NOW, "text/plain", b"clipping", {"Page-Id": "c"}))
    path = tmp_path / place.file
    with path.open("rb") as handle:
        records = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(handle, check_digests="raise")]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "resource"]
    assert [body for _, body in records[1:]] == [b"<p>page 1</p>", b"clipping"]

    class Command:
        inputs = (str(path),)
        verbose = False

    checker = Checker(Command())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out


def test_a_packed_body_is_stored_as_it_was_sent(tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>packed</p>")
    with writing(tmp_path) as writer:
        place = writer.append(
            response_record("https://x.example/", NOW, 200, "", (("Content-Encoding", "gzip"),), packed, {})
        )
    assert read_response(tmp_path, place.file, place.offset).raw_body == packed
    with (tmp_path / place.file).open("rb") as handle:
        (record,) = [r.content_stream().read() for r in ArchiveIterator(handle) if r.rec_type == "response"]
    assert record == b"<p>packed</p>"


def test_odd_bodies_and_headers(tmp_path: Path) -> None:
    bodies = [b"", b"\r\n\r\n", b"WARC/1.0\r\n\r\n", bytes(range(256)) * 100, b"\x1f\x8b broken"]
    with writing(tmp_path) as writer:
        places = [put(writer, n, body) for n, body in enumerate(bodies)]
    assert [read_response(tmp_path, p.file, p.offset).raw_body for p in places] == bodies


def test_every_day_has_its_file(tmp_path: Path) -> None:
    late = datetime(2026, 3, 3, 1, tzinfo=UTC)
    with writing(tmp_path, late.astimezone(UTC)) as writer:
        assert put(writer, 1).file == "2026/khabar-20260303-00.warc.gz"


def test_a_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.fetch.archive._ROTATE_BYTES", 1500)
    with writing(tmp_path) as writer:
        places = [put(writer, n) for n in range(8)]
    assert len({p.file for p in places}) > 1
    assert [read_response(tmp_path, p.file, p.offset).fields["page-id"] for p in places] == [f"p{n}" for n in range(8)]


@pytest.mark.parametrize("offset", [1, 100_000])
def test_what_is_not_there_is_said(tmp_path: Path, offset: int) -> None:
    with writing(tmp_path) as writer:
        place = put(writer, 1)
    for file in (place.file, "2026/none.warc.gz"):
        with pytest.raises(CodedError) as raised:
            read_response(tmp_path, file, offset)
        assert raised.value.code is Code.ARCHIVE_MISSING
    with pytest.raises(CodedError):
        read_response(tmp_path, place.file, 0)  # the warcinfo record is no document


def test_a_torn_file_is_readable_up_to_the_tear(tmp_path: Path) -> None:
    with writing(tmp_path) as writer:
        places = [put(writer, n, bytes(n) * 5000 + str(n).encode()) for n in range(3)]
    path = tmp_path / places[0].file
    whole = path.read_bytes()
    for cut in range(places[2].offset + 1, len(whole), 37):
        path.write_bytes(whole[:cut])
        assert [stored.fields["page-id"] for _, _, stored in responses(path)] == ["p0", "p1"]


def test_plain_warc_files_of_others_are_read(tmp_path: Path) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    )
    buffer = io.BytesIO(head + b"Content-Length: %d\r\n\r\n" % len(body) + body + b"\r\n\r\n")
    (tmp_path / "theirs.warc").write_bytes(buffer.getvalue())
    ((_, _, stored),) = responses(tmp_path / "theirs.warc")
    assert (stored.url, stored.raw_body) == ("http://x.example/", b"<p>x</p>")
    assert stored.at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
