"""Inline XBRL: numbers and texts tagged inside an XHTML page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from lxml import etree

from ..formats import NUMBER_FORMATS, TEXT_FORMATS, Formats, Reader, displayed_number, doubt, plain_number
from ..page import Layout, TextReader, chain, collapsed, folded, inner_text, raw_text, text_reader
from ._builder import NIL, TRUE, Builder, DocumentReader, Dropped, Maker, Place
from ._context import XBRLI
from ._fact import Fact
from ._names import Names

INLINE_NAMESPACES = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
Style = tuple[str, str, str]
"""Format, scale and sign as written."""


class InlinePage:
    """One inline document and its elements by kind; facts are walked each time, in document order.

    Attributes:
        root: Root element.
        space: Prefix of its inline tags, `{namespace}`.
        fact_tags: Tags of the elements that are facts.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        uri = next((uri for uri in INLINE_NAMESPACES if _uses(root, uri)), INLINE_NAMESPACES[0])
        self.space = f"{{{uri}}}"
        self.fact_tags = tuple(self.space + kind for kind in ("nonFraction", "nonNumeric", "fraction"))
        self.contexts: list[etree._Element] = []
        self.units: list[etree._Element] = []
        self.continuations: dict[str, etree._Element] = {}
        self.tuples = 0
        context, unit, continuation = f"{XBRLI}context", f"{XBRLI}unit", f"{self.space}continuation"
        for element in root.iter(context, unit, continuation, f"{self.space}tuple"):
            tag = element.tag
            if tag == context:
                self.contexts.append(element)
            elif tag == unit:
                self.units.append(element)
            elif tag == continuation:
                self.continuations[element.get("id", "")] = element
            else:
                self.tuples += 1

    @property
    def has_facts(self) -> bool:
        """True if anything is tagged."""
        return next(self.root.iter(*self.fact_tags), None) is not None

    def facts(self, makers: Mapping[object, Maker]) -> Iterator[tuple[Maker, etree._Element, bool]]:
        """The elements that are facts, the maker for their tag, and whether they stand in `ix:hidden`."""
        hidden = f"{self.space}hidden"
        still_hidden = 0
        for element in self.root.iter(hidden, *self.fact_tags):
            tag = element.tag
            if tag == hidden:
                still_hidden = max(still_hidden, sum(1 for _ in element.iter(*self.fact_tags)))
                continue
            yield makers[tag], element, still_hidden > 0
            still_hidden -= 1


def _uses(root: etree._Element, uri: str) -> bool:
    return next(root.iter(f"{{{uri}}}*"), None) is not None


class InlineReader(DocumentReader):
    """Makes the facts of one page.

    Args:
        builder: Of the whole filing.
        names: Of this page.
        layout: Of this page's tables.
        page: The page.
        continuations: Of all pages of the filing, by id.
    """

    def __init__(
        self,
        builder: Builder,
        names: Names,
        layout: Layout,
        page: InlinePage,
        continuations: dict[str, etree._Element],
    ) -> None:
        super().__init__(builder, names, layout)
        self._page = page
        self._continuations = continuations
        self._text = text_reader(continuations)
        self._formats: dict[tuple[str, bool], Reader] = {}
        self._values: dict[tuple[str, Style], tuple[str, Decimal]] = {}

    def read(self) -> None:
        """Give the page's facts to the builder, in document order."""
        makers = (self._non_fraction, self._non_numeric, self._fraction)
        by_tag: dict[object, Maker] = dict(zip(self._page.fact_tags, makers, strict=True))
        self.builder.collect(self._page.facts(by_tag))
        if self._page.tuples:
            self.builder.notes.add("tuples are not read, their facts are", "", self._page.tuples)

    def _non_fraction(self, element: etree._Element, place: Place) -> Fact:
        raw = element.text or "" if len(element) == 0 else raw_text(element)
        value: Decimal | None = None
        if element.get(NIL) in TRUE:
            shown = folded(raw)
        else:
            shown, value = self._value(raw, element)
        concept = self.concept(element.get("name", ""), element)
        return self.number(concept, element, place, shown, value)

    def _value(self, raw: str, element: etree._Element) -> tuple[str, Decimal]:
        """The text shown and the value; remembered, as most numbers stand in a filing more than once."""
        get = element.get
        style = get("format", ""), get("scale", "0"), get("sign", "")
        known = self._values.get((raw, style))
        if known is None or self.names.local:
            known = self._values[raw, style] = folded(raw), self._number(raw, style, element)
        return known

    def _number(self, raw: str, style: Style, element: etree._Element) -> Decimal:
        written, scale, sign = style
        read = self._format(written, element, NUMBER_FORMATS) if written else plain_number
        text = collapsed(raw)
        try:
            if sign not in ("", "-"):
                raise ValueError(f"the sign {sign[:40]!r} is not a minus")
            value = displayed_number(text, read, int(scale), negative=sign == "-")
        except ValueError as error:
            raise Dropped("unreadable numbers left out", str(error)) from None
        if doubtful := doubt(text, read):
            self.builder.notes.add(doubtful, f"{text[:40]!r} of {element.get('name', '')}")
        return value

    def _format(self, written: str, element: etree._Element, known: Formats) -> Reader:
        """The function of a format such as `ixt:num-dot-decimal`, by its namespace and name."""
        found = self._formats.get((written, known is NUMBER_FORMATS))
        if found is None or self.names.local:
            found = known.get(self.names.uri(written, element))
            if found is None:
                raise Dropped("facts of an unknown format left out", repr(written))
            self._formats[written, known is NUMBER_FORMATS] = found
        return found

    def _fraction(self, element: etree._Element, place: Place) -> Fact:
        shown, value = "", None
        if element.get(NIL) not in TRUE:
            top, above = self._part(element, "numerator")
            bottom, below = self._part(element, "denominator")
            if not below:
                raise Dropped("unreadable numbers left out", "a fraction with denominator 0")
            shown, value = f"{top}/{bottom}", above / below
        concept = self.concept(element.get("name", ""), element)
        return self.number(concept, element, place, shown, value)

    def _part(self, element: etree._Element, name: str) -> tuple[str, Decimal]:
        part = next(element.iter(self._page.space + name), None)
        if part is None:
            raise Dropped("unreadable numbers left out", f"a fraction without {name}")
        style = part.get("format", ""), part.get("scale", "0"), part.get("sign", "")
        return inner_text(part), self._number(raw_text(part), style, part)

    def _non_numeric(self, element: etree._Element, place: Place) -> Fact:
        concept = self.concept(element.get("name", ""), element)
        if element.get("continuedAt") and chain(element, self._continuations)[1]:
            self.builder.notes.add("texts whose continuation is missing or runs in a circle", str(place[0]))
        written = None if element.get(NIL) in TRUE else element.get("format")
        text: str | TextReader = self._formatted(written, element) if written else self._text
        return self.phrase(concept, element, place, text)

    def _formatted(self, written: str, element: etree._Element) -> str:
        read = self._format(written, element, TEXT_FORMATS)
        raw = "".join(raw_text(part) for part in chain(element, self._continuations)[0])
        try:
            return read(collapsed(raw))
        except ValueError as error:
            raise Dropped("texts that do not fit their format left out", str(error)) from None


def read_pages(pages: list[tuple[InlinePage, Names, Layout]], builder: Builder) -> None:
    """Give the facts of all pages of one filing to the builder; texts may continue on another page."""
    continuations: dict[str, etree._Element] = {}
    for page, _, _ in pages:
        continuations |= page.continuations
    for page, names, layout in pages:
        InlineReader(builder, names, layout, page, continuations).read()
