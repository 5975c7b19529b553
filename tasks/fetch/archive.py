"""The archive: WARC files (ISO 28500), the only door to warcio.

Bytes are on disk here before anything parses them, and every page row names file and
offset.  Files hold one day; records are gzip members, so a file that lost its tail is
readable up to there, and the next run cuts the torn piece off and goes on.
"""

from __future__ import annotations

import gzip
import io
import os
import uuid
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import tasks
from tasks.errors import Code, CodedError
from tasks.fetch.http import Response

_ROTATE_BYTES = 1_000_000_000  # common practice: files of about 1 GB
# warcio's own level is 9, which takes 1.6 times as long and saves half a percent
_LEVEL = 6
_DOCUMENTS = ("response", "resource")
_VERSION = "WARC/1.1"  # 1.0 knows no fractions of a second
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file relative to the archive, offset and length in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A response as read back. ``fields`` are khabar's own record headers, lower case."""

    url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    raw_body: bytes
    fields: Mapping[str, str]

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name), "")


class ArchiveWriter:
    """Appends responses to the file of the day. Use as a context manager; `flush` before a commit."""

    def __init__(self, directory: Path, now: datetime) -> None:
        self._directory = directory
        self._day = now.astimezone(UTC)
        self._handle: IO[bytes] | None = None
        self._name = ""

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle:
            self._handle.close()

    def append(self, record: bytes) -> Place:
        """Append a record made by `response_record` or `resource_record`; returns its place."""
        return self._append(self._open(), record)

    def flush(self) -> None:
        """Make sure the bytes survive a power cut: before the rows that point to them commit."""
        if self._handle:
            self._handle.flush()
            os.fsync(self._handle.fileno())

    def _append(self, handle: IO[bytes], data: bytes) -> Place:
        offset = handle.tell()
        handle.write(data)
        return Place(self._name, offset, len(data))

    def _open(self) -> IO[bytes]:
        if self._handle and self._handle.tell() < _ROTATE_BYTES:
            return self._handle
        if self._handle:
            self._handle.close()
        number = 0
        while True:
            self._name = f"{self._day:%Y}/khabar-{self._day:%Y%m%d}-{number:02d}.warc.gz"
            path = self._directory / self._name
            if not path.exists() or path.stat().st_size < _ROTATE_BYTES:
                break
            number += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = path.open("ab")
        self._handle.seek(0, os.SEEK_END)
        if self._handle.tell() == 0:
            self._append(self._handle, _warcinfo(path.name))
        return self._handle


def response_record(
    url: str,
    at: datetime,
    status: int,
    reason: str,
    headers: tuple[tuple[str, str], ...],
    raw_body: bytes,
    fields: Mapping[str, str],
) -> bytes:
    """An HTTP answer as a compressed record. ``fields`` become ``Khabar-*`` headers of the record.

    Costs milliseconds, mostly without the interpreter's lock: worth a thread of its own.
    """
    kept = [(k, v) for k, v in headers if k.lower() != "transfer-encoding"]  # the body is stored unchunked
    head = StatusAndHeaders(f"{status} {reason or 'OK'}", kept, protocol="HTTP/1.1")
    return _record("response", url, at, raw_body, fields, http_headers=head)


def answer_record(answer: Response, at: datetime, fields: Mapping[str, str]) -> bytes:
    """What a server answered us, as a compressed record: see `response_record`."""
    return response_record(answer.url, at, answer.status, answer.reason, answer.raw_headers, answer.raw_body, fields)


def resource_record(url: str, at: datetime, content_type: str, body: bytes, fields: Mapping[str, str]) -> bytes:
    """A document that no HTTP answer brought, a file from disk, as a compressed record."""
    return _record("resource", url, at, body, fields, warc_content_type=content_type)


def _record(kind: str, url: str, at: datetime, body: bytes, fields: Mapping[str, str], **how: Any) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version=_VERSION)
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_headers_dict={
            "WARC-Date": at.astimezone(UTC).strftime(_TIME),
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{url} {at.isoformat()}')}>",
            **{f"Khabar-{k}": v for k, v in fields.items() if v},
        },
        **how,
    )
    writer.write_record(record)
    return gzip.compress(buffer.getvalue(), _LEVEL, mtime=0)


def _warcinfo(name: str) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version=_VERSION)
    info = {"software": f"khabar/{tasks.__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    return gzip.compress(buffer.getvalue(), _LEVEL, mtime=0)


def read_response(directory: Path, file: str, offset: int) -> Stored:
    """The response at a place; raises `CodedError` ARCHIVE_MISSING where it is not there."""
    try:
        with (directory / file).open("rb") as handle:
            handle.seek(offset)
            for record in ArchiveIterator(handle, no_record_parse=False):
                if record.rec_type in _DOCUMENTS:
                    return _stored(record)
                break
    except (OSError, ArchiveLoadFailed, EOFError) as error:
        raise CodedError(Code.ARCHIVE_MISSING, f"{file} at {offset}: {error}") from error
    raise CodedError(Code.ARCHIVE_MISSING, f"{file} at {offset}: there is no response record")


def responses(path: Path, start: int = 0) -> Iterator[tuple[int, int, Stored]]:
    """(offset, length, response) of every whole response record from ``start`` on.

    Any WARC file will do, compressed or not, whoever wrote it.  Ends at the first torn record.
    """
    with path.open("rb") as handle:
        handle.seek(start)
        iterator = ArchiveIterator(handle)
        try:
            for record in iterator:
                if record.rec_type in _DOCUMENTS:
                    stored = _stored(record)
                    offset, length = iterator.get_record_offset(), iterator.get_record_length()
                    if not _whole(path, offset, length):
                        return
                    yield offset, length, stored
        except (ArchiveLoadFailed, EOFError, OSError):
            return


def _whole(path: Path, offset: int, length: int) -> bool:
    """Whether a compressed record is complete to its last byte; warcio takes a torn one for whole."""
    with path.open("rb") as handle:
        handle.seek(offset)
        data = handle.read(length)
    if data[:2] != b"\x1f\x8b":
        return len(data) == length
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    inflater.decompress(data)
    return inflater.eof


def _stored(record: Any) -> Stored:
    names = record.rec_headers.headers
    fields = {k[7:].lower(): v for k, v in names if k.lower().startswith("khabar-")}
    date = record.rec_headers.get_header("WARC-Date") or ""
    head = record.http_headers
    # a resource is a document without an HTTP answer around it
    kind = (("Content-Type", record.rec_headers.get_header("Content-Type") or ""),)
    status = head.get_statuscode() if head else "200"
    return Stored(
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        at=_moment(date),
        status=int(status) if str(status).isdigit() else 0,
        headers=tuple(head.headers) if head else kind,
        raw_body=record.raw_stream.read(),
        fields=fields,
    )


def _moment(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)
