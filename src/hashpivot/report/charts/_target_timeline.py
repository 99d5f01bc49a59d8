"""A company's targets: when each was stated, when it is due, and what became of it; timeline and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from hashpivot.core import Figure
from hashpivot.season import TrackedTarget

from ..shared import (
    NO_REFS,
    Chart,
    EvidenceList,
    Link,
    Refs,
    clean,
    line,
    link_to,
    metric_title,
    range_words,
    text,
    verdict_words,
)

LONGEST_CHART = 12
"""Targets drawn; the table below has all."""

STATES = {
    "met": "●",
    "late": "◐",
    "missed": "○",
    "withdrawn": "×",
    "open": "…",
    "cannot_be_judged": "?",
}
"""Symbols by state."""

UNJUDGED = "cannot_be_judged"

_ROW, _TOP, _FROM, _TO, _WIDTH = 32, 26, 2, 384, 400


class TargetRow(NamedTuple):
    """One target as a report shows it.

    Args:
        metric: What is measured, such as `hash rate`.
        value: The number or range with its unit, such as `31 EH/s`.
        said_on: Day it was said.
        due: Last day of the due date, None if none was given.
        state: `met`, `late`, `missed`, `withdrawn`, `open` or `cannot_be_judged`.
        source: Label of where it was said.
        url: Its address, empty if none is known.
        excerpt: Words of the sentence; if given, the link leads to them.
        locator: Where in the source.
        stance: `contracted`, `guided` or `aspiration`.
        reason: Why it has this state.
        evidence: The figure that decided.
    """

    metric: str
    value: str
    said_on: date
    due: date | None
    state: str
    source: str
    url: str = ""
    excerpt: str = ""
    locator: str = ""
    stance: str = ""
    reason: str = ""
    evidence: Figure | None = None

    @classmethod
    def of(cls, tracked: TrackedTarget) -> TargetRow:
        """The row of a target the season keeps track of."""
        judged, target = tracked.judged, tracked.judged.target
        return cls(
            metric=metric_title(target.metric),
            value=range_words(target.low, target.high, target.unit, target.added),
            said_on=target.said_on,
            due=target.due,
            state=judged.verdict.value,
            source=tracked.source.title if tracked.source else clean(target.source),
            url=tracked.source.url if tracked.source else "",
            excerpt=target.excerpt,
            locator=str(target.locator),
            stance=target.stance.value,
            reason=judged.reason,
            evidence=judged.evidence,
        )


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in words; `became` is empty where it cannot be judged."""

    metric: str
    value: str
    said_on: str
    due: str
    symbol: str
    state: str
    stance: str
    became: str
    refs: Refs
    link: Link
    locator: str


@dataclass(frozen=True, slots=True)
class TargetsView:
    """The section on targets.

    Args:
        chart: The timeline, None if no target has a due date.
        drawn: How many targets it shows.
        count: How many there are.
        judged: Those that could be judged or are open.
        unjudged: The others, by the reason why they cannot be judged.
    """

    chart: Chart | None
    drawn: int
    count: int
    judged: list[TargetLine]
    unjudged: dict[str, list[TargetLine]]


def targets_view(rows: Sequence[TargetRow], evidence: EvidenceList) -> TargetsView | None:
    """The section; None if there are no targets. Figures that decided are added to the evidence."""
    if not rows:
        return None
    chart = target_chart(rows)
    unjudged: dict[str, list[TargetLine]] = {}
    for row in rows:
        if row.state == UNJUDGED:
            unjudged.setdefault(clean(row.reason), []).append(_line(row, evidence))
    return TargetsView(
        chart=chart,
        drawn=len(_dated(rows)),
        count=len(rows),
        judged=[_line(row, evidence) for row in rows if row.state != UNJUDGED],
        unjudged=unjudged,
    )


def target_chart(rows: Iterable[TargetRow]) -> Chart | None:
    """A timeline: from the day a target was stated to the day it is due, with what became of it.

    At most `LONGEST_CHART` targets with a due date are drawn: judged ones first, then those stated last. None
    if there is none.
    """
    drawn = _dated(rows)
    if not drawn:
        return None
    days = sorted(day for target in drawn for day in (target.said_on, target.due) if day)
    first, last = days[0], days[-1]
    years = range(first.year + 1, last.year + 1)
    height = _TOP + _ROW * len(drawn) + 6
    body = [line(x, _TOP - 8, x, height, "year") for x in (_x(date(y, 1, 1), first, last) for y in years)]
    body += [text(_x(date(y, 1, 1), first, last), _TOP - 12, str(y), "tick") for y in years]
    body += [_drawn(target, _TOP + _ROW * n + 20, first, last) for n, target in enumerate(drawn)]
    words = "; ".join(map(_words, drawn))
    return Chart("Targets: said, due, judged", words, _WIDTH, height, "".join(body))


def _dated(rows: Iterable[TargetRow]) -> list[TargetRow]:
    """Those to draw, the latest stated first: with a due date, judged ones rather than others."""
    dated = sorted((row for row in rows if row.due), key=_latest_first)
    judged = sorted(dated, key=lambda row: row.state == UNJUDGED)
    return sorted(judged[:LONGEST_CHART], key=_latest_first)


def _latest_first(row: TargetRow) -> tuple[int, date, str, str]:
    return -row.said_on.toordinal(), row.due or date.max, row.metric, row.value


def _drawn(target: TargetRow, y: float, first: date, last: date) -> str:
    start = _x(target.said_on, first, last)
    end = _x(target.due or target.said_on, first, last)
    said = text(_FROM, y - 9, clean(f"{target.metric}: {target.value}", 48), "over left")
    mark = text(end, y + 4.5, STATES.get(target.state, "?"), "mark")
    gap = 7 if end - start > 7 else 0
    return said + line(start, y - 4, start, y + 4) + line(start, y, end - gap, y, "span") + mark


def _x(day: date, first: date, last: date) -> float:
    whole = (last - first).days or 1
    return _FROM + (_TO - _FROM) * (day - first).days / whole


def _words(target: TargetRow) -> str:
    due = f"due {target.due}" if target.due else "no date given"
    return clean(f"{target.metric} {target.value}, said {target.said_on}, {due}, {_state(target)}")


def _line(target: TargetRow, evidence: EvidenceList) -> TargetLine:
    return TargetLine(
        metric=clean(target.metric),
        value=clean(target.value),
        said_on=target.said_on.isoformat(),
        due=target.due.isoformat() if target.due else "no date given",
        symbol=STATES.get(target.state, "?"),
        state=_state(target),
        stance=clean(target.stance),
        became="" if target.state == UNJUDGED else clean(target.reason),
        refs=evidence.refs([target.evidence]) if target.evidence else NO_REFS,
        link=link_to(target.source, target.url, excerpt=target.excerpt),
        locator=clean(target.locator),
    )


def _state(target: TargetRow) -> str:
    return clean(verdict_words(target.state))
