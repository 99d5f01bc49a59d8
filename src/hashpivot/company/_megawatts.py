"""Megawatts over time: contracted, energized as reported, and to come as announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import MEASURES, ONE_DAY, Figure, Missing, not_in_ledger, short_repr
from hashpivot.ledger import Contract, View, in_force
from hashpivot.season import TrackedTarget

_TARGETS = ("power_energized", "power_critical_it")

DEFINITIONS = {
    "contracted": "the company's share of the critical IT megawatts of AI contracts in force, each from the "
    "day it became known; contracts announced without megawatts are left out",
    "energized": "critical IT megawatts of AI halls with power, as the company reports them",
    "delivered": "critical IT megawatts handed over to tenants, as the company reports them",
    "capacity": "power capacity of the whole company at a period's end, mining included, as reported",
    "starts": "critical IT megawatts of contracts in force, added up by the last day of their announced "
    "starts",
    "guided": "what the company said its sites would reach, at the day that was due; by its own definition",
}
"""What each series counts."""


@short_repr
@dataclass(frozen=True, slots=True)
class MegawattPoint:
    """Megawatts from a day on.

    Args:
        day: The day.
        mw: The level.
        label: What moved it: a counterparty, a reported label, or the target's words.
        figure: The figure it is; None of a contract or target.
        url: Where it was said, if it is no figure.
    """

    day: date
    mw: Decimal
    label: str
    figure: Figure | None = None
    url: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        figure = self.figure.id if self.figure else None
        named = {"day": self.day.isoformat(), "mw": float(self.mw), "label": self.label}
        return named | {"figure": figure, "url": self.url or None}


@short_repr
@dataclass(frozen=True, slots=True)
class MegawattTimeline:
    """A company's megawatts of AI and of power.

    Args:
        day: The day it is seen from; what lies later is announced or guided.
        contracted: Steps.
        energized: Levels of AI halls as reported, or why there are none.
        delivered: Levels handed over to tenants as reported, or why there are none.
        capacity: Levels of the whole company as reported.
        begun: Megawatts of contracts whose announced start is past.
        starts: Steps still to come, from that level.
        guided: Levels the company said it would reach.
    """

    day: date
    contracted: tuple[MegawattPoint, ...]
    energized: tuple[MegawattPoint, ...] | Missing
    delivered: tuple[MegawattPoint, ...] | Missing
    capacity: tuple[MegawattPoint, ...]
    begun: Decimal
    starts: tuple[MegawattPoint, ...]
    guided: tuple[MegawattPoint, ...]

    def series(self) -> dict[str, tuple[MegawattPoint, ...]]:
        """Return every series by its name in `DEFINITIONS`; one without a level is empty."""
        return {
            "contracted": self.contracted,
            "energized": () if isinstance(self.energized, Missing) else self.energized,
            "delivered": () if isinstance(self.delivered, Missing) else self.delivered,
            "capacity": self.capacity,
            "starts": self.starts,
            "guided": self.guided,
        }

    def absent(self) -> dict[str, Missing]:
        """Return why reported series have no level, by name."""
        reported = {"energized": self.energized, "delivered": self.delivered}
        return {name: levels for name, levels in reported.items() if isinstance(levels, Missing)}

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {
            "day": self.day.isoformat(),
            "begun_mw": float(self.begun),
            **{name: [point.to_dict() for point in points] for name, points in self.series().items()},
            "missing": {name: why.to_json() for name, why in self.absent().items()},
            "definitions": DEFINITIONS,
        }


def megawatt_timeline(
    view: View, ticker: str, day: date, targets: Sequence[TrackedTarget]
) -> MegawattTimeline:
    """Return a company's megawatts as known on a day.

    Args:
        view: What is known.
        ticker: The company.
        day: The day.
        targets: What the company said it would reach.
    """
    announced = list(view.announced(ticker))
    held = in_force(announced, day)
    begun = sum((_mw(c) for c in held if c.starts and c.starts[1] <= day), Decimal(0))
    return MegawattTimeline(
        day,
        tuple(_contracted(announced, day)),
        tuple(_reported(view, ticker, "ai_power_energized")) or _none(ticker, "energized"),
        tuple(_reported(view, ticker, "ai_power_delivered")) or _none(ticker, "delivered"),
        tuple(_reported(view, ticker, "power_capacity")),
        begun,
        tuple(_starts(held, day, begun)),
        tuple(_guided(targets)),
    )


def _contracted(announced: Sequence[Contract], day: date) -> Iterator[MegawattPoint]:
    """A step on each day on which the megawatts in force changed."""
    days = {c.known for c in announced} | {c.ended + ONE_DAY for c in announced if c.ended}
    level = Decimal(0)
    for when in sorted(d for d in days if d <= day):
        total = sum((_mw(c) for c in in_force(announced, when)), Decimal(0))
        if total != level:
            news = [c for c in announced if c.known == when]
            label = ", ".join(c.counterparty for c in news) or "ended"
            yield MegawattPoint(when, total, label, url=news[0].url if news else "")
        level = total


def _reported(view: View, ticker: str, measure: str) -> Iterator[MegawattPoint]:
    """Reported levels of a measure, one a day."""
    statements = view.company_statements(ticker)
    for when in sorted({figure.end for figure in view.figures(ticker, measure)}):
        figure = statements.moment(measure, when)
        if figure:
            yield MegawattPoint(when, figure.value, figure.label or MEASURES[measure].title, figure)


def _none(ticker: str, what: str) -> Missing:
    needs = f"operating update of {ticker}: AI megawatts {what}, critical IT"
    return not_in_ledger(f"no AI megawatts {what} are in the ledger", needs)


def _starts(contracts: Sequence[Contract], day: date, level: Decimal) -> Iterator[MegawattPoint]:
    later = [(c.starts[1], c) for c in contracts if c.starts and c.starts[1] > day and _mw(c)]
    for when, contract in sorted(later, key=lambda one: one[0]):
        level += _mw(contract)
        yield MegawattPoint(when, level, contract.counterparty, url=contract.url)


def _mw(contract: Contract) -> Decimal:
    return contract.attributable_mw_critical_it or Decimal(0)


def _guided(targets: Sequence[TrackedTarget]) -> Iterator[MegawattPoint]:
    """The last word on each due date."""
    last: dict[tuple[str, date], TrackedTarget] = {}
    for tracked in sorted(targets, key=lambda t: t.judged.target.said_on):
        target = tracked.judged.target
        level = target.metric in _TARGETS and target.unit == "mw" and not target.added
        if level and target.due and target.threshold is not None:
            last[target.metric, target.due] = tracked
    for (_, due), tracked in sorted(last.items(), key=lambda one: one[0][1]):
        target = tracked.judged.target
        url = tracked.source.url if tracked.source else ""
        yield MegawattPoint(due, target.threshold or Decimal(0), target.excerpt, url=url)
