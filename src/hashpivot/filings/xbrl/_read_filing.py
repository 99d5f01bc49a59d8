"""Reading a filing: inline XBRL, an XBRL instance or a full submission."""

from __future__ import annotations

import re
from pathlib import Path

from hashpivot.core import UnreadableFiling, collector_paused

from ..page import Layout
from ..source import (
    MAX_BYTES,
    Notes,
    Submission,
    as_utf8,
    file_name,
    load,
    looks_like_submission,
    parse,
    split_submission,
    unpack,
)
from ._builder import Builder
from ._context import Context, read_contexts, read_units
from ._contradictions import contradictions
from ._filing import Filing
from ._inline import INLINE_NAMESPACES, InlinePage, read_pages
from ._instance import InstanceReader
from ._names import Names

_INSTANCE_ROOT = re.compile(rb"<(?:[\w.\-]+:)?xbrl[\s>]")
_INLINE_MARKS = tuple(uri.encode() for uri in INLINE_NAMESPACES)
_INSTANCE_MARK = b"http://www.xbrl.org/2003/instance"


@collector_paused()
def read_filing(
    source: str | Path, *, data: bytes | None = None, name: str = "", max_bytes: int = MAX_BYTES
) -> Filing:
    """Read inline XBRL, a plain XBRL instance, either gzipped, or an EDGAR full submission.

    Args:
        source: The file; only a name if `data` is given.
        data: Its bytes, if already at hand.
        name: Name for messages and `Filing.name`; default the file's name.
        max_bytes: Larger files, packed or unpacked, are refused.

    Raises:
        UnreadableFile: Missing, a directory, empty, too large, or damaged gzip.
        UnreadableFiling: Not XML, dangerous, or without XBRL facts.
    """
    path = Path(source)
    plain = load(path, max_bytes) if data is None else unpack(data, max_bytes, name or str(source))
    return _FilingReader(
        plain, name or file_name(path), str(source) if data is None else name or str(source)
    ).filing()


class _FilingReader:
    """One run of the reader."""

    def __init__(self, data: bytes, name: str, where: str) -> None:
        self._data = data
        self._name = name
        self._where = where
        self._notes = Notes()

    def filing(self) -> Filing:
        submission = split_submission(self._data) if looks_like_submission(self._data) else None
        bodies = self._bodies(submission)
        found = self._read(bodies)
        if not found.by_id:
            raise self._no_facts("; ".join(self._notes.lines()[:1]))
        warnings = self._notes.lines() + contradictions(found.facts)
        return Filing(self._name, self._data, found.facts, found.texts, warnings, found.by_id, submission)

    def _bodies(self, submission: Submission | None) -> list[tuple[bytes, str | None]]:
        """The documents with facts: all inline pages, or else all instances."""
        if submission is None:
            candidates = [self._data]
        else:
            candidates = [doc.body for doc in submission.documents if _may_hold_facts(doc.raw)]
        texts = [as_utf8(body, self._notes, self._where) for body in candidates]
        inline = [text for text in texts if any(mark in text[0] for mark in _INLINE_MARKS)]
        if inline:
            return inline
        plain = [text for text in texts if _INSTANCE_MARK in text[0] and _INSTANCE_ROOT.search(text[0])]
        if not plain:
            raise self._no_facts()
        return plain

    def _read(self, bodies: list[tuple[bytes, str | None]]) -> Builder:
        documents = [self._document(*body) for body in bodies]
        contexts: dict[str | None, Context] = {}
        units: dict[str | None, str] = {}
        for page, names in documents:
            contexts = read_contexts(page.contexts, names, self._notes) | contexts
            units = read_units(page.units, self._notes) | units
        builder = Builder(contexts, units, self._notes)
        read_pages(_with_layouts(documents), builder)
        for page, names in documents:
            if not page.parts.facts:
                InstanceReader(builder, names).read(page.root)
        return builder

    def _document(self, data: bytes, forced: str | None) -> tuple[InlinePage, Names]:
        root = parse(data, forced, self._notes, self._where)
        below = data.find(b">", data.find(b"xmlns"))
        return InlinePage(root), Names(root, local=data.find(b"xmlns:", below) >= 0)

    def _no_facts(self, reason: str = "") -> UnreadableFiling:
        return UnreadableFiling(
            f"it holds no XBRL facts that can be used: {reason}" if reason else "it holds no XBRL facts",
            where=self._where,
            hint="take the inline XBRL (.htm), the XBRL instance (.xml) or the full submission (.txt)",
        )


def _may_hold_facts(raw: bytes) -> bool:
    return any(mark in raw for mark in (*_INLINE_MARKS, _INSTANCE_MARK))


def _with_layouts(documents: list[tuple[InlinePage, Names]]) -> list[tuple[InlinePage, Names, Layout]]:
    """Each page with its tables, numbered through the filing."""
    pages: list[tuple[InlinePage, Names, Layout]] = []
    first = 0
    for page, names in documents:
        pages.append((page, names, Layout(page.parts, first)))
        first += len(page.parts.tables)
    return pages
