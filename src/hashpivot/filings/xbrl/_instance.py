"""Plain XBRL instances: facts as elements of their own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from ..formats import xml_number
from ..page import folded
from ._builder import NIL, TRUE, Attributes, Builder, DocumentReader, Dropped, Maker, Place
from ._context import XBRLI
from ._fact import Fact
from ._names import Names


class InstanceReader(DocumentReader):
    """Makes the facts of one instance."""

    def __init__(self, builder: Builder, names: Names) -> None:
        super().__init__(builder, names, None)

    def read(self, root: etree._Element) -> None:
        """Give the instance's facts to the builder, in document order."""
        self.builder.collect(self._elements(root))

    def _elements(self, root: etree._Element) -> Iterator[tuple[Maker, etree._Element, bool]]:
        for element in root.iterchildren(etree.Element):
            if element.get("contextRef") is not None:
                yield (self._text if element.get("unitRef") is None else self._number), element, False
            elif any(child.get("contextRef") is not None for child in element.iterchildren(etree.Element)):
                self.builder.notes.add("tuples and their facts are not read", str(element.tag))

    def _concept(self, element: etree._Element) -> str:
        return self.names.of_tag(str(element.tag), element.prefix)

    def _text(self, element: etree._Element, attributes: Attributes, place: Place) -> Fact:
        text = folded("".join(str(piece) for piece in element.itertext()))
        return self.phrase(self._concept(element), attributes, place, text)

    def _number(self, element: etree._Element, attributes: Attributes, place: Place) -> Fact:
        shown = folded(element.text or "")
        value: Decimal | None = None
        try:
            if len(element):
                shown = "/".join(_part(element, name) for name in ("numerator", "denominator"))
                top, bottom = (xml_number(part) for part in shown.split("/"))
                value = top / bottom
            elif attributes.get(NIL) not in TRUE:
                value = xml_number(shown)
        except (ValueError, ArithmeticError) as error:
            raise Dropped("unreadable numbers left out", str(error)) from None
        return self.number(self._concept(element), attributes, place, shown, value)


def _part(element: etree._Element, name: str) -> str:
    return folded(element.findtext(f"{XBRLI}{name}") or "")
