"""A target: what a company said it would reach, by when, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hashpivot.core import Line, Locator, short_repr

TOTAL = "total"
"""The scope of a target of the whole company's revenue."""
_SCOPES = frozenset({"", TOTAL, *Line})

METRIC_UNITS = {
    "hash_rate": "ehs",
    "power_energized": "mw",
    "power_critical_it": "mw",
    "power_gross": "mw",
    "gpus": "gpus",
    "annualised_revenue": "usd",
    "contract_value": "usd",
    "revenue": "usd",
    "margin": "pure",
    "capex": "usd",
    "machines_or_chips": "machines",
    "efficiency": "j_per_th",
    "financing": "usd",
}
"""What a target may be of, and its unit."""
METRICS = tuple(METRIC_UNITS)


class Stance(StrEnum):
    """How firmly it was said, firmest first."""

    CONTRACTED = "contracted"
    GUIDED = "guided"
    ASPIRATION = "aspiration"


@short_repr
@dataclass(frozen=True, slots=True)
class Target:
    """A number a company means to reach.

    Args:
        metric: One of `METRICS`.
        low, high: Range in `unit`; equal for a single number, None where open (`up to`, `at least`).
        unit: `ehs`, `mw`, `gpus`, `usd`, `pure`, `machines` or `j_per_th`.
        due: Last day of the due date, None if none is given.
        due_text: Its words.
        stance: How firmly.
        locator: Of the sentence.
        excerpt: At most 160 characters around the number.
        said_on: Day it was said.
        added: True if the number comes on top of what there is, so that it is no level to be reached.
        ticker: The company; empty if not given.
        scope: Whose revenue it is: `total`, a line such as `ai_cloud`; empty if the words do not tell, and
            for what is no revenue.
        source: Key of the source, or accession or file name of a bundled text; empty if not given.
    """

    metric: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    due: date | None
    due_text: str
    stance: Stance
    locator: Locator
    excerpt: str
    said_on: date
    added: bool = False
    ticker: str = ""
    scope: str = ""
    source: str = ""

    @property
    def place(self) -> str:
        """Source and sentence in one text, `KEY#p:12/s:3`; the sentence alone while no source is given."""
        return f"{self.source}#{self.locator}" if self.source else str(self.locator)

    @property
    def threshold(self) -> Decimal | None:
        """The least that counts as reached: the lower end, or the upper one where there is no lower."""
        return self.high if self.low is None else self.low


def is_scope(text: str) -> bool:
    """True if a text names whose revenue a target is of: `total`, a line, or empty where nothing says."""
    return text in _SCOPES
