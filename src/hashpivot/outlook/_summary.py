"""From paths to the numbers of an answer: quantiles, probabilities and sensitivities by quarter."""

from __future__ import annotations

from datetime import date, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any

from ._company import LINES, CompanyPaths
from ._market import MarketPaths

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
    found = np.quantile(known, list(QUANTILES.values()))
    pairs = zip([*QUANTILES, "mean"], [*found, known.mean(dtype=np.float64)], strict=True)
    return {name: round(float(value), digits) for name, value in pairs}


def market_rows(market: MarketPaths) -> list[dict[str, Any]]:
    """Price, hashprice, difficulty and hash rate by quarter."""
    difficulty = market.difficulty
    return [
        {
            "quarter": str(quarter),
            "price_usd": spread(market.price_usd[row]),
            "hashprice_usd_ph_day": spread(market.hashprice_usd_per_ph_day[row], 4),
            "difficulty": spread(difficulty[row], 0),
            "hash_rate_ehs": spread(market.hash_rate_ehs[row]),
        }
        for row, quarter in enumerate(market.quarters)
    ]


def halving_dates(market: MarketPaths, as_of: date) -> dict[str, str | None]:
    """Days the next halving comes by on 10%, 50% and 90% of paths; None where it does not come in time."""
    import numpy as np

    days = np.where(np.isnan(market.halving_day), np.inf, market.halving_day)
    found = np.quantile(days, list(QUANTILES.values()), method="inverted_cdf")
    return {
        name: (as_of + timedelta(days=float(day))).isoformat() if isfinite(day) else None
        for name, day in zip(QUANTILES, found, strict=True)
    }


def company_rows(company: CompanyPaths, market: MarketPaths) -> list[dict[str, Any]]:
    """The company's quarters."""
    revenue, pivot = company.revenue_usd, company.share_of("ai", "chips")
    wide = {
        "revenue_usd": revenue,
        "gross_profit_usd": company.gross_profit_usd,
        "adjusted_ebitda_usd": company.ebitda_usd,
        "depreciation_usd": company.depreciation_usd,
        "operating_income_usd": company.operating_income_usd,
        "interest_usd": company.interest_usd,
        "pretax_income_usd": company.pretax_income_usd,
        "cash_usd": company.cash_usd,
        "debt_usd": company.debt_usd,
        "bitcoin": company.bitcoin,
        "shares": company.shares,
        "shortfall_usd": company.shortfall_usd,
        "effective_lines": company.effective_lines,
    }
    return [
        {"quarter": str(quarter)}
        | {name: spread(values[row]) for name, values in wide.items()}
        | {"lines": {line.value: spread(company.lines_usd[n, row]) for n, line in enumerate(LINES)}}
        | {
            "p_shortfall": float((company.shortfall_usd[row] > 0).mean()),
            "p_ai_chips_majority": float((pivot[row] > 0.5).mean()),
            "breakeven_hashprice_usd_ph_day": spread(company.breakeven_hashprice_usd[row], 4),
            "breakeven_price_usd": spread(_breakeven_price(company, market, row)),
            "bitcoin_beta": bitcoin_beta(revenue[row], market.price_usd[row]),
        }
        for row, quarter in enumerate(company.quarters)
    ]


def _breakeven_price(company: CompanyPaths, market: MarketPaths, row: int) -> NDArray[np.float64]:
    """Bitcoin price at which the quarter's EBITDA would be zero, hash rate and fees as they are."""
    each = company.breakeven_hashprice_usd[row] / market.hashprice_usd_per_ph_day[row]
    price: NDArray[np.float64] = each * market.price_usd[row]
    return price


def bitcoin_beta(revenue: NDArray[np.float64], price: NDArray[np.float32]) -> float | None:
    """Percent by which revenue moves with one percent of bitcoin's price: slope of log revenue on log price.

    Paths without revenue are left out; None if the price does not vary.
    """
    import numpy as np

    some = revenue > 0
    if some.sum() < 2:
        return None
    x, y = np.log(price[some].astype(np.float64)), np.log(revenue[some])
    variance = x.var()
    slope = float(((x - x.mean()) * (y - y.mean())).mean() / variance) if variance > 1e-12 else float("nan")
    return round(slope, 4) if isfinite(slope) else None
