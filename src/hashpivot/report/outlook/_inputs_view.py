"""Inputs of an outlook as a person reads them: named, grouped, with their unit and where they came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hashpivot.core import MEASURES, Line
from hashpivot.outlook import Calibration, ListedInput, OutlookCase, listed_inputs

from ..shared import clean, safe_url
from ._input_names import input_name

_GROUPS = {
    "market": "Market",
    "mining": "Mining",
    "steady": "Lines at their run rate",
    "cloud": "GPU cloud",
    "colocation": "Data halls",
    "contracts": "Contracts",
    "chips": "Chips",
    "power": "Power by quarter",
    "overheads": "Overheads",
    "finance": "Balance sheet and funding",
    "debt": "Debt by instrument",
}
_OVERHEADS = ("finance.sga_usd", "finance.rd_usd")
_FIGURE = re.compile(r"[A-Z0-9.]+/[^\s,@]+@[0-9a-f]+")
TraceOfId = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class OriginPart:
    """A piece of where an input came from: words, and where they lead; empty for nowhere."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class InputView:
    """One input as the page shows it."""

    name: str
    value: str
    unit: str
    origin: tuple[OriginPart, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class InputGroup:
    """The inputs of one part of the model.

    Args:
        title: What they are about.
        inputs: The inputs.
    """

    title: str
    inputs: tuple[InputView, ...]

    @property
    def assumed(self) -> int:
        """How many of them are assumed."""
        return sum(each.assumed for each in self.inputs)


def input_groups(
    case: OutlookCase, calibration: Calibration, trace_of: TraceOfId | None = None
) -> list[InputGroup]:
    """Every input of a case, grouped.

    Args:
        case: The case.
        calibration: Where its inputs came from.
        trace_of: Address of the trace of a figure, by its id; no links if not given.
    """
    found = sorted(
        listed_inputs(case, calibration.origins), key=lambda each: list(_GROUPS).index(_group(each))
    )
    return [
        InputGroup(_GROUPS[group], tuple(_view(each, trace_of) for each in members))
        for group, members in groupby(found, key=_group)
    ]


def assumed_words(groups: Sequence[InputGroup]) -> str:
    """`12 of 61 inputs are assumed`."""
    assumed, number = sum(group.assumed for group in groups), sum(len(group.inputs) for group in groups)
    return f"{assumed} of {number} inputs are assumed"


def _group(each: ListedInput) -> str:
    section = each.key.partition(".")[0]
    if each.key in _OVERHEADS:
        return "overheads"
    return section if section in _GROUPS else "finance"


def _view(each: ListedInput, trace_of: TraceOfId | None) -> InputView:
    return InputView(
        clean(input_name(each.key)),
        _value(each.value, each.unit),
        "" if each.unit in ("share", "probability", "0 or 1") else _unit(each),
        tuple(origin_parts(each.origin, trace_of)),
        each.assumed,
    )


def _unit(each: ListedInput) -> str:
    if each.unit.startswith("USD") and isinstance(each.value, float) and abs(each.value) >= 1e6:
        return each.unit.replace("USD", "USD million", 1)
    return each.unit


def _value(value: Any, unit: str) -> str:
    if unit == "0 or 1":
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return clean(str(value).replace("_", " "))
    if unit in ("share", "probability"):
        return f"{value:.3g}" if 0 < value < 0.001 else f"{100 * value:.3g}%"
    if unit.startswith("USD") and abs(value) >= 1e6:
        return f"{value / 1e6:,.1f}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def origin_parts(text: str, trace_of: TraceOfId | None) -> Iterator[OriginPart]:
    """The words of an origin; a figure's id as what it is, leading to its trace, and a URL to its page.

    Args:
        text: The origin, with ids of figures in it.
        trace_of: Address of the trace of a figure, by its id; no links to traces if not given.
    """
    text = text.removeprefix("figure ")
    at = 0
    for match in _FIGURE.finditer(text):
        yield OriginPart(clean(text[at : match.start()], 400))
        yield OriginPart(figure_words(match[0]), trace_of(match[0]) if trace_of else "")
        at = match.end()
    rest = text[at:]
    head, _, more = rest.removeprefix("contract ").partition(" ")
    if safe_url(head.rstrip(":,")):
        yield OriginPart("contract" if rest.startswith("contract ") else "source", head.rstrip(":,"))
        rest = f" {more}" if more else ""
    if rest:
        yield OriginPart(clean(rest, 400))


def figure_words(address: str) -> str:
    """`CORZ/2026Q2/revenue/hosting@6a20b2d6` as `revenue, hosting, 2026Q2`."""
    parts = address.partition("@")[0].split("/")
    if len(parts) < 4:
        return clean(address)
    _, period, measure, line = parts[:4]
    title = MEASURES[measure].title if measure in MEASURES else measure.replace("_", " ")
    of = (
        "" if line == "total" else f", {Line(line).heading if line in list(Line) else line.replace('_', ' ')}"
    )
    return clean(f"{title}{of}, {period}")
