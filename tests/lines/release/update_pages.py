"""Made-up production updates, one layout each; all say the same of November and December 2024."""

from __future__ import annotations

from hashpivot.testing import release_table

HEAD = "<p>CASTLE ROCK, January 6, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) announced</p>"

SAID = {
    ("bitcoin_mined", "2024-12"): "516",
    ("bitcoin_mined", "2024-11"): "495",
    ("bitcoin_held", "2024-12"): "17722",
    ("bitcoin_held", "2024-11"): "16728",
    ("hash_rate_average", "2024-12"): "26.7",
    ("hash_rate_average", "2024-11"): "24.9",
    ("hash_rate_period_end", "2024-12"): "31.5",
    ("hash_rate_period_end", "2024-11"): "30.8",
}
"""What every layout says, by measure and month."""

_NUMBERS = (("516", "495"), ("17,722", "16,728"), ("26.7", "24.9"), ("31.5", "30.8"))
_LABELS = (
    "Bitcoin Produced",
    "Bitcoin Held",
    "Avg. Operating Hash Rate - Total (EH/s)",
    "Deployed Hash Rate - Total (EH/s)",
)


def _across(*headers: tuple[str, ...], labels: tuple[str, ...] = _LABELS, more: tuple[str, ...] = ()) -> str:
    """Months in columns."""
    rows = [(label, *numbers, *more) for label, numbers in zip(labels, _NUMBERS, strict=True)]
    return release_table(*headers, *rows)


def _down(header: tuple[str, ...], months: tuple[str, str], *between: tuple[str, ...]) -> str:
    """Months in rows."""
    rows = [(month, *(pair[place] for pair in _NUMBERS)) for place, month in enumerate(months)]
    return release_table(header, *between, *rows)


def _with(*changes: tuple[int, str]) -> tuple[str, ...]:
    changed = dict(changes)
    return tuple(changed.get(place, label) for place, label in enumerate(_LABELS))


_MONTHS = ("Metric", "December 2024", "November 2024")
_COLUMNS = (
    "Month",
    "BTC mined",
    "BTC held",
    "Average operating hash rate (EH/s)",
    "Energized hash rate (EH/s)",
)

_UNITS = tuple(f"{label.removesuffix(' (EH/s)')}" for label in _LABELS)
_OF = ("BTC", "BTC", "EH/s", "EH/s")
_CELLS = release_table(
    _MONTHS,
    (_UNITS[0], "516 BTC", "495 BTC"),
    (_UNITS[1], "17,722 BTC", "16,728 BTC"),
    (_UNITS[2], "26.7 EH/s", "24.9 EH/s"),
    (_UNITS[3], "31.5 EH/s", "30.8 EH/s"),
)
_PETAHASH = release_table(
    _MONTHS,
    *zip(_LABELS[:2], *zip(*_NUMBERS[:2], strict=True), strict=True),
    ("Average operating hash rate (PH/s)", "26,700", "24,900"),
    ("Deployed hash rate, total (PH/s)", "31,500", "30,800"),
)
_SITES = release_table(
    _MONTHS,
    *zip(_LABELS[:2], *zip(*_NUMBERS[:2], strict=True), strict=True),
    ("Deployed Hash Rate - Rockdale (EH/s)", "15.7", "15.7"),
    ("Deployed Hash Rate - Corsicana (EH/s)", "13.1", "12.4"),
    (_LABELS[3], *_NUMBERS[3]),
    ("Avg. Operating Hash Rate - Rockdale (EH/s)", "13.1", "13.0"),
    (_LABELS[2], *_NUMBERS[2]),
)
_SECTIONS = release_table(
    ("", "December 2024", "November 2024"),
    ("Bitcoin",),
    ("Produced", *_NUMBERS[0]),
    ("Held", *_NUMBERS[1]),
    ("Hash rate (EH/s)",),
    ("Average operating", *_NUMBERS[2]),
    ("Deployed", *_NUMBERS[3]),
)
_SPLIT = release_table(
    ("", "", "2:December 2024", "", "2:November 2024"),
    *(
        (label, "", "", first, "", "", second)
        for label, (first, second) in zip(_LABELS, _NUMBERS, strict=True)
    ),
)

LAYOUTS: dict[str, str] = {
    "plain": _across(_MONTHS),
    "comparison columns": _across((*_MONTHS, "Month/Month", "Year/Year"), more=("4%", "-17%")),
    "comparison over its columns": _across(
        ("", "", "", "2:Comparison (%)"), (*_MONTHS, "Month/Month", "Year/Year"), more=("4%", "-17%")
    ),
    "comparison without percent signs": _across((*_MONTHS, "Change"), more=("4",)),
    "comparison of two months": _across((*_MONTHS, "December 2024 vs. November 2024"), more=("4",)),
    "year to date": _across((*_MONTHS, "YTD 2024"), more=("4,828",)),
    "footnotes in headers": _across(("Metric", "December 2024 (1)", "November 2024 (2)")),
    "footnotes in labels": _across(
        _MONTHS, labels=_with((0, "Bitcoin Produced (1)"), (1, "Bitcoin Held [2]"))
    ),
    "months out of order": release_table(
        ("Metric", "November 2024", "December 2024"),
        *((label, second, first) for label, (first, second) in zip(_LABELS, _NUMBERS, strict=True)),
    ),
    "month ended": _across(("", "2:Month Ended"), ("Metric", "December 31, 2024", "November 30, 2024")),
    "month ended in one cell": _across(
        ("", "For the month ended December 31, 2024", "For the month ended November 30, 2024")
    ),
    "Dec-24": _across(("", "Dec-24", "Nov-24")),
    "Dec '24": _across(("", "Dec '24", "Nov ’24")),
    "Dec. 2024": _across(("", "Dec. 2024", "Nov. 2024")),
    "2024-12": _across(("", "2024-12", "2024-11")),
    "12/2024": _across(("", "12/2024", "11/2024")),
    "a year over its months": _across(("", "2:2024"), ("", "Dec", "Nov")),
    "a year over each month": _across(("", "2024", "2024"), ("", "December", "November")),
    "a month over its year": _across(("", "December", "November"), ("", "2024", "2024")),
    "numbers apart from headers": _SPLIT,
    "units in cells": _CELLS,
    "units in a column of their own": release_table(
        ("Metric", "Unit", "December 2024", "November 2024"),
        *((label, unit, *pair) for label, unit, pair in zip(_UNITS, _OF, _NUMBERS, strict=True)),
    ),
    "petahash": _PETAHASH,
    "sites before the total": _SITES,
    "sections": _SECTIONS,
    "self-mining words": _across(
        _MONTHS,
        labels=(
            "Self-mined bitcoin",
            "Total BTC holdings",
            "Average Operational Hashrate (EH/s)",
            "Month End Operating Hashrate (EH/s)",
        ),
    ),
    "earned and energized": _across(
        _MONTHS,
        labels=(
            "BTC Earned",
            "Total Bitcoin in treasury",
            "Average operating hashrate (exahash per second)",
            "Energized Hashrate (EH/s)",
        ),
    ),
    "holdings at the month's end": _across(
        _MONTHS, labels=_with((1, "Total bitcoin held as of month end"), (3, "Installed hash rate (EH/s)"))
    ),
    "average in sentence case": _across(
        _MONTHS,
        labels=(
            "Number of bitcoins produced",
            "Bitcoin holdings at end of period",
            "Average hash rate during the month (EH/s)",
            "Operational hash rate at end of month (EH/s)",
        ),
    ),
    "months in rows": _down(_COLUMNS, ("December 2024", "November 2024")),
    "short months in rows": _down(_COLUMNS, ("Dec-24", "Nov-24")),
    "numeric months in rows": _down(_COLUMNS, ("2024-12", "2024-11")),
    "months ended in rows": _down(
        _COLUMNS, ("Month ended December 31, 2024", "Month ended November 30, 2024")
    ),
    "months in rows under a year": _down(_COLUMNS, ("December", "November"), ("2024",)),
}

NOT_ALL_READ: dict[str, str] = {
    "the year in the caption alone": "<p>2024 production</p>" + _across(("", "December", "November")),
    "the year beside the month": release_table(
        ("Year", *_COLUMNS),
        ("2024", "December", *(pair[0] for pair in _NUMBERS)),
        ("2024", "November", *(pair[1] for pair in _NUMBERS)),
    ),
    "days instead of months": _across(("Metric", "December 31, 2024", "November 30, 2024")),
    "Dec 24 may be a day": _across(("", "Dec 24", "Nov 24")),
    "a word nobody knows": _across(_MONTHS, labels=_with((0, "Bitcoin Produced from Fleet A"))),
}
"""Layouts of which only a part is read, or nothing."""
