"""Inline XBRL: numbers and texts tagged inside an XHTML page."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from ..formats import (
    NUMBER_FORMATS,
    TEXT_FORMATS,
    Formats,
    Reader,
    displayed_number,
    doubt,
    ordinary_number,
    plain_number,
)
from ..page import (
    Layout,
    PageParts,
    TextReader,
    chain,
    collapsed,
    folded,
    inner_text,
    raw_text,
    text_reader,
    unstruck,
)
from ._builder import NIL, TRUE, Attributes, Builder, DocumentReader, Dropped, Maker, Place
from ._context import XBRLI
from ._fact import Fact
from ._names import Names

INLINE_NAMESPACES = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
Style = tuple[str, str, str]
"""Format, scale and sign as written."""
_FACTS = ("nonFraction", "nonNumeric", "fraction")
_OTHERS = ("continuation", "hidden", "tuple")


class InlinePage:
    """One inline document and its elements by kind, found in one walk, as walking takes a tenth of parsing.

    Attributes:
        root: Root element.
        space: Prefix of its inline tags, `{namespace}`.
        contexts: Elements of contexts.
        units: Elements of units.
        continuations: Elements that texts go on in, by id.
        tuples: How many there are.
        parts: Its facts, and what else its layout is made of.
        hidden: For each fact, whether it stands in `ix:hidden`.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        uri = next((uri for uri in INLINE_NAMESPACES if _uses(root, uri)), INLINE_NAMESPACES[0])
        self.space = f"{{{uri}}}"
        self.contexts: list[etree._Element] = []
        self.units: list[etree._Element] = []
        self.continuations: dict[str, etree._Element] = {}
        self.tuples = 0
        self.parts = PageParts(root)
        self.hidden: list[bool] = []
        self._walk()

    def _walk(self) -> None:
        parts = self.parts
        kinds: dict[object, str] = {self.space + kind: kind for kind in (*_FACTS, *_OTHERS)}
        kinds |= {XBRLI + kind: kind for kind in ("context", "unit")}
        to_hide = 0  # of the facts still to come
        for element in self.root.iter(*map(str, kinds), "{*}table", "{*}style"):
            kind = kinds.get(element.tag, "")
            if kind in _FACTS:
                parts.add_fact(element)
                self.hidden.append(to_hide > 0)
                to_hide -= 1
            elif kind == "context":
                self.contexts.append(element)
            elif kind == "unit":
                self.units.append(element)
            elif kind == "continuation":
                self.continuations[element.get("id", "")] = element
            elif kind == "hidden":
                inside = sum(1 for _ in element.iter(*(self.space + kind for kind in _FACTS)))
                to_hide = max(to_hide, inside)
            elif kind == "tuple":
                self.tuples += 1
            else:
                parts.add(element)


def _holds_digits_apart(element: etree._Element) -> bool:
    """True if some of an element's digits stand in elements within it."""
    return any(_digits(node.text or "") for node in element.iterdescendants("{*}*"))


def _digits(text: str) -> list[int]:
    return [int(char) for char in text if char.isdecimal()]


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
        self._seen = layout.seen
        self._continuations = continuations
        self._text = text_reader(continuations)
        self._formats: dict[tuple[str, bool], Reader] = {}
        self._values: dict[tuple[str, Style], tuple[str, Decimal]] = {}

    def read(self) -> None:
        """Give the page's facts to the builder, in document order."""
        makers = (self._non_fraction, self._non_numeric, self._fraction)
        by_tag: dict[object, Maker] = {
            self._page.space + kind: make for kind, make in zip(_FACTS, makers, strict=True)
        }
        facts = zip(self._page.parts.facts, self._page.hidden, strict=True)
        self.builder.collect((by_tag[element.tag], element, hidden) for element, hidden in facts)
        if self._page.tuples:
            self.builder.notes.add("tuples are not read, their facts are", "", self._page.tuples)

    def _non_fraction(self, element: etree._Element, written: Attributes, place: Place) -> Fact:
        raw = element.text or "" if len(element) == 0 else raw_text(element)
        value: Decimal | None = None
        if written.get(NIL) in TRUE:
            shown = folded(raw)
            if any(char in "123456789" for char in shown):
                self.builder.notes.add("facts without a value that show a number", repr(shown[:40]))
        else:
            shown, value = self._value(raw, element, written)
            if len(element) and _holds_digits_apart(element):
                self._compare(raw, element)
        concept = self.concept(written.get("name", ""), element)
        return self.number(concept, written, place, shown, value)

    def _compare(self, raw: str, element: etree._Element) -> None:
        """Note digits that a person would not read as those of the number, though they are tagged with it."""
        seen = unstruck(self._seen(element))
        if seen and _digits(seen) != _digits(raw):
            self.builder.notes.add("raised or struck digits in a number, read as digits of it", repr(raw))

    def _value(self, raw: str, element: etree._Element, written: Attributes) -> tuple[str, Decimal]:
        """The text shown and the value; remembered, as most numbers stand in a filing more than once."""
        get = written.get
        style = get("format", ""), get("scale", "0"), get("sign", "")
        known = self._values.get((raw, style))
        if known is None or self.names.local:
            known = self._values[raw, style] = folded(raw), self._number(raw, style, element)
        return known

    def _number(self, raw: str, style: Style, element: etree._Element) -> Decimal:
        written, scale, sign = style
        read = self._format(written, element, NUMBER_FORMATS) if written else plain_number
        ordinary = ordinary_number(raw, read, scale, sign)
        if ordinary is not None:
            return ordinary
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

    def _fraction(self, element: etree._Element, written: Attributes, place: Place) -> Fact:
        shown, value = "", None
        if written.get(NIL) not in TRUE:
            top, above = self._part(element, "numerator")
            bottom, below = self._part(element, "denominator")
            if not below:
                raise Dropped("unreadable numbers left out", "a fraction with denominator 0")
            shown, value = f"{top}/{bottom}", above / below
        concept = self.concept(written.get("name", ""), element)
        return self.number(concept, written, place, shown, value)

    def _part(self, element: etree._Element, name: str) -> tuple[str, Decimal]:
        part = next(element.iter(self._page.space + name), None)
        if part is None:
            raise Dropped("unreadable numbers left out", f"a fraction without {name}")
        style = part.get("format", ""), part.get("scale", "0"), part.get("sign", "")
        return inner_text(part), self._number(raw_text(part), style, part)

    def _non_numeric(self, element: etree._Element, written: Attributes, place: Place) -> Fact:
        concept = self.concept(written.get("name", ""), element)
        if written.get("continuedAt") and chain(element, self._continuations)[1]:
            self.builder.notes.add("texts whose continuation is missing or runs in a circle", str(place[0]))
        shape = None if written.get(NIL) in TRUE else written.get("format")
        text: str | TextReader = self._formatted(shape, element) if shape else self._text
        return self.phrase(concept, written, place, text)

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
