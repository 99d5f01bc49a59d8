"""The outlook of a company: many paths of market and company, and what they say by quarter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any

from ._company import CompanyPaths, joined_company, run_company
from ._estimate import MarketEstimate
from ._inputs import CompanyInputs
from ._market import MarketPaths, joined, shard_sizes, simulate_shard
from ._parameters import MarketParameters
from ._start import MarketStart
from ._summary import company_rows, halving_dates, market_rows

DEFAULT_PATHS, DEFAULT_QUARTERS, DEFAULT_SEED = 10_000, 12, 1


@dataclass(frozen=True)
class Case:
    """Everything one outlook is computed from.

    Args:
        inputs: The company.
        start: The market's start.
        parameters: The market's.
        returns: Standardised past returns, for the bootstrap.
        scenario: Name of the scenario.
    """

    inputs: CompanyInputs
    start: MarketStart
    parameters: MarketParameters
    returns: tuple[float, ...] = ()
    scenario: str = "base"

    @classmethod
    def of(cls, inputs: CompanyInputs, start: MarketStart, estimate: MarketEstimate) -> Case:
        """The base case: the market as estimated."""
        return cls(inputs, start, estimate.parameters, estimate.returns)


@dataclass(frozen=True)
class Outlook:
    """A company's outlook.

    Args:
        case: What it was computed from.
        seed: The run's seed.
        market: The market's paths.
        company: The company's paths.
        remarks: What a reader must know.
    """

    case: Case
    seed: int
    market: MarketPaths
    company: CompanyPaths
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        first, last = self.company.quarters[0], self.company.quarters[-1]
        what = f"{self.case.inputs.ticker}, {self.case.scenario}"
        return f"Outlook({what}, {first} to {last}, {self.market.paths:,} paths)"

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot outlook`."""
        return {
            "ticker": self.case.inputs.ticker,
            "scenario": self.case.scenario,
            "seed": self.seed,
            "paths": self.market.paths,
            "quarters": company_rows(self.company, self.market),
            "market": market_rows(self.market),
            "halving": halving_dates(self.market, self.case.start.as_of),
            "remarks": list(self.remarks),
        }


def outlook(
    case: Case,
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
    """
    sizes = shard_sizes(paths)
    work = partial(run_shard, case, quarters, seed)
    each: Callable[..., Any] = executor.map if executor else map
    shards = list(each(work, range(len(sizes)), sizes))
    market = joined([shard[0] for shard in shards])
    return Outlook(case, seed, market, joined_company([shard[1] for shard in shards]), tuple(remarks))


def run_shard(
    case: Case, quarters: int, seed: int, shard: int, paths: int
) -> tuple[MarketPaths, CompanyPaths]:
    """One shard of a case."""
    market = simulate_shard(case.start, case.parameters, quarters, seed, shard, paths, case.returns)
    return market, run_company(case.inputs, market, case.start.price_usd, seed, shard)
