"""Inline XBRL: numbers and texts tagged inside an XHTML page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from ._builder import NIL, TRUE, Attributes, Builder, DocumentReader, Dropped
from ._context import XBRLI
from ._fact import Fact
from ._layout import Layout
from ._names import Names
from ._numbers import NUMBER_FORMATS, displayed_number
from ._phrases import TEXT_FORMATS
from ._text import TextReader, chain, folded, inner_text, text_reader

INLINE_NAMESPACES = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
_FACTS = ("nonFraction", "nonNumeric", "fraction")
_KINDS = (*_FACTS, "continuation", "tuple", "hidden")


class Page:
    """One inline document, its elements sorted by kind."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.space = next((uri for uri in INLINE_NAMESPACES if _uses(root, uri)), INLINE_NAMESPACES[0])
        tags = {f"{{{self.space}}}{kind}": kind for kind in _KINDS}
        tags |= {f"{XBRLI}context": "context", f"{XBRLI}unit": "unit"}
        found: dict[str, list[etree._Element]] = {kind: [] for kind in tags.values()}
        facts: list[tuple[str, etree._Element]] = []
        for element in root.iter(*tags):
            kind = tags[str(element.tag)]
            if kind in _FACTS:
                facts.append((kind, element))
            else:
                found[kind].append(element)
        self.facts = facts
        self.contexts = found["context"]
        self.units = found["unit"]
        self.tuples = found["tuple"]
        self.continuations = {element.get("id", ""): element for element in found["continuation"]}
        self.hidden = {inner for outer in found["hidden"] for inner in outer.iter(*tags)}


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
        self._hidden = page.hidden
        self._continuations = continuations
        self._text = text_reader(continuations)
        self._values: dict[tuple[str | None, ...], tuple[str, Decimal]] = {}

    def read(self) -> None:
        """Give the page's facts to the builder, in document order."""
        makers = {
            "nonFraction": self._non_fraction,
            "fraction": self._fraction,
            "nonNumeric": self._non_numeric,
        }
        self.builder.collect((makers[kind], element) for kind, element in self._page.facts)
        if self._page.tuples:
            self.builder.notes.add("tuples are not read, their facts are", "", len(self._page.tuples))

    def _non_fraction(self, element: etree._Element, attributes: Attributes, locator: str) -> Fact:
        raw = element.text if len(element) == 0 else inner_text(element)
        if attributes.get(NIL) in TRUE:
            return self._tagged(element, attributes, locator, folded(raw or ""), None)
        get = attributes.get
        key = (raw, get("format"), get("scale"), get("sign"))
        known = self._values.get(key)
        if known is None or self.names.local:
            shown = folded(raw or "")
            known = self._values[key] = shown, self._number(attributes, shown, element)
        return self._tagged(element, attributes, locator, *known)

    def _tagged(
        self,
        element: etree._Element,
        attributes: Attributes,
        locator: str,
        shown: str,
        value: Decimal | None,
    ) -> Fact:
        concept = self._concept(element, attributes)
        return self.number(concept, element, attributes, locator, shown, value, element in self._hidden)

    def _concept(self, element: etree._Element, attributes: Attributes) -> str:
        if "target" in attributes:
            raise Dropped("facts of another target document left out", repr(attributes["target"]))
        return self.concept(attributes.get("name", ""), element)

    def _number(self, attributes: Attributes, shown: str, element: etree._Element) -> Decimal:
        name = self._format(attributes.get("format", ""), element, NUMBER_FORMATS)
        try:
            scale = int(attributes.get("scale", "0"))
            return displayed_number(shown, name, scale, negative=attributes.get("sign") == "-")
        except ValueError as error:
            raise Dropped("unreadable numbers left out", str(error)) from None

    def _format(self, written: str, element: etree._Element, known: dict[str, Callable[[str], str]]) -> str:
        """The registry name of a format, hyphens left out; empty for none."""
        if not written:
            return ""
        uri, local = self.names.uri(written, element)
        name = local.replace("-", "").lower()
        if "inlinexbrl/transformation" not in uri.lower() or name not in known:
            raise Dropped("facts of an unknown format left out", repr(written))
        return name

    def _fraction(self, element: etree._Element, attributes: Attributes, locator: str) -> Fact:
        if attributes.get(NIL) in TRUE:
            return self._tagged(element, attributes, locator, "", None)
        top, above = self._part(element, "numerator")
        bottom, below = self._part(element, "denominator")
        if not below:
            raise Dropped("unreadable numbers left out", "a fraction with denominator 0")
        return self._tagged(element, attributes, locator, f"{top}/{bottom}", above / below)

    def _part(self, element: etree._Element, name: str) -> tuple[str, Decimal]:
        part = next(element.iter(f"{{{self._page.space}}}{name}"), None)
        if part is None:
            raise Dropped("unreadable numbers left out", f"a fraction without {name}")
        shown = inner_text(part)
        return shown, self._number(dict(part.items()), shown, part)

    def _non_numeric(self, element: etree._Element, attributes: Attributes, locator: str) -> Fact:
        concept = self._concept(element, attributes)
        if "continuedAt" in attributes and chain(element, self._continuations)[1]:
            self.builder.notes.add("texts whose continuation is missing or runs in a circle", locator)
        written = attributes.get("format")
        text: str | TextReader = self._formatted(written, element) if written else self._text
        return self.phrase(concept, element, attributes, locator, text, element in self._hidden)

    def _formatted(self, written: str, element: etree._Element) -> str:
        known = NUMBER_FORMATS | TEXT_FORMATS
        try:
            return known[self._format(written, element, known)](self._text(element))
        except (ValueError, OverflowError) as error:
            raise Dropped("texts that do not fit their format left out", str(error)) from None


def read_pages(pages: list[tuple[Page, Names, Layout]], builder: Builder) -> None:
    """Give the facts of all pages of one filing to the builder; texts may continue on another page."""
    continuations: dict[str, etree._Element] = {}
    for page, _, _ in pages:
        continuations |= page.continuations
    for page, names, layout in pages:
        InlineReader(builder, names, layout, page, continuations).read()
