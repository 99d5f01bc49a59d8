"""From paths to the numbers of an answer: quantiles, probabilities and sensitivities by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

from hashpivot.core import Quarter

from ..market import difficulty_of
from ._quantiles import quantiles
from ._shown import AMOUNTS, LINE_ROWS
from ._store import RowStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
CENT = 2


def spread(values: NDArray[Any], digits: int = CENT) -> dict[str, float | None]:
    """`{"p10", "p50", "p90", "mean"}` of a row of paths; None where none of them has a number."""
    import numpy as np

    known = values if np.isfinite(values).all() else values[np.isfinite(values)]
    if not known.size:
        return dict.fromkeys([*QUANTILES, "mean"])
    found = quantiles(known, list(QUANTILES.values()))
    pairs = zip([*QUANTILES, "mean"], [*found, known.mean(dtype=np.float64)], strict=True)
    return {name: round(float(value), digits) for name, value in pairs}


def market_quarters(rows: RowStore, quarters: Sequence[Quarter]) -> list[dict[str, Any]]:
    """Price, hashprice, difficulty and hash rate by quarter."""
    return [
        {
            "quarter": str(quarter),
            "price_usd": spread(rows.row("price_usd", step)),
            "hashprice_usd_ph_day": spread(rows.row("hashprice_usd_ph_day", step), 4),
            "difficulty": spread(difficulty_of(rows.row("hash_rate_ehs", step)), 0),
            "hash_rate_ehs": spread(rows.row("hash_rate_ehs", step)),
        }
        for step, quarter in enumerate(quarters)
    ]


def halving_dates(rows: RowStore, as_of: date) -> dict[str, str | None]:
    """Days the next halving comes by on 10%, 50% and 90% of paths; None where it does not come in time."""
    import numpy as np

    days = rows.row("halving_day")
    days = np.where(np.isnan(days), np.inf, days)
    found = np.quantile(days, list(QUANTILES.values()), method="inverted_cdf")
    return {
        name: (as_of + timedelta(days=float(day))).isoformat() if isfinite(day) else None
        for name, day in zip(QUANTILES, found, strict=True)
    }


def company_quarters(rows: RowStore, quarters: Sequence[Quarter]) -> list[dict[str, Any]]:
    """The company's quarters."""
    return [{"quarter": str(quarter)} | _company_quarter(rows, step) for step, quarter in enumerate(quarters)]


def _company_quarter(rows: RowStore, step: int) -> dict[str, Any]:
    return {
        **{name: spread(rows.row(name, step)) for name in AMOUNTS},
        "lines": {line.value: spread(rows.row(name, step)) for line, name in LINE_ROWS.items()},
        "p_shortfall": float((rows.row("shortfall_usd", step) > 0).mean()),
        "p_ai_chips_majority": float(rows.row("ai_chips_majority", step).mean()),
        "breakeven_hashprice_usd_ph_day": spread(rows.row("breakeven_hashprice_usd_ph_day", step), 4),
        "breakeven_price_usd": spread(rows.row("breakeven_price_usd", step)),
        "bitcoin_beta": bitcoin_beta(rows.row("revenue_usd", step), rows.row("price_usd", step)),
    }


def bitcoin_beta(revenue: NDArray[np.float64], price: NDArray[np.float32]) -> float | None:
    """Percent by which revenue moves with one percent of bitcoin's price: slope of log revenue on log price.

    Paths without revenue are left out; None if the price does not vary.
    """
    import numpy as np

    some = revenue > 0
    if some.sum() < 2:
        return None
    x, y = np.log(price[some].astype(np.float64)), np.log(revenue[some])
    x -= x.mean()
    y -= y.mean()
    y *= x
    x *= x
    variance = x.mean()
    slope = float(y.mean() / variance) if variance > 1e-12 else float("nan")
    return round(slope, 4) if isfinite(slope) else None
