"""A stored file as pages to show: where each locator stands, and the pages themselves."""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml import etree

from hashpivot.core import (
    CellLocator,
    HashpivotError,
    JoinedLocator,
    Locator,
    UnreadableFiling,
    collector_paused,
    terminal_line,
)

from ..page import Grid, VisibleText, local_name
from ..prose import Sentence, TextPiece, looks_like_html, may_hold_prose, prose_pieces, read_prose
from ..release import is_page, may_hold_tables, parse_page
from ..source import (
    MAX_BYTES,
    MAX_CELL_CHARACTERS,
    MAX_SHOWN_ELEMENTS,
    MAX_SHOWN_SENTENCES,
    MAX_TABLES,
    Notes,
    SubmissionDocument,
    decoded,
    looks_like_submission,
    split_submission,
    unpack,
)
from ..xbrl import Fact, read_filing
from ._anchor import PREFIX, anchor_of
from ._clean import clean, writable
from ._sentences import mark_sentences

BOXES = ("#2458a6", "#b5522b", "#1f7a68", "#8a5a8f", "#a87412", "#5b6470")
"""The colours of boxes, one an operand."""

_ANCHOR = re.compile(rf"{PREFIX}[A-Za-z0-9_-]+")
_FACTS = (b"nonFraction", b"nonNumeric")
_HIDDEN = re.compile(r"-sec-ix-hidden\s*:\s*([^;\s]+)")
_BLOCKS = frozenset({"p", "div", "td", "li", "body", "html"})
_MOST_PARTS = 200  # of a paragraph, where a hidden number is looked for
_BOX = "{{outline:3px solid {0};outline-offset:1px;background:#fff7d6!important;color:#000!important}}"
_LOADS = "default-src 'none'; style-src 'unsafe-inline'"
"""Said in the page itself too, as a page on disk comes without `SHOWN_POLICY`."""

_STYLE = (
    "html{background:#fff;color:#000;color-scheme:light;scroll-padding-top:35vh}"
    "body{margin:0 auto;padding:16px;max-width:1100px;overflow-wrap:break-word}"
    "pre{white-space:pre-wrap}"
)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """Where a locator stands on the pages of a file.

    Args:
        document: Number of the document in the file, from 0.
        anchor: The id of its element there.
        text: What stands there, white space folded; of a long text the beginning.
    """

    document: int
    anchor: str
    text: str


@dataclass(frozen=True, repr=False)
class ShownDocument:
    """One document of a file, made safe to show.

    Args:
        number: Its number in the file, from 0.
        name: File name as filed, else that of the file.
        type: `10-Q`, `EX-99.1`, ...; empty for a page by itself.
        title: The page's own.
    """

    number: int
    name: str
    type: str
    title: str
    _body: str = field(repr=False)
    _sheet: str = field(repr=False)

    def __repr__(self) -> str:
        return terminal_line(f"ShownDocument({self.number}, {self.type} {self.name})")

    def page(self, anchors: Sequence[str] = (), colour: int = 0) -> bytes:
        """The page in UTF-8: no script, nothing loaded; serve it with `SHOWN_POLICY`.

        Whatever the address's fragment names is boxed.

        Args:
            anchors: Ids boxed whatever the address says: all parts of a sentence, all facts of a sum.
            colour: Number of the operand, from 0, which gives the colour of boxes.
        """
        box = BOXES[colour % len(BOXES)]
        named = [name for name in anchors if _ANCHOR.fullmatch(name)]
        chosen = ",".join([":target", *(f"{mark}{name}" for name in named for mark in "#.")])
        style = f"{self._sheet}\n{_STYLE}{chosen}{_BOX.format(box)}"
        return (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_LOADS}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{html.escape(self.title or self.name)}</title><style>{style}</style></head>\n"
            f"{self._body}</html>\n"
        ).encode()


@dataclass(frozen=True, repr=False)
class ShownFile:
    """A file as pages to show.

    Args:
        sha256: Of the file, unpacked.
        name: Of the file.
        documents: Those that can be shown, by number.
    """

    sha256: str
    name: str
    documents: Mapping[int, ShownDocument]
    _places: Mapping[str, ShownPlace]
    _same: Mapping[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return terminal_line(f"ShownFile({self.name}, {len(self.documents)} documents)")

    def places(self, locator: Locator) -> tuple[ShownPlace, ...]:
        """Where a locator stands: one place, those of all parts of a sum, none if no page shows it."""
        parts = locator.parts if isinstance(locator, JoinedLocator) else (locator,)
        return tuple(self._places[str(part)] for part in parts if str(part) in self._places)

    def occurrences(self, locator: Locator) -> tuple[ShownPlace, ...]:
        """Every place of the same fact, in the order of the file; of anything else its own place alone."""
        same = self._same.get(str(locator), (str(locator),))
        return tuple(self._places[text] for text in same if text in self._places)


@collector_paused()
def shown_file(data: bytes, name: str = "", *, max_bytes: int = MAX_BYTES) -> ShownFile:
    """The pages of a file: a page with or without inline XBRL, a text, or those of an EDGAR full submission.

    Args:
        data: The file, gzip or not.
        name: Of the file, for titles and messages.
        max_bytes: Larger files are refused.

    Raises:
        UnreadableFile: Empty, too large or damaged.
        UnreadableFiling: If none of it is a page or a text.
    """
    plain = unpack(data, max_bytes, name)
    return _Maker(plain, name).file()


@dataclass(slots=True)
class _Sheet:
    """A document while it is made: its tree, and the elements that places are at."""

    document: SubmissionDocument
    number: int
    root: etree._Element
    tagged: bool
    named: dict[etree._Element, str] = field(default_factory=dict)
    at: dict[str, etree._Element] = field(default_factory=dict)


class _Maker:
    """One run over a file."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._whole = not looks_like_submission(data)
        self._documents = (
            (SubmissionDocument("", 0, name, "", data),) if self._whole else split_submission(data).documents
        )
        self._places: dict[str, ShownPlace] = {}
        self._same: dict[str, tuple[str, ...]] = {}

    def file(self) -> ShownFile:
        sheets = list(self._sheets())
        if not sheets:
            raise UnreadableFiling(
                "it holds no page that can be shown", where=self._name, hint="take the filing's page (.htm)"
            )
        self._bound(sheets)
        self._name_cells(sheets)
        bodies = {sheet.number: self._clean(sheet) for sheet in sheets}
        self._name_sentences(sheets, {number: body for number, (body, _, _) in bodies.items()})
        for sheet in sheets:
            for text, element in sheet.at.items():
                self._places[text] = ShownPlace(sheet.number, sheet.named[element], _text(element))
        documents = {
            sheet.number: ShownDocument(
                sheet.number,
                sheet.document.filename,
                sheet.document.type,
                title,
                etree.tostring(body, method="html", encoding="unicode", with_tail=False),
                style,
            )
            for sheet in sheets
            for body, style, title in (bodies[sheet.number],)
        }
        digest = hashlib.sha256(self._data).hexdigest()
        return ShownFile(digest, self._name, documents, self._places, self._same)

    def _bound(self, sheets: list[_Sheet]) -> None:
        """Refuse what would take minutes: the work grows with the elements."""
        elements = sum(1 for sheet in sheets for _ in sheet.root.iter())
        if elements > MAX_SHOWN_ELEMENTS:
            raise UnreadableFiling(
                f"its pages have {elements:,} elements, and at most {MAX_SHOWN_ELEMENTS:,} are shown",
                where=self._name,
                hint="look it up at its source",
            )

    def _sheets(self) -> Iterator[_Sheet]:
        """The documents that can be shown, with the places of their facts."""
        tagged = self._tagged()
        for number, document in enumerate(self._documents):
            if number in tagged:
                sheet = _Sheet(document, number, tagged[number], True)
                self._name_facts(sheet)
                yield sheet
            elif self._whole or is_page(document):
                with suppress(HashpivotError):
                    root = self._untagged(document.body)
                    if root is not None:
                        yield _Sheet(document, number, root, False)

    def _untagged(self, body: bytes) -> etree._Element | None:
        notes = Notes()
        text = decoded(body, notes, self._name)
        if looks_like_html(text):
            return parse_page(body, notes, self._name)
        if text.lstrip()[:5] == "<?xml" or not text.strip():
            return None
        root = etree.Element("body")
        etree.SubElement(root, "pre").text = writable(text)
        return root

    @cached_property
    def _facts(self) -> dict[etree._Element, list[Fact]]:
        """The facts of the file by the root of their page, in its order."""
        found: dict[etree._Element, list[Fact]] = defaultdict(list)
        if any(mark in self._data for mark in _FACTS):
            with suppress(HashpivotError):
                filing = read_filing(self._name or "file", data=self._data, name=self._name)
                for fact in filing.in_order:
                    element = fact.element
                    if element is not None:
                        found[element.getroottree().getroot()].append(fact)
        return found

    def _tagged(self) -> dict[int, etree._Element]:
        """The roots of the pages with facts, by the number of their document."""
        numbers = [
            number
            for number, document in enumerate(self._documents)
            if any(mark in document.raw for mark in _FACTS) and (self._whole or is_page(document))
        ]
        roots = list(self._facts)
        return dict(zip(numbers, roots, strict=True)) if len(numbers) == len(roots) else {}

    def _name_facts(self, sheet: _Sheet) -> None:
        shown = _shown_for_hidden(sheet.root)
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for fact in self._facts[sheet.root]:
            text, element = str(fact.locator), fact.element
            if fact.hidden and element is not None:
                named = shown.get(element.get("id", ""))
                element = _where_shown(named, fact.text) if named is not None else None
            if element is None:
                continue
            sheet.named.setdefault(element, anchor_of(fact.locator))
            sheet.at[text] = element
            if fact.value is not None:
                groups[fact.concept, fact.context.key, fact.unit, fact.value].append(text)
        for texts in groups.values():
            self._same |= dict.fromkeys(texts, tuple(texts))

    def _name_cells(self, sheets: list[_Sheet]) -> None:
        first = 0
        for sheet in sheets:
            if not (self._whole or may_hold_tables(sheet.document)):
                continue
            visible = VisibleText(sheet.root)
            tables = [table for table in sheet.root.iter("{*}table") if visible.styles.of(table).shown]
            for number, table in enumerate(tables[:MAX_TABLES], first):
                for cell, (row, column) in Grid(table, visible).places.items():
                    locator = CellLocator(number, row, column)
                    sheet.named.setdefault(cell, anchor_of(locator))
                    sheet.at.setdefault(str(locator), cell)
            first += len(tables)

    def _clean(self, sheet: _Sheet) -> tuple[etree._Element, str, str]:
        title = next((_text(e) for e in sheet.root.iter() if local_name(e) == "title"), "")
        return (*clean(sheet.root, sheet.named), title)

    def _name_sentences(self, sheets: list[_Sheet], bodies: Mapping[int, etree._Element]) -> None:
        """Sentences are found in the running text of all pages together, as they are numbered."""
        try:
            sentences = read_prose(self._name or "file", data=self._data, name=self._name).sentences
        except HashpivotError:
            return
        if len(sentences) > MAX_SHOWN_SENTENCES:
            return
        pieces: list[TextPiece] = []
        for sheet in sheets:
            if self._whole or may_hold_prose(sheet.document):
                pieces += prose_pieces(bodies[sheet.number], self._name)
        mark_sentences(pieces, sentences)
        self._place_sentences(sentences, bodies)

    def _place_sentences(self, sentences: tuple[Sentence, ...], bodies: Mapping[int, etree._Element]) -> None:
        by_anchor = {anchor_of(sentence.locator): sentence for sentence in sentences}
        for number, body in bodies.items():
            for element in body.iter("ix-say"):
                sentence = by_anchor.get(element.get("id", ""))
                if sentence:
                    self._places[str(sentence.locator)] = ShownPlace(
                        number, element.get("id", ""), sentence.text
                    )


def _shown_for_hidden(root: etree._Element) -> dict[str, etree._Element]:
    """The elements that show hidden facts, by the fact's id."""
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        style = element.get("style") if isinstance(element.tag, str) else None
        if style and "-sec-ix-hidden" in style:
            found |= {name: element for name in _HIDDEN.findall(style) if name not in found}
    return found


def _where_shown(named: etree._Element, text: str) -> etree._Element:
    """The element that shows a hidden number: the one the page names, or one of its block if that shows none.

    Pages name the word `outstanding` for a number of shares that stands once before `issued and outstanding`.
    """
    number = _digits(text)
    if not number or _digits(_text(named)) or local_name(named) in _BLOCKS:
        return named
    block = next(e for e in named.iterancestors() if local_name(e) in _BLOCKS)
    leaves = (element for element in block.iter() if isinstance(element.tag, str) and len(element) == 0)
    parts = list(islice(leaves, _MOST_PARTS))
    return next((part for part in parts if _digits(_text(part)) == number), named)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit() or letter == ".").strip(".")


def _text(element: etree._Element) -> str:
    """The beginning of an element's text, white space folded; places may stand in each other."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        length += len(pieces[-1])
        if length > MAX_CELL_CHARACTERS:
            break
    return " ".join("".join(pieces)[:MAX_CELL_CHARACTERS].split())
