"""From one element to a fact, or to a note saying why it was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from lxml import etree

from hashpivot.core import FactLocator, Locator

from ..page import Layout, TextReader
from ..source import Notes
from ._context import Context
from ._fact import Fact
from ._names import Names, UndeclaredPrefix

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TRUE = frozenset({"true", "1"})
_USUAL_DECIMALS: dict[str | None, int] = {str(digits): digits for digits in range(-9, 10)}
_MOST_DECIMALS = 100

Place = tuple[Locator, int, bool]
"""Locator, number among the elements of the document that are facts, and whether it is hidden."""
Attributes = dict[str, str]
"""Of one element, by name; asked for at once, as asking lxml for each takes twice as long."""
Maker = Callable[[etree._Element, Attributes, Place], Fact]


class Dropped(Exception):
    """Why a fact cannot be used.

    Args:
        kind: One sentence, the same for every fact with this problem.
        detail: What was found.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


class Builder:
    """Collects the facts of one filing under unique ids.

    Args:
        contexts: By id.
        units: By id.
        notes: Where facts left out are noted.
    """

    def __init__(
        self, contexts: dict[str | None, Context], units: dict[str | None, str], notes: Notes
    ) -> None:
        self.contexts = contexts
        self.units = units
        self.notes = notes
        self.facts: list[Fact] = []
        self.texts: list[Fact] = []
        self.by_id: dict[str, Fact] = {}
        self._ordinal = -1

    def collect(self, elements: Iterable[tuple[Maker, etree._Element, bool]]) -> None:
        """Make a fact of every `(maker, element, hidden)` of a document, in order."""
        by_id, identify = self.by_id, self._identify
        for number, (make, element, hidden) in enumerate(elements):
            attributes: Attributes = dict(element.items())
            fact_id = identify(attributes.get("id"))
            locator = FactLocator(fact_id)
            try:
                fact = by_id[fact_id] = make(element, attributes, (locator, number, hidden))
            except Dropped as problem:
                self.notes.add(problem.kind, f"{problem.detail} of {locator}")
                continue
            (self.facts if fact.unit else self.texts).append(fact)

    def _identify(self, element_id: str | None) -> str:
        """A unique id for the next element: its own, or `n` and its number."""
        self._ordinal += 1
        if element_id:
            if element_id not in self.by_id:
                return element_id
            self.notes.add("elements with one id, the later ones are located by number", repr(element_id))
        fact_id = f"n{self._ordinal}"
        while fact_id in self.by_id:
            fact_id += "_"
        return fact_id


class DocumentReader:
    """What the readers of inline and plain documents share: how one document's facts are made.

    Args:
        builder: Of the whole filing.
        names: Of this document.
        layout: Of this document's tables; None where there is no page.
    """

    def __init__(self, builder: Builder, names: Names, layout: Layout | None) -> None:
        self.builder = builder
        self.names = names
        self.layout = layout

    def concept(self, name: str, element: etree._Element) -> str:
        """The canonical name of a concept.

        Raises:
            Dropped: If its prefix is not declared.
        """
        known = self.names.known.get(name)
        if known is not None:
            return known
        try:
            return self.names.read(name, element)
        except UndeclaredPrefix:
            raise Dropped("facts with an undeclared prefix left out", repr(name)) from None

    def number(
        self,
        concept: str,
        attributes: Attributes,
        place: Place,
        shown: str,
        value: Decimal | None,
    ) -> Fact:
        """A numeric fact; nil if `value` is None.

        Raises:
            Dropped: If its context or unit is missing, or it belongs to another target document.
        """
        get, builder = attributes.get, self.builder
        context, unit = builder.contexts.get(get("contextRef")), builder.units.get(get("unitRef"))
        if context is None or unit is None or "target" in attributes:
            raise _unusable(attributes, context)
        written = get("decimals")
        decimals = _USUAL_DECIMALS.get(written)
        if decimals is None and written != "INF":
            decimals = self._decimals(written, get("precision"), value, place[0])
        return Fact(concept, context, unit, value, shown, value is None, decimals, place, self.layout)

    def phrase(
        self,
        concept: str,
        attributes: Attributes,
        place: Place,
        text: str | TextReader,
    ) -> Fact:
        """A fact that is no number; `text` is a string or a function of its element.

        Raises:
            Dropped: If its context is missing, or it belongs to another target document.
        """
        context = self.builder.contexts.get(attributes.get("contextRef"))
        if context is None or "target" in attributes:
            raise _unusable(attributes, context)
        nil = attributes.get(NIL) in TRUE
        return Fact(concept, context, "", None, text, nil, None, place, self.layout)

    def _decimals(
        self, written: str | None, precision: str | None, value: Decimal | None, locator: Locator
    ) -> int | None:
        """The `decimals` of a number, or those its `precision` amounts to (XBRL 2.1, 4.6.6)."""
        if written is None and precision in (None, "INF"):
            return None
        try:
            if written is not None:
                digits = int(written)
            else:
                digits = int(precision or "") - (value.adjusted() if value else 0) - 1
            if abs(digits) <= _MOST_DECIMALS:
                return digits
        except ValueError:
            pass
        self.builder.notes.add(
            "unreadable decimals, taken as unstated", f"{(written or precision)!r} of {locator}"
        )
        return None


def _unusable(attributes: Attributes, context: Context | None) -> Dropped:
    if "target" in attributes:
        return Dropped("facts of another target document left out", repr(attributes.get("target")))
    if context is None:
        return Dropped(
            "facts without a usable context left out", f"contextRef {attributes.get('contextRef')!r}"
        )
    return Dropped("numbers without a usable unit left out", f"unitRef {attributes.get('unitRef')!r}")
