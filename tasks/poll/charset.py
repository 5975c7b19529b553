"""From body bytes to text: the charset of a feed, found from evidence and not from one header.

Headers and XML declarations both lie.  The order of belief: a byte order mark; the bytes being
valid UTF-8 with letters beyond ASCII (which does not happen by chance); the XML declaration; the
Content-Type; a detector; windows-1252.
"""

from __future__ import annotations

import codecs
import re
import zlib

from charset_normalizer import from_bytes

from tasks.errors import Code, CodedError
from tasks.poll.notes import Notes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with the UTF-16 one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# Browsers read these labels as their Windows supersets, and so do the publishers who use them.
_SUPERSET = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
# Encodings that are pure ASCII on the wire, where "valid UTF-8" therefore proves nothing.
_SEVEN_BIT = ("iso2022", "hz")
# The sitemap protocol allows 50 MB unpacked; anything larger is a bomb or a mistake.
MAX_UNPACKED = 64 * 1024 * 1024
# charset-normalizer is slow on long input and no surer: letters repeat.
_DETECT_BYTES = 64 * 1024


def unpack(body: bytes) -> bytes:
    """Undo gzip when the body itself is a ``.gz`` file; a cut file gives what is there.

    Raises CodedError(DECODED_TOO_LARGE or BAD_ENCODING).
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    out: list[bytes] = []
    left, rest = MAX_UNPACKED, body
    while rest.startswith(b"\x1f\x8b"):  # a .gz file may have several members
        inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out.append(inflater.decompress(rest, left))
        except zlib.error as error:
            raise CodedError(Code.BAD_ENCODING, f"gzip: {error}") from error
        left -= len(out[-1])
        if inflater.unconsumed_tail or left <= 0:
            raise CodedError(Code.DECODED_TOO_LARGE, f"gzip body unpacks to more than {MAX_UNPACKED} bytes")
        rest = inflater.unused_data
    return b"".join(out)


def decode(body: bytes, content_type: str | None, notes: Notes) -> str:
    """The text of a body in the charset it really has; never fails, notes what was odd."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _lenient(body[len(mark) :], name, notes)
    wide = _wide(body)
    if wide:
        return _lenient(body, wide, notes)
    declared, header = _declared(body), _header(content_type)
    named = [name for name in (declared, header) if name]
    seven = next((name for name in named if name.startswith(_SEVEN_BIT)), None)
    if seven:
        return _lenient(body, seven, notes)
    if _is_utf8(body):
        for name in named:
            if name != "utf-8" and not body.isascii():
                notes.add("charset mismatch", f"{name} is stated, the bytes are utf-8")
        return body.decode("utf-8")
    return _by_evidence(body, named, notes)


def _by_evidence(body: bytes, named: list[str], notes: Notes) -> str:
    mostly_utf8 = _share_of_utf8(body)
    for name in named:
        if name == "utf-8":
            continue
        if mostly_utf8 > 0.9:  # a few bad bytes in a UTF-8 document beat any single-byte claim
            break
        text = None if name == "cp1252" and not _western(body) else _strict(body, name)
        if text is not None:
            if named[0] != name:
                notes.add("charset mismatch", f"{named[0]} is stated, the bytes are {name}")
            return text
    if mostly_utf8 > 0.5:
        return _lenient(body, "utf-8", notes)
    # Between the Western code pages a detector guesses; the commonest one is the better guess.
    best = None if _western(body) else from_bytes(_letters_around(body)).best()
    guess = best.encoding if best else "cp1252"
    notes.add("charset guessed", guess)
    return _lenient(body, guess, notes)


def _western(body: bytes) -> bool:
    """Whether high bytes stand alone between ASCII letters, as accents do.

    ISO-8859-1 is what servers say by default; words made of high bytes alone are another script.
    """
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", body[: _DETECT_BYTES * 4])]
    return not runs or sum(runs) / len(runs) < 1.8  # French and German measure 1.1


def _letters_around(body: bytes) -> bytes:
    """A stretch that begins where the foreign letters do: the head of a feed is often ASCII only."""
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", body)), 0)
    start = max(0, first - 200)
    return body[start : start + _DETECT_BYTES]


def _is_utf8(body: bytes) -> bool:
    return _strict(body, "utf-8") is not None


def _share_of_utf8(body: bytes) -> float:
    """How many of the non-ASCII stretches are valid UTF-8, between 0 and 1."""
    good = bad = 0
    for match in re.finditer(rb"[\x80-\xff]+", body[: 1024 * 1024]):
        if _strict(match.group(), "utf-8") is None:
            bad += 1
        else:
            good += 1
    return good / (good + bad) if good + bad else 1.0


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _lenient(body: bytes, name: str, notes: Notes) -> str:
    text = _strict(body, name)
    if text is not None:
        return text
    text = body.decode(name, "replace")
    notes.add("undecodable bytes replaced", f"{text.count(chr(0xFFFD))} in {name}")
    return text


def _wide(body: bytes) -> str | None:
    """UTF-16 without a mark shows itself in its first characters."""
    if body[:4] == b"<\x00?\x00" or (body[:1] in b"<{[" and body[1:2] == b"\x00" and body[3:4] == b"\x00"):
        return "utf-16-le"
    if body[:4] == b"\x00<\x00?" or (body[:1] == b"\x00" and body[1:2] in b"<{[" and body[2:3] == b"\x00"):
        return "utf-16-be"
    return None


def _declared(body: bytes) -> str | None:
    match = _DECLARED.search(body[:2048])  # junk may precede the prolog
    return _known(match.group(1).decode("ascii", "ignore")) if match else None


def _header(content_type: str | None) -> str | None:
    match = _HEADER.search(content_type or "")
    return _known(match.group(1)) if match else None


def _known(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    # UTF-16 claimed by a document whose claim could be read as ASCII is a lie.
    if not getattr(info, "_is_text_encoding", True) or info.name.startswith(("utf-16", "utf-32")):
        return None
    return _SUPERSET.get(info.name, info.name)
