"""Content encodings, unpacked with a bound: 29 KB of gzip can hold 30 MB of zeros."""

from __future__ import annotations

import zlib

from tasks.errors import Code, CodedError

_GZIP = 16 + zlib.MAX_WBITS


def unpack(raw: bytes, encoding: str, limit: int) -> bytes:
    """The body behind a ``Content-Encoding``, at most ``limit`` bytes.

    Raises `CodedError` with DECODED_TOO_LARGE, or BAD_ENCODING where the coding is unknown
    or the data broken.
    """
    body = raw
    for coding in reversed([c.strip().lower() for c in encoding.split(",") if c.strip()]):
        if coding == "identity" or not body:
            continue
        if coding in ("gzip", "x-gzip"):
            # some servers announce gzip and send plain text
            body = _inflate(body, _GZIP, limit) if body[:2] == b"\x1f\x8b" else body
        elif coding == "deflate":
            # the standard means zlib's format; many servers send the raw one
            zlib_header = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
            body = _inflate(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, limit)
        else:
            raise CodedError(Code.BAD_ENCODING, f"content-encoding {coding!r} was not asked for")
    if len(body) > limit:
        raise CodedError(Code.DECODED_TOO_LARGE, f"over {limit} bytes")
    return body


def _inflate(data: bytes, window: int, limit: int) -> bytes:
    out: list[bytes] = []
    size = 0
    while data:
        inflater = zlib.decompressobj(window)
        try:
            piece = inflater.decompress(data, limit + 1 - size)
        except zlib.error as error:
            raise CodedError(Code.BAD_ENCODING, str(error)) from error
        size += len(piece)
        out.append(piece)
        if size > limit:
            raise CodedError(Code.DECODED_TOO_LARGE, f"{len(data)} bytes unpack to over {limit}")
        if not inflater.eof:
            raise CodedError(Code.BAD_ENCODING, "the compressed body is cut off")
        # a body may consist of several gzip members; padding after the last one is no member
        data = inflater.unused_data if inflater.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(out)
