"""Bodies as they were sent: whole, unpacked and bounded, or an error."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

MAX_BODY = 500_000_000
"""Bytes of an answer, unpacked; the largest filings have 100 million, all filers' notes of a quarter more."""


class NotWhole(Exception):
    """The body was cut, damaged or too large; the text says which."""


def unpacked(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The chunks of a body, without its content encoding.

    Args:
        chunks: As they came.
        encoding: The header Content-Encoding, empty if none.

    Raises:
        NotWhole: If it is damaged, ends before its end, is larger than `MAX_BODY`, or is encoded otherwise.
    """
    if encoding in ("", "identity"):
        yield from _bounded(chunks)
    elif encoding in ("gzip", "x-gzip"):
        yield from _bounded(_gunzip(chunks))
    else:
        raise NotWhole(f"it is encoded as {encoding!r}, which was not asked for")


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        data = chunk
        while data:
            try:
                yield member.decompress(data, 1 << 20)
            except zlib.error as error:
                raise NotWhole(f"its gzip is damaged ({error})") from None
            data = member.unconsumed_tail
    if not member.eof:
        raise NotWhole("its gzip ends too early")


def _bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BODY:
            raise NotWhole(f"it has more than {MAX_BODY:,} bytes")
        yield chunk
