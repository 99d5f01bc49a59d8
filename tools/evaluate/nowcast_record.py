"""The nowcast's track record: the table shipped with the package.

    python -m tools write nowcast-record

Every past company-quarter with an outcome is nowcast at four moments from what was known then. The check
fails if a case is gone, new, or moved by more than a tenth of a per cent.
"""

from __future__ import annotations

import hashpivot as hp
from hashpivot.nowcast import NowcastCase, parse_track_record, write_track_record

from ..parts import Made
from ..places import tables

TABLE = tables("nowcast") / "track_record.csv"
SLACK = 1e-3  # share of an amount that processors' arithmetic may move
_NAMES = ("ticker", "quarter", "horizon", "as_of", "subject", "line", "level", "actual_known")
_AMOUNTS = ("median_usd", "p10_usd", "p90_usd", "actual_usd")


def make() -> Made:
    """The table."""
    return {TABLE: write_track_record(hp.Desk.open().backtest())}


def problems() -> list[str]:
    """The cases in which the table and today's backtest differ."""
    held, made = parse_track_record(TABLE.read_text(encoding="utf-8")), hp.Desk.open().backtest()
    if len(held) != len(made):
        return [f"{TABLE.name}: {len(held)} cases, and the backtest gives {len(made)}"]
    moved = [case for case, other in zip(held, made, strict=True) if not alike(case, other)]
    return [f"{TABLE.name}: {len(moved)} cases moved, the first {_named(moved[0])}"] if moved else []


def alike(one: NowcastCase, other: NowcastCase) -> bool:
    """True if both are the same case, as far as the arithmetic of two processors can agree."""
    if any(getattr(one, name) != getattr(other, name) for name in _NAMES):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in _AMOUNTS]
    return all(abs(a - b) <= SLACK * abs(a) + 1 for a, b in pairs)


def _named(case: NowcastCase) -> str:
    return f"{case.ticker} {case.quarter} {case.subject.value} {case.horizon.value}"
