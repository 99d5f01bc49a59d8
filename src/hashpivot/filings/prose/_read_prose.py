"""Prose: a document's running text as paragraphs and sentences, each with a place one can go back to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hashpivot.core import InvalidInput, Locator, SentenceLocator, UnreadableFiling, terminal_line

from ..source import (
    MAX_BYTES,
    Notes,
    SubmissionDocument,
    decoded,
    file_name,
    load,
    looks_like_submission,
    split_submission,
    unpack,
)
from ._blocks import TextBlock, check_length, tidy
from ._html_blocks import html_blocks, looks_like_html
from ._plain_blocks import plain_blocks
from ._split import split_sentences

_PROSE_FORM = re.compile(r"(?:8-K|6-K|10-[KQ]T?|20-F|40-F|S-\d|F-\d|424B\d|EX-99)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Args:
        locator: Paragraph and sentence, both from 1.
        text: White space folded.
        section: Headings above it, outer first: `Item 1A. Risk Factors / Regulation`; empty if none.
        speaker: Who says it, in a transcript; else empty.
        heading: True if it is a heading itself.
    """

    locator: SentenceLocator
    text: str
    section: str = ""
    speaker: str = ""
    heading: bool = False

    @property
    def paragraph(self) -> int:
        """Number of its paragraph, from 1."""
        return self.locator.paragraph


@dataclass(frozen=True)
class Prose:
    """The running text of one file.

    Args:
        name: Of the file.
        sha256: Of the file as it was stored.
        sentences: In reading order.
        warnings: What was odd about the file, and where.
    """

    name: str
    sha256: str
    sentences: tuple[Sentence, ...]
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return terminal_line(f"Prose({self.name}, {len(self.sentences)} sentences)")

    def __iter__(self) -> Iterator[Sentence]:
        return iter(self.sentences)

    @cached_property
    def _by_locator(self) -> dict[Locator, Sentence]:
        return {sentence.locator: sentence for sentence in self.sentences}

    def sentence(self, locator: Locator | str) -> Sentence:
        """Return the sentence of a locator.

        Args:
            locator: A `SentenceLocator`, or its text.

        Raises:
            InvalidInput: If there is none.
        """
        sentence = self._by_locator.get(Locator.parse(str(locator)))
        if sentence is None:
            raise InvalidInput(
                f"no sentence stands at {str(locator)!r}",
                where=self.name,
                hint=f"write it like p:12/s:3; the last is {self.sentences[-1].locator}",
            )
        return sentence


def read_prose(
    source: str | Path, *, data: bytes | None = None, name: str = "", max_bytes: int = MAX_BYTES
) -> Prose:
    """Read the running text of a release, an inline XBRL filing, a full submission or a transcript.

    Tables are left out, except those that merely lay out a list. Of a submission, the main document and the
    EX-99 exhibits are read, in order. Any of them may be gzipped.

    Args:
        source: The file; only a name if `data` is given.
        data: Its bytes, if already at hand.
        name: Name for messages and `Prose.name`; default the file's name.
        max_bytes: Larger files, packed or unpacked, are refused.

    Raises:
        UnreadableFile: Missing, a directory, empty, too large, damaged gzip, or binary.
        UnreadableFiling: Without any sentence, or with more text than any filing has.
    """
    path = Path(source)
    where = str(source) if data is None else name or str(source)
    plain = load(path, max_bytes) if data is None else unpack(data, max_bytes, where)
    notes = Notes()
    blocks: list[TextBlock] = []
    for label, body in _documents(plain):
        blocks += tidy(_blocks(body, notes, where), label)
        check_length(sum(len(block.text) for block in blocks), where)
    sentences = tuple(_sentences(blocks))
    if not sentences:
        raise UnreadableFiling(
            "it holds no sentences", where=where, hint="take the page (.htm), submission or transcript (.txt)"
        )
    digest = hashlib.sha256(plain).hexdigest()
    return Prose(name or file_name(path), digest, sentences, tuple(notes.lines()))


def _documents(data: bytes) -> list[tuple[str, bytes]]:
    """Type and body of the documents to read: the file itself, or those of a submission that have prose."""
    if not looks_like_submission(data):
        return [("", data)]
    documents = split_submission(data).documents
    return [(document.type, document.body) for document in documents if may_hold_prose(document)]


def may_hold_prose(document: SubmissionDocument) -> bool:
    """True for a document of a submission whose running text is read."""
    return _PROSE_FORM.match(document.type) is not None


def _blocks(data: bytes, notes: Notes, where: str) -> list[TextBlock]:
    text = decoded(data, notes, where)
    if looks_like_html(text):
        return html_blocks(text, where)
    check_length(len(text), where)
    return plain_blocks(text)


def _sentences(blocks: list[TextBlock]) -> Iterator[Sentence]:
    for number, block in enumerate(blocks, start=1):
        for position, text in enumerate(_parts(block), start=1):
            yield Sentence(
                SentenceLocator(number, position), text, block.section, block.speaker, block.heading
            )


def _parts(block: TextBlock) -> list[str]:
    return [block.text] if block.heading else split_sentences(block.text)
