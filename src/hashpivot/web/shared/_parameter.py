"""What a page can be asked: parameters of its path and of its query, with their types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from hashpivot.core import InvalidInput, Quarter, near_keys

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHAPES: dict[str, dict[str, str]] = {
    "quarter": {"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$"},
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "choice": {"type": "string"},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a page.

    Args:
        name: As it stands in the address.
        kind: What it is; `text` is a ticker, a name or a span of quarters that the desk itself reads.
        about: What it does, one sentence without a full stop.
        repeated: It may stand there several times.
        least, most: Limits of an integer.
        choices: Values of a choice and how they are called; one that is not repeated may be left out.
        usual: What a field that is left empty stands for.
        none: What the first box of a choice says, that is lit while no other is; without it if empty.
        label: What its field is called; the name if empty.
        shown: It is a field of the page's form; what is not is set by links and scripts, and goes with it.
        folded: Its field stands in the part of the form that one opens first.
    """

    name: str
    kind: Literal["quarter", "day", "moment", "text", "integer", "choice"]
    about: str
    repeated: bool = False
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    usual: str = ""
    label: str = ""
    none: str = ""
    shown: bool = True
    folded: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        limits = {"minimum": self.least, "maximum": self.most} if self.kind == "integer" else {}
        named = {"enum": [value for value, _ in self.choices]} if self.kind == "choice" else {}
        return _SHAPES[self.kind] | limits | named

    def read(self, text: str) -> Any:
        """Return the value of a text.

        Raises:
            InvalidInput: If it cannot be one.
        """
        if self.kind == "quarter":
            return Quarter.parse(text)
        if self.kind == "day":
            return self._day(text)
        if self.kind == "choice":
            return self._choice(text)
        return self._integer(text) if self.kind == "integer" else text

    def _day(self, text: str) -> date:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise InvalidInput(f"{text!r} is not a day", where=self.name, hint="write it as 2025-03-01")

    def _choice(self, text: str) -> str:
        values = [value for value, _ in self.choices]
        if text in values:
            return text
        raise InvalidInput(
            f"{text!r} is no {self.name}", where=self.name, hint=near_keys(text, values) or ", ".join(values)
        )

    def _integer(self, text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 10 and self.least <= int(text) <= self.most:
            return int(text)
        raise InvalidInput(
            f"{text!r} is not a whole number from {self.least} to {self.most}", where=self.name
        )


def read_parameters(parameters: Sequence[Parameter], given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the values of what an address gives, by name; an empty text counts as not given.

    Args:
        parameters: What the page can be asked.
        given: Names and texts.

    Raises:
        InvalidInput: If a name is unknown or given twice, or a text is wrong.
    """
    by_name = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {}
    for name, text in given:
        if name not in by_name:
            raise InvalidInput(
                f"this page has no parameter {name!r}", hint=near_keys(name, by_name) or "it has none"
            )
        if not text:
            continue
        parameter = by_name[name]
        if parameter.repeated:
            values[name] = (*values.get(name, ()), parameter.read(text))
        elif name in values:
            raise InvalidInput(f"{name} is given twice", hint="give it once")
        else:
            values[name] = parameter.read(text)
    return values
