"""What a company's texts say: the bundled ones, and those of the filings a user added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hashpivot.core import Quarter, Remark
from hashpivot.guidance import (
    StatedFlag,
    Target,
    bundled_flags,
    bundled_targets,
    bundled_withdrawals,
    flag_of,
    preliminary_of,
    range_text,
    target_of,
)
from hashpivot.ledger import View


def stated_targets(view: View, ticker: str, day: date) -> list[Target]:
    """Targets said by a day, earliest first; where two texts say so on one day, the bundled one's."""
    return _targets(bundled_targets(), view.remarks(ticker, "target"), ticker, day)


def stated_withdrawals(view: View, ticker: str, day: date) -> list[Target]:
    """What the company said by a day that it would not reach, earliest first."""
    return _targets(bundled_withdrawals(), view.remarks(ticker, "withdrawal"), ticker, day)


def stated_flags(view: View, ticker: str, day: date) -> list[StatedFlag]:
    """Flags stated by a day, each text's once; an empty kind says that a text was read."""
    own = (_named(flag_of(r), view) for kind in ("text", "flag") for r in view.remarks(ticker, kind))
    first: dict[object, StatedFlag] = {}
    for flag in (*bundled_flags(), *own):
        if flag.ticker == ticker and flag.said_on <= day:
            first.setdefault((flag.said_on, flag.form, flag.kind, flag.name.lower()), flag)
    return list(first.values())


def preliminary_results(view: View, ticker: str, quarter: Quarter, measure: str) -> list[str]:
    """What the company told of a measure of the quarter before its books were closed, one sentence each."""
    told = []
    for remark in view.remarks(ticker, "preliminary"):
        result = preliminary_of(remark)
        of_quarter = result.start is not None and Quarter.of_period(result.start, result.end) == quarter
        if of_quarter and result.measure == measure:
            source = view.sources.get(remark.source)
            place = f"{source.title if source else remark.source} {result.locator}"
            amount = range_text(result.low, result.high)
            told.append(f"preliminary on {remark.known}: {amount} USD ({place})")
    return told


def _targets(bundled: Iterable[Target], own: Iterable[Remark], ticker: str, day: date) -> list[Target]:
    every = [t for t in (*bundled, *map(target_of, own)) if t.ticker == ticker and t.said_on <= day]
    return sorted(every, key=lambda target: target.said_on)


def _named(flag: StatedFlag, view: View) -> StatedFlag:
    """The flag with its source as a reader calls it: accession or file name, as in the bundled table."""
    source = view.sources.get(flag.source)
    name = source and (source.accession or source.name.partition(".")[0])
    return replace(flag, source=name or flag.source)
