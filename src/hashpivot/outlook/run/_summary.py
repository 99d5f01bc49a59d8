"""The results of an outlook: quantiles, probabilities and sensitivities by quarter, from all its paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, Quarter

from ..inputs import ON_FACTS, CompanyInputs, MaturityWall, Solvency
from ..market import difficulty_of
from ._ai_record import AI_LINES, ai_band_words
from ._carrier import Carrier, CarrierQuarter, carrier
from ._outputs import AMOUNTS, CONSTANTS, COVENANT_BREACH, LINE_ROWS, UNVERIFIED, constants
from ._periods import RATIOS, ratio_over
from ._quantiles import quantiles
from ._revenue_mix import Once, RevenueMix, fit_out_ahead, revenue_mix
from ._store import RowStore
from ._valuation import Valuation

QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
CENT = 2
"""Digits amounts are rounded to."""

_LEAST_SHORTFALL = 0.05
"""Judged: probability of a shortfall below which no quarter is called tight."""

_LEAST_PRICE_VARIANCE = 1e-12
"""Of log prices; below, the price is the same on all paths but for rounding, and no elasticity exists."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One quantity over all paths.

    Args:
        p10, p50, p90: Quantiles: that share of paths lies below. None if no path has a number, or where it
            is infinite.
        mean: Mean of the paths that have one; None if one of them is infinite.
    """

    p10: float | None
    p50: float | None
    p90: float | None
    mean: float | None

    @classmethod
    def of(cls, values: NDArray[Any], digits: int = CENT) -> Spread:
        """The spread of a row of paths, rounded; paths without a number (NaN) are left out."""
        if values[0] == values[-1] and (values == values[0]).all():
            return cls.same(float(values[0]), digits)
        known, mean = values, values.mean(dtype=np.float64)
        if np.isnan(mean):  # some path has no number, or infinite ones of both signs
            known = values[~np.isnan(values)]
            if not known.size:
                return cls(None, None, None, None)
            mean = known.mean(dtype=np.float64)
        numbers = (*quantiles(known, list(QUANTILES.values())), mean)
        return cls(*(round(float(each), digits) if isfinite(each) else None for each in numbers))

    @classmethod
    def same(cls, value: float | None, digits: int = CENT) -> Spread:
        """The spread of a number that is the same on all paths, rounded; None if it is infinite."""
        number = None if value is None or not isfinite(value) else round(value, digits)
        return cls(number, number, number, number)

    def to_dict(self) -> dict[str, float | None]:
        """`{"p10", "p50", "p90", "mean"}`."""
        return {"p10": self.p10, "p50": self.p50, "p90": self.p90, "mean": self.mean}


@dataclass(frozen=True, slots=True)
class MarketResults:
    """The market in a quarter."""

    quarter: Quarter
    price_usd: Spread
    hashprice_usd_ph_day: Spread
    difficulty: Spread
    hash_rate_ehs: Spread

    @classmethod
    def of(cls, rows: RowStore, quarter: Quarter, step: int) -> MarketResults:
        """The results of the quarter at a position."""
        hash_rate = rows.row("hash_rate_ehs", step)
        return cls(
            quarter,
            price_usd=Spread.of(rows.row("price_usd", step)),
            hashprice_usd_ph_day=Spread.of(rows.row("hashprice_usd_ph_day", step), 4),
            difficulty=Spread.of(difficulty_of(hash_rate), 0),
            hash_rate_ehs=Spread.of(hash_rate),
        )

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "quarter": str(self.quarter),
            "price_usd": self.price_usd.to_dict(),
            "hashprice_usd_ph_day": self.hashprice_usd_ph_day.to_dict(),
            "difficulty": self.difficulty.to_dict(),
            "hash_rate_ehs": self.hash_rate_ehs.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class CompanyResults:
    """The company in a quarter; dollars unless said.

    Args:
        quarter: The quarter.
        revenue_usd to leverage: As in `CompanyPaths`; a quantile of leverage is None where it is infinite.
        overheads_usd, stock_pay_usd: The same on all paths.
        interest_usd: Paid, of which `capitalised_interest_usd` is no expense but part of a data hall's cost.
        interest_cover: EBITDA over interest paid; nothing where none is.
        dscr: EBITDA less tax over interest and debt that falls due (debt service coverage ratio); nothing
            where debt is owed and no maturity of it is known.
        free_cash_flow_per_share_usd: Over shares at the quarter's end.
        mining_mw: Megawatts of the mining fleet installed.
        mining_revenue_per_mw_usd: Mining revenue over them; over a year's mean of them for a year.
        effective_lines: Effective number of lines (1/HHI of revenue).
        lines: Revenue by line.
        p_shortfall: Probability that some bill is in arrears at the quarter's end; None if the balance is
            not known.
        p_covenant_breach: Probability that cash or leverage is outside of a covenant at the quarter's end;
            None if none is recorded.
        p_leverage_infinite: Probability that there is net debt and no EBITDA of four quarters to carry it;
            None where leverage is not known.
        mix: What revenue is made of.
        unverified_share: Mean share of revenue from contracts ahead that neither a filing nor the company
            tells of.
        breakeven_hashprice_usd_ph_day: Hashprice at which EBITDA would be zero.
        breakeven_price_usd: Bitcoin price at which it would be, the network as it is.
        bitcoin_beta: Bitcoin elasticity of revenue; None if the price does not vary.
    """

    quarter: Quarter
    revenue_usd: Spread
    gross_profit_usd: Spread
    overheads_usd: Spread
    adjusted_ebitda_usd: Spread
    depreciation_usd: Spread
    stock_pay_usd: Spread
    operating_income_usd: Spread
    interest_usd: Spread
    capitalised_interest_usd: Spread
    pretax_income_usd: Spread
    fair_value_change_usd: Spread
    tax_usd: Spread
    net_income_usd: Spread
    capex_usd: Spread
    free_cash_flow_usd: Spread
    equity_usd: Spread
    cash_usd: Spread
    debt_usd: Spread
    bitcoin: Spread
    debt_due_usd: Spread
    funding_gap_usd: Spread
    shares: Spread
    diluted_shares: Spread
    shortfall_usd: Spread
    leverage: Spread
    interest_cover: Spread
    dscr: Spread
    free_cash_flow_per_share_usd: Spread
    effective_lines: Spread
    mining_mw: Spread
    mining_revenue_per_mw_usd: Spread
    lines: dict[Line, Spread]
    p_shortfall: float | None
    p_covenant_breach: float | None
    p_leverage_infinite: float | None
    mix: RevenueMix
    breakeven_hashprice_usd_ph_day: Spread
    breakeven_price_usd: Spread
    bitcoin_beta: float | None
    unverified_share: float = 0.0

    @property
    def p_ai_chips_majority(self) -> float:
        """Probability that AI and chips bring more than half of revenue; fit-out is not counted."""
        return self.mix.p_pivot_most

    @classmethod
    def of(
        cls, rows: RowStore, inputs: CompanyInputs, quarter: Quarter, step: int, once: Sequence[Once]
    ) -> CompanyResults:
        """The results of the quarter at a position; `once` as `fit_out_ahead`."""
        breach = rows.row(COVENANT_BREACH, step) if COVENANT_BREACH in rows else None
        return cls(
            quarter,
            **{name: Spread.same(usd) for name, usd in constants(inputs).items()},
            **{name: Spread.of(rows.row(name, step)) for name in AMOUNTS},
            **{name: Spread.of(ratio_over(rows, name, [step])) for name in RATIOS},
            lines={line: Spread.of(rows.row(name, step)) for line, name in LINE_ROWS.items()},
            p_shortfall=_chance(rows.row("shortfall_usd", step)),
            mix=revenue_mix(rows, [step], once),
            p_covenant_breach=None if breach is None else _chance(breach),
            p_leverage_infinite=infinite_share(rows.row("leverage", step)),
            breakeven_hashprice_usd_ph_day=Spread.of(rows.row("breakeven_hashprice_usd_ph_day", step), 4),
            breakeven_price_usd=Spread.of(rows.row("breakeven_price_usd", step)),
            bitcoin_beta=bitcoin_beta(rows.row("revenue_usd", step), rows.row("price_usd", step)),
            unverified_share=_unverified_share(rows, step),
        )

    def to_dict(self) -> dict[str, Any]:
        """With stable keys."""
        return {
            "quarter": str(self.quarter),
            **{name: getattr(self, name).to_dict() for name in (*CONSTANTS, *AMOUNTS, *RATIOS)},
            "lines": {line.value: spread.to_dict() for line, spread in self.lines.items()},
            "p_shortfall": self.p_shortfall,
            "p_covenant_breach": self.p_covenant_breach,
            "p_leverage_infinite": self.p_leverage_infinite,
            "p_ai_chips_majority": self.p_ai_chips_majority,
            "mix": self.mix.to_dict(),
            "breakeven_hashprice_usd_ph_day": self.breakeven_hashprice_usd_ph_day.to_dict(),
            "breakeven_price_usd": self.breakeven_price_usd.to_dict(),
            "bitcoin_beta": self.bitcoin_beta,
            "unverified_share": self.unverified_share,
        }


@dataclass(frozen=True, slots=True)
class HalvingDates:
    """Days by which the next halving has come on 10%, 50% and 90% of paths; None if not in time."""

    p10: date | None
    p50: date | None
    p90: date | None

    @classmethod
    def of(cls, rows: RowStore, as_of: date) -> HalvingDates:
        """The dates of paths that start at the end of a day."""
        days = rows.row("halving_day")
        days = np.where(np.isnan(days), np.inf, days)
        found = np.quantile(days, list(QUANTILES.values()), method="inverted_cdf")
        return cls(*(as_of + timedelta(days=float(day)) if isfinite(day) else None for day in found))

    def to_dict(self) -> dict[str, str | None]:
        """ISO dates by quantile."""
        days = {"p10": self.p10, "p50": self.p50, "p90": self.p90}
        return {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class OutlookSummary:
    """What an outlook says.

    Args:
        ticker: The company.
        scenario: Name of the scenario.
        seed: The run's seed.
        paths: Number of paths.
        quarters: The company by quarter.
        market: The market by quarter.
        halving: When the next halving comes.
        as_of: Last day of the network's history; paths start on the day after.
        remarks: What a reader must know, apart from `ai_band`.
        solvency: On what cash, debt, shares and the chance of a shortfall stand.
        maturities: When the debt of the start falls due; None if it is not known.
        valuation: Enterprise value over megawatts; None unless a share price was given.
        mining_mixes: What reports put on the line of self-mining together; empty if that is mining alone.
    """

    ticker: str
    scenario: str
    seed: int
    paths: int
    quarters: tuple[CompanyResults, ...]
    market: tuple[MarketResults, ...]
    halving: HalvingDates
    as_of: date
    remarks: tuple[str, ...]
    solvency: Solvency = ON_FACTS
    maturities: MaturityWall | None = None
    valuation: Valuation | None = None
    mining_mixes: str = ""

    @property
    def ai_band(self) -> str:
        """What the bands of AI lines have been worth; empty without such lines."""
        some = any(row.lines[line].p90 for row in self.quarters for line in AI_LINES)
        return ai_band_words() if some else ""

    @property
    def cautions(self) -> tuple[str, ...]:
        """All a reader must know: `ai_band`, where there is one, and the remarks."""
        return tuple(filter(None, (self.ai_band, *self.remarks)))

    @property
    def carrier(self) -> Carrier:
        """What carries the company now and at the end: the outlook's message."""
        steps = [
            CarrierQuarter(
                row.quarter, row.mix, row.adjusted_ebitda_usd.p50, row.adjusted_ebitda_usd.p10,
                self.mining_mixes,
            )
            for row in self.quarters
        ]  # fmt: skip
        return carrier(self.ticker, steps, self.solvency, unverified_share=self.unverified_share)

    @property
    def majority(self) -> Quarter | None:
        """First quarter in which AI and chips, fit-out apart, bring over half of revenue on most paths."""
        return next((row.quarter for row in self.quarters if row.p_ai_chips_majority > 0.5), None)

    @property
    def unverified_share(self) -> float:
        """Mean share of the last quarter's revenue from contracts that are not verified in a filing.

        Those that neither a filing nor the company's own release tells of; 0 without any.
        """
        return self.quarters[-1].unverified_share

    @property
    def tightest(self) -> CompanyResults | None:
        """The first quarter at whose end a bill is unpaid on more than half of paths, or on most of them.

        None if no quarter has one on 5% of paths.
        """
        most = self.most_unpaid
        if (most.p_shortfall or 0.0) < _LEAST_SHORTFALL:
            return None
        return next((row for row in self.quarters if (row.p_shortfall or 0.0) > 0.5), most)

    @property
    def most_unpaid(self) -> CompanyResults:
        """The quarter at whose end a bill is unpaid on most paths; the first of several."""
        return max(self.quarters, key=lambda row: row.p_shortfall or 0.0)

    def brief(self) -> dict[str, Any]:
        """One row: medians of the last quarter in dollars, probabilities, the quarters that decide."""
        last, tight = self.quarters[-1], self.tightest
        return {
            "ticker": self.ticker,
            "scenario": self.scenario,
            "quarter": str(last.quarter),
            "revenue_usd": last.revenue_usd.p50,
            "adjusted_ebitda_usd": last.adjusted_ebitda_usd.p50,
            "cash_usd": last.cash_usd.p50,
            "debt_usd": last.debt_usd.p50,
            "message": self.carrier.sentence,
            "carried_by": self.carrier.last.state,
            "majority_quarter": str(self.majority) if self.majority else None,
            "p_ai_chips_majority": last.p_ai_chips_majority,
            "p_shortfall": last.p_shortfall,
            "tightest_quarter": str(tight.quarter) if tight else None,
            "shortfall_p90_usd": last.shortfall_usd.p90,
            "solvency": self.solvency.basis,
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot outlook`."""
        return {
            "ticker": self.ticker,
            "scenario": self.scenario,
            "seed": self.seed,
            "paths": self.paths,
            "carrier": self.carrier.to_dict(),
            "unverified_share": self.unverified_share,
            "quarters": [quarter.to_dict() for quarter in self.quarters],
            "market": [quarter.to_dict() for quarter in self.market],
            "halving": self.halving.to_dict(),
            "as_of": self.as_of.isoformat(),
            "remarks": list(self.cautions),
            "solvency": self.solvency.to_dict(),
            "maturities": self.maturities.to_dict() if self.maturities else None,
            "valuation": self.valuation.to_dict() if self.valuation else None,
        }


def company_results(
    rows: RowStore, inputs: CompanyInputs, quarters: Sequence[Quarter]
) -> tuple[CompanyResults, ...]:
    """The company's quarters."""
    once = fit_out_ahead(inputs, quarters)
    return tuple(
        CompanyResults.of(rows, inputs, quarter, step, once) for step, quarter in enumerate(quarters)
    )


def market_results(rows: RowStore, quarters: Sequence[Quarter]) -> tuple[MarketResults, ...]:
    """The market's quarters."""
    return tuple(MarketResults.of(rows, quarter, step) for step, quarter in enumerate(quarters))


def _chance(shortfall: NDArray[Any]) -> float | None:
    """Share of paths with a shortfall or a breach; None if none has a number."""
    return None if np.isnan(shortfall[:1]).any() else float((shortfall > 0).mean())


def _unverified_share(rows: RowStore, step: int) -> float:
    """Mean share of a quarter's revenue that rests on contracts not verified; 0 without any."""
    if UNVERIFIED not in rows:
        return 0.0
    revenue = rows.row("revenue_usd", step)
    share = rows.row(UNVERIFIED, step) / np.where(revenue > 0, revenue, np.inf)
    return round(float(share.mean(dtype=np.float64)), 4)


def infinite_share(values: NDArray[Any]) -> float | None:
    """Share of paths on which a ratio is infinite; None if none has a number."""
    return None if np.isnan(values[:1]).any() else float(np.isinf(values).mean())


def bitcoin_beta(revenue: NDArray[np.float64], price: NDArray[np.float32]) -> float | None:
    """Bitcoin elasticity of revenue: slope of log revenue on log price over the paths.

    Paths without revenue are left out; None if the price does not vary.
    """
    some = revenue > 0
    if some.sum() < 2:
        return None
    x, y = np.log(price[some].astype(np.float64)), np.log(revenue[some])
    x -= x.mean()
    y -= y.mean()
    y *= x
    x *= x
    variance = x.mean()
    slope = float(y.mean() / variance) if variance > _LEAST_PRICE_VARIANCE else float("nan")
    return round(slope, 4) if isfinite(slope) else None
