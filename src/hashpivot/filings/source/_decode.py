"""Decoding a page or a text file to characters, whatever encoding it declares."""

from __future__ import annotations

import re

from hashpivot.core import UnreadableFile

from ._notes import Notes
from ._xml import as_utf8

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 100_000


def decoded(data: bytes, notes: Notes, where: str) -> str:
    """The characters of a document; line ends are `\\n`.

    Raises:
        UnreadableFile: If it is binary.
        UnreadableFiling: If it declares entities, which no filing needs.
    """
    plain, _ = as_utf8(data, notes, where)
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        notes.add("wrong character encoding", "not UTF-8, read as cp1252")
        text = plain.decode("cp1252", "replace")
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) // 100:
        raise UnreadableFile(
            "this is not text", where=where, hint="take the page (.htm) or a text file (.txt)"
        )
    text = _CONTROL.sub(" ", text)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
