"""Inline XBRL: numbers and texts tagged inside an XHTML page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from ._builder import Builder, DocumentReader, Dropped
from ._context import XBRLI
from ._fact import Fact
from ._layout import Layout
from ._names import Names
from ._numbers import NUMBER_FORMATS, displayed_number
from ._phrases import TEXT_FORMATS
from ._text import TextReader, chain, folded, inner_text, text_reader

INLINE_NAMESPACES = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TRUE = frozenset({"true", "1"})
_KINDS = ("nonFraction", "nonNumeric", "fraction", "continuation", "tuple", "hidden")


class Page:
    """One inline document, its elements sorted by kind."""

    def __init__(self, root: etree._Element) -> None:
        space = next((uri for uri in INLINE_NAMESPACES if _uses(root, uri)), INLINE_NAMESPACES[0])
        tags = {f"{{{space}}}{kind}": kind for kind in _KINDS}
        tags |= {f"{XBRLI}context": "context", f"{XBRLI}unit": "unit"}
        found: dict[str, list[etree._Element]] = {kind: [] for kind in tags.values()}
        facts: list[tuple[str, etree._Element]] = []
        for element in root.iter(*tags):
            kind = tags[str(element.tag)]
            found[kind].append(element)
            if kind in ("nonFraction", "nonNumeric", "fraction"):
                facts.append((kind, element))
        self.root = root
        self.contexts = found["context"]
        self.units = found["unit"]
        self.tuples = found["tuple"]
        self.facts = facts
        self.continuations = {element.get("id", ""): element for element in found["continuation"]}
        self.hidden = {inner for outer in found["hidden"] for inner in outer.iter(*tags)}
        self.space = space


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
        page: Page,
        continuations: dict[str, etree._Element],
    ) -> None:
        super().__init__(builder, names, layout)
        self._page = page
        self._continuations = continuations
        self._text = text_reader(continuations)
        self._formats: dict[str, str] = {}

    def read(self, facts: list[Fact], texts: list[Fact]) -> None:
        """Append the page's numbers to `facts` and its texts to `texts`, in document order."""
        add = self.builder.add
        for kind, element in self._page.facts:
            if kind == "nonNumeric":
                fact = add(element, self._non_numeric)
                if fact is not None:
                    texts.append(fact)
                continue
            fact = add(element, self._non_fraction if kind == "nonFraction" else self._fraction)
            if fact is not None:
                facts.append(fact)
        if self._page.tuples:
            self.builder.notes.add("tuples are not read, their facts are", "", len(self._page.tuples))

    def _non_fraction(self, element: etree._Element, locator: str) -> Fact:
        attributes = dict(element.items())
        shown = folded(element.text or "") if len(element) == 0 else inner_text(element)
        nil = attributes.get(_NIL) in _TRUE
        value = None if nil else self._number(attributes, shown, element)
        return self._fact(element, locator, attributes, shown, value)

    def _fact(
        self,
        element: etree._Element,
        locator: str,
        attributes: dict[str, str],
        shown: str,
        value: Decimal | None,
    ) -> Fact:
        builder = self.builder
        if "target" in attributes:
            raise Dropped("facts of another target document left out", repr(attributes["target"]))
        return Fact(
            self.concept(attributes.get("name", ""), element),
            builder.context(attributes.get("contextRef")),
            builder.unit(attributes.get("unitRef")),
            value,
            shown,
            value is None,
            builder.decimals(attributes.get("decimals"), attributes.get("precision"), value, locator),
            locator,
            element in self._page.hidden,
            element,
            self.layout,
        )

    def _number(self, attributes: dict[str, str], shown: str, element: etree._Element) -> Decimal:
        name = self._format(attributes.get("format", ""), element, NUMBER_FORMATS)
        try:
            scale = int(attributes.get("scale", "0"))
            return displayed_number(shown, name, scale, negative=attributes.get("sign") == "-")
        except ValueError as error:
            raise Dropped("unreadable numbers left out", str(error)) from None

    def _format(self, written: str, element: etree._Element, known: dict[str, Callable[[str], str]]) -> str:
        """The registry name of a format, hyphens left out; empty for none."""
        name = self._formats.get(written)
        if name is None:
            uri, local = self.names.uri(written, element)
            name = local.replace("-", "").lower()
            if name and "inlinexbrl/transformation" not in uri.lower():
                raise Dropped("facts of an unknown format left out", repr(written))
            self._formats[written] = name
        if name and name not in known:
            raise Dropped("facts of an unknown format left out", repr(written))
        return name

    def _fraction(self, element: etree._Element, locator: str) -> Fact:
        if element.get(_NIL) in _TRUE:
            return self._fact(element, locator, dict(element.items()), "", None)
        parts = []
        for name in ("numerator", "denominator"):
            part = next(element.iter(f"{{{self._page.space}}}{name}"), None)
            if part is None:
                raise Dropped("unreadable numbers left out", f"a fraction without {name}")
            shown = inner_text(part)
            parts.append((shown, self._number(dict(part.items()), shown, part)))
        (top, above), (bottom, below) = parts
        if not below:
            raise Dropped("unreadable numbers left out", "a fraction with denominator 0")
        return self._fact(element, locator, dict(element.items()), f"{top}/{bottom}", above / below)

    def _non_numeric(self, element: etree._Element, locator: str) -> Fact:
        if element.get("target") is not None:
            raise Dropped("facts of another target document left out", repr(element.get("target")))
        concept = self.concept(element.get("name", ""), element)
        text: str | TextReader = self._text
        if element.get("continuedAt") and chain(element, self._continuations)[1]:
            self.builder.notes.add("texts whose continuation is missing or runs in a circle", locator)
        written = element.get("format")
        if written:
            text = self._formatted(written, element)
        nil = element.get(_NIL) in _TRUE
        return self.text_fact(concept, element, locator, text, nil, element in self._page.hidden)

    def _formatted(self, written: str, element: etree._Element) -> str:
        shown = self._text(element)
        known = NUMBER_FORMATS | TEXT_FORMATS
        try:
            return known[self._format(written, element, known)](shown)
        except (ValueError, OverflowError) as error:
            raise Dropped("texts that do not fit their format left out", str(error)) from None


def read_pages(pages: list[tuple[Page, Names, Layout]], builder: Builder) -> tuple[list[Fact], list[Fact]]:
    """Numbers and texts of all pages of one filing, in document order."""
    continuations: dict[str, etree._Element] = {}
    for page, _, _ in pages:
        continuations |= page.continuations
    facts: list[Fact] = []
    texts: list[Fact] = []
    for page, names, layout in pages:
        InlineReader(builder, names, layout, page, continuations).read(facts, texts)
    return facts, texts
