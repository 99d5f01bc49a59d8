"""The outlook of a company: many paths of market and company, and what they say by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

from hashpivot.core import Quarter, Tabular, short_repr

from ..company import StartLevels, run_company
from ..inputs import ON_FACTS, CompanyInputs, MarketParameters, MaturityWall, Solvency
from ..market import MarketEstimate, MarketStart, shard_sizes, simulate_shard
from ._breakeven import breakeven_remarks
from ._outputs import output_rows
from ._store import RowStore, ShardRows, pack
from ._summary import HalvingDates, OutlookSummary, company_results, market_results
from ._valuation import Valuation
from ._window import results

DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED = 10_000, 12, 1
SHARDS_AT_A_TIME = 16
"""Shards an executor has at a time: enough for its processes, few enough for the memory their rows take."""

IN_MEMORY_BYTES = 96 * 2**20
"""Rows kept in memory: about 40,000 paths of 12 quarters; what is more goes to a temporary file."""

_QUANTILES = ("p10", "p50", "p90")
_SHOWN = ("revenue_usd", "gross_profit_usd", "adjusted_ebitda_usd", "cash_usd")
_MARKET = ("price_usd", "hashprice_usd_ph_day", "hash_rate_ehs")

MARKETS_KEPT = 16
"""Shards of the market a process keeps for the next company: all of 131,072 paths, 2 MB each."""


@short_repr
@dataclass(frozen=True)
class OutlookCase:
    """Everything one outlook is computed from.

    Args:
        inputs: The company.
        start: The market's start.
        parameters: The market's.
        returns: Standardised past returns, for the bootstrap.
        scenario: Name of the scenario.
        solvency: On what its balance stands.
        levels: Levels of the company's lines in the first quarter as the nowcast drew them, if it could.
        mining_mixes: What reports put on the line of self-mining together; empty if that is mining alone.
    """

    inputs: CompanyInputs
    start: MarketStart
    parameters: MarketParameters
    returns: tuple[float, ...] = ()
    scenario: str = "base"
    solvency: Solvency = ON_FACTS
    levels: StartLevels | None = None
    mining_mixes: str = ""

    @classmethod
    def of(
        cls, inputs: CompanyInputs, start: MarketStart, estimate: MarketEstimate,
        levels: StartLevels | None = None, solvency: Solvency = ON_FACTS,
    ) -> OutlookCase:  # fmt: skip
        """The base case: the market as estimated."""
        return cls(inputs, start, estimate.parameters, estimate.returns, levels=levels, solvency=solvency)

    def with_company(self, inputs: CompanyInputs) -> OutlookCase:
        """The case with other inputs of the company; what changes in its balance counts as assumed."""
        solvency = self.solvency.after(self.inputs, inputs)
        return replace(self, inputs=inputs, solvency=solvency)


@dataclass(frozen=True)
class Outlook(Tabular):
    """A company's outlook.

    Args:
        case: What it was computed from.
        seed: The run's seed.
        quarters: Its quarters.
        rows: Its outputs on all paths: `found.rows.row("revenue_usd", 0)` is the first quarter's revenue.
        remarks: What a reader must know.
    """

    row_key = "quarter"

    case: OutlookCase
    seed: int
    quarters: tuple[Quarter, ...]
    rows: RowStore
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        first, last = self.quarters[0], self.quarters[-1]
        what = f"{self.case.inputs.ticker}, {self.case.scenario}"
        return f"Outlook({what}, {first} to {last}, {self.rows.paths:,} paths)"

    @cached_property
    def summary(self) -> OutlookSummary:
        """Quantiles, probabilities and sensitivities by quarter.

        Raises:
            StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
        """
        rows = company_results(self.rows, self.case.inputs, self.quarters)
        even = [row.breakeven_hashprice_usd_ph_day.p50 for row in rows]
        return OutlookSummary(
            self.case.inputs.ticker,
            self.case.scenario,
            self.seed,
            self.rows.paths,
            rows,
            market_results(self.rows, self.quarters),
            HalvingDates.of(self.rows, self.case.start.as_of),
            self.case.start.as_of,
            (*self.remarks, *breakeven_remarks(self.quarters, even)),
            self.case.solvency,
            MaturityWall.of(self.case.inputs.debt, self.case.inputs.finance.debt_usd),
            Valuation.of(self.case.inputs, self.case.solvency, self.case.start.price_usd),
            self.case.mining_mixes,
        )

    def records(self) -> list[dict[str, Any]]:
        """One row a quarter: 10, 50 and 90% quantiles of company and market, and two probabilities.

        Raises:
            StoreError: As `summary`.
        """
        summary = self.summary
        return [
            {"quarter": str(row.quarter)}
            | {f"{name}_{p}": getattr(getattr(row, name), p) for name in _SHOWN for p in _QUANTILES}
            | {f"{name}_{p}": getattr(getattr(market, name), p) for name in _MARKET for p in _QUANTILES}
            | {"p_shortfall": row.p_shortfall, "p_ai_chips_majority": row.p_ai_chips_majority}
            for row, market in zip(summary.quarters, summary.market, strict=True)
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot outlook`.

        Raises:
            StoreError: As `summary`.
        """
        return self.summary.to_dict()


def outlook(
    case: OutlookCase,
    *,
    quarters: int = DEFAULT_QUARTERS,
    paths: int = DEFAULT_PATHS,
    seed: int = DEFAULT_SEED,
    executor: Executor | None = None,
    remarks: Sequence[str] = (),
) -> Outlook:
    """Compute an outlook; the same for a seed whoever computes the shards.

    Args:
        case: What from.
        quarters: Quarters ahead, the one of the first simulated day included.
        paths: Number of paths.
        seed: Seed of the random numbers.
        executor: Where shards are computed, such as a process pool; here if not given.
        remarks: What a reader must know, handed on.

    Raises:
        InvalidInput: If quarters or paths are out of range.
        StoreError: If there is no room for the paths, kept in a temporary file when they are many.
    """
    rows = RowStore(IN_MEMORY_BYTES)
    work = partial(run_shard, case, quarters, seed)
    for (shard, _), block in results(executor, work, enumerate(shard_sizes(paths)), SHARDS_AT_A_TIME):
        rows.add(shard, block)
    names = tuple(case.start.first_quarter + step for step in range(quarters))
    return Outlook(case, seed, names, rows, tuple(remarks))


def run_shard(case: OutlookCase, quarters: int, seed: int, job: tuple[int, int]) -> ShardRows:
    """What is shown of one shard of a case; the job is its number and its paths."""
    shard, paths = job
    market = _market(case.start, case.parameters, quarters, seed, shard, paths, case.returns)
    company = run_company(case.inputs, market, case.start.price_usd, seed, shard, case.levels)
    return pack(output_rows(market, company))


_market = lru_cache(MARKETS_KEPT)(simulate_shard)
"""The market of a shard, simulated once for all the companies and cases that stand on it in this process."""
