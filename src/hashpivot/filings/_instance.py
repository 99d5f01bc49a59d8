"""Plain XBRL instances: facts as elements of their own."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from ._builder import Builder, DocumentReader, Dropped
from ._context import XBRLI
from ._fact import Fact
from ._names import Names
from ._numbers import xml_number
from ._text import folded

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class InstanceReader(DocumentReader):
    """Makes the facts of one instance."""

    def __init__(self, builder: Builder, names: Names) -> None:
        super().__init__(builder, names, None)

    def read(self, root: etree._Element, facts: list[Fact], texts: list[Fact]) -> None:
        """Append the instance's numbers to `facts` and its texts to `texts`, in document order."""
        for element in root.iterchildren(etree.Element):
            if element.get("contextRef") is None:
                if len(element) and any(child.get("contextRef") is not None for child in element):
                    self.builder.notes.add("tuples are not read", repr(element.tag))
                continue
            number = element.get("unitRef") is not None
            fact = self.builder.add(element, self._number if number else self._text)
            if fact is not None:
                (facts if number else texts).append(fact)

    def _concept(self, element: etree._Element) -> str:
        return self.names.of_tag(str(element.tag), element.prefix)

    def _text(self, element: etree._Element, locator: str) -> Fact:
        text = folded("".join(str(piece) for piece in element.itertext()))
        return self.text_fact(self._concept(element), element, locator, text, _is_nil(element), hidden=False)

    def _number(self, element: etree._Element, locator: str) -> Fact:
        shown = folded(element.text or "")
        nil = _is_nil(element)
        value: Decimal | None
        try:
            if len(element):
                top, bottom = (
                    folded(element.findtext(f"{XBRLI}{name}") or "") for name in ("numerator", "denominator")
                )
                shown = f"{top}/{bottom}"
                value = xml_number(top) / xml_number(bottom)
            else:
                value = None if nil else xml_number(shown)
        except (ValueError, ArithmeticError) as error:
            raise Dropped("unreadable numbers left out", str(error)) from None
        build = self.builder
        return Fact(
            self._concept(element),
            build.context(element.get("contextRef")),
            build.unit(element.get("unitRef")),
            value,
            shown,
            nil,
            build.decimals(element.get("decimals"), element.get("precision"), value, locator),
            locator,
            False,
            element,
            None,
        )


def _is_nil(element: etree._Element) -> bool:
    return element.get(_NIL) in ("true", "1")
