"""One close a day, out of the candles of one exchange or several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ._exchange import DailyCandle

SPREAD = 0.01
"""Relative difference of two exchanges' closes from which a warning says both: closes of good sources were
0.13% apart in the median, and beyond 2% on 65 of 3,243 days, nearly all in 2017 and 2018."""

UNDECIDED = 0.10
"""Difference beyond which neither is taken: one of them is wrong, and nothing here tells which."""

MOST_MOVE = 2.0
"""Largest factor, and its inverse the smallest, from the last known close: the largest moves of one day since
2017 were 0.60 (2020-03-12) and 1.23 times (2017-12-07), and a slipped decimal point is 10."""

_FEW_DAYS = 14  # days; beyond that the last known close says little, and only impossible values are refused


@dataclass(frozen=True, slots=True)
class DailyClose:
    """The price a day ended with.

    Args:
        day: UTC day.
        usd: US dollars per bitcoin.
        exchange: Whose close it is.
    """

    day: date
    usd: float
    exchange: str


@dataclass(frozen=True, slots=True)
class DailyCloses:
    """Closes by day, and what was doubtful.

    Args:
        closes: Of the days that have one, in order.
        warnings: Differences between exchanges with both numbers, and values that are no price.
    """

    closes: tuple[DailyClose, ...]
    warnings: tuple[str, ...]


def daily_closes(
    candles: Mapping[str, Sequence[DailyCandle]], last_known: tuple[date, float] | None = None
) -> DailyCloses:
    """Take each day's close of the first exchange that has a credible one, checked against the second.

    Args:
        candles: By exchange, the preferred first.
        last_known: Day and close before the first candle, if known.
    """
    by_day: dict[date, dict[str, DailyCandle]] = {}
    for exchange, rows in candles.items():
        for candle in rows:
            by_day.setdefault(candle.day, {})[exchange] = candle
    closes: list[DailyClose] = []
    warnings: list[str] = []
    for day in sorted(by_day):
        credible = dict(_credible(by_day[day], last_known, warnings))
        if credible and _agree(day, credible, warnings):
            exchange, usd = next(iter(credible.items()))
            closes.append(DailyClose(day, usd, exchange))
            last_known = (day, usd)
    return DailyCloses(tuple(closes), tuple(warnings))


def _credible(
    of_day: Mapping[str, DailyCandle], last_known: tuple[date, float] | None, warnings: list[str]
) -> Iterator[tuple[str, float]]:
    for exchange, candle in of_day.items():
        wrong = candle.wrong or _too_far(candle, last_known)
        if wrong:
            warnings.append(f"{candle.day} {exchange}: {wrong} is no price")
        else:
            yield exchange, candle.close_usd


def _too_far(candle: DailyCandle, last_known: tuple[date, float] | None) -> str:
    if not last_known or (candle.day - last_known[0]).days > _FEW_DAYS:
        return ""
    move = candle.close_usd / last_known[1]
    if 1 / MOST_MOVE <= move <= MOST_MOVE:
        return ""
    return f"a close of {candle.close_usd:,.2f} after {last_known[1]:,.2f} on {last_known[0]}"


def _agree(day: date, credible: Mapping[str, float], warnings: list[str]) -> bool:
    """True if a close can be taken; differences are noted."""
    (first, usd), *others = credible.items()
    usable = True
    for exchange, other in others:
        gap = abs(other / usd - 1)
        if gap > SPREAD:
            said = f"{day}: {first} closed at {usd:,.2f}, {exchange} at {other:,.2f} ({gap:.1%} apart)"
            usable = usable and gap <= UNDECIDED
            warnings.append(said if gap <= UNDECIDED else f"{said}; neither is taken")
    return usable
