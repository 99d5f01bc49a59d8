"""From the attributes and text of one element to a fact, or to a note saying why it was dropped."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lxml import etree

from ._context import Context
from ._fact import Fact
from ._layout import Layout
from ._names import Names, UndeclaredPrefix
from ._notes import Notes
from ._text import TextReader

_UNBOUND_DECIMALS = 100


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
    """Makes facts with locators unique in the filing.

    Args:
        contexts: By id.
        units: By id.
        notes: Where dropped facts are noted.
    """

    def __init__(self, contexts: dict[str, Context], units: dict[str, str], notes: Notes) -> None:
        self.contexts = contexts
        self.units = units
        self.notes = notes
        self.by_locator: dict[str, Fact] = {}
        self._ordinal = -1

    def locator(self, element_id: str | None) -> str:
        """The locator of the next fact in document order."""
        self._ordinal += 1
        if element_id:
            locator = f"fact:{element_id}"
            if locator not in self.by_locator:
                return locator
            self.notes.add("elements with one id, the later ones are located by number", repr(element_id))
        locator = f"fact:n{self._ordinal}"
        while locator in self.by_locator:
            locator += "_"
        return locator

    def context(self, reference: str | None) -> Context:
        """The context of a fact.

        Raises:
            Dropped: If there is none.
        """
        context = self.contexts.get(reference or "")
        if context is None:
            raise Dropped("facts without a usable context left out", f"contextRef {reference!r}")
        return context

    def unit(self, reference: str | None) -> str:
        """The unit of a number.

        Raises:
            Dropped: If there is none.
        """
        unit = self.units.get(reference or "")
        if unit is None:
            raise Dropped("numbers without a usable unit left out", f"unitRef {reference!r}")
        return unit

    def decimals(
        self, written: str | None, precision: str | None, value: Decimal | None, locator: str
    ) -> int | None:
        """The `decimals` of a number, or those its `precision` amounts to; None if exact or unstated."""
        if written == "INF" or (written is None and precision in (None, "INF")):
            return None
        try:
            if written is not None:
                digits = int(written)
            else:
                digits = int(precision or "") - (value.adjusted() if value else 0) - 1
            if abs(digits) <= _UNBOUND_DECIMALS:
                return digits
        except ValueError:
            pass
        self.notes.add("unreadable decimals, taken as unstated", f"{(written or precision)!r} of {locator}")
        return None

    def add(self, element: etree._Element, make: Callable[[etree._Element, str], Fact]) -> Fact | None:
        """The fact `make(element, locator)` gives, or None with a note."""
        locator = self.locator(element.get("id"))
        try:
            fact = make(element, locator)
        except Dropped as problem:
            self.notes.add(problem.kind, f"{problem.detail} of {locator}")
            return None
        self.by_locator[locator] = fact
        return fact


class DocumentReader:
    """What the readers of inline and plain documents share: one document's names, and the making of texts.

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
        try:
            return self.names.read(name, element)
        except UndeclaredPrefix:
            raise Dropped("facts with an undeclared prefix left out", repr(name)) from None

    def text_fact(
        self,
        concept: str,
        element: etree._Element,
        locator: str,
        text: str | TextReader,
        nil: bool,
        hidden: bool,
    ) -> Fact:
        """A fact that is no number.

        Raises:
            Dropped: If its context is missing.
        """
        context = self.builder.context(element.get("contextRef"))
        return Fact(concept, context, "", None, text, nil, None, locator, hidden, element, self.layout)
