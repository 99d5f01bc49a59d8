"""Halvings, and what one did to each company, as a desk hands them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hashpivot.bitcoin import SATOSHI_PER_BTC, Halving, HalvingEstimate
from hashpivot.core import Keyed
from hashpivot.season import HalvingImpact

from .shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment


@dataclass(frozen=True, repr=False)
class HalvingResult(DeskResult, Keyed[HalvingImpact]):
    """The schedule of halvings, the next one, and what a past one did: a mapping of tickers to impacts.

    Args:
        schedule: All halvings, later ones estimated.
        next: When the next one is expected.
        past: The halving whose impact is shown.
        impacts: The companies, before and after it.
        hashprices: Mean USD per PH/s and day by quarter: the one before the halving and the one after.
    """

    row_key = "ticker"

    schedule: tuple[Halving, ...]
    next: HalvingEstimate
    past: Halving
    impacts: tuple[HalvingImpact, ...]
    hashprices: dict[str, float]

    def __repr__(self) -> str:
        return f"HalvingResult(next {self.next.median}, squeeze of {self.past.number}: {len(self)} companies)"

    def records(self) -> list[dict[str, Any]]:
        """One row a company: each metric before and after the halving, empty if it is not disclosed."""
        return [
            {"ticker": impact.ticker}
            | {
                f"{metric.name}_{when}": value if isinstance(value := metric.value, (int, float)) else None
                for when, side in (("before", impact.before), ("after", impact.after))
                for metric in side.metrics
            }
            for impact in self.impacts
        ]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot halving`."""
        return {
            "schedule": [_halving(halving) for halving in self.schedule],
            "next": {
                "height": self.next.height,
                "as_of": self.next.as_of.isoformat(),
                "blocks_left": self.next.blocks_left,
                "median": self.next.median.isoformat(),
                "p10": self.next.p10.isoformat(),
                "p90": self.next.p90.isoformat(),
                "method": self.next.method,
            },
            "squeeze": {
                "halving": self.past.number,
                "hashprice_usd_per_ph_day": dict(self.hashprices),
                "companies": [impact.to_dict() for impact in self.impacts],
            },
        }

    def _members(self) -> dict[str, HalvingImpact]:
        return {impact.ticker: impact for impact in self.impacts}

    def _key_noun(self) -> str:
        return f"company with mining revenue beside halving {self.past.number} is called"

    def _fragment(self) -> Fragment:
        from hashpivot.report import halving_fragment

        return halving_fragment(self.schedule, self.next, self.past, self.impacts, self.hashprices)

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_halving_impacts, print_halvings

        print_halvings(self.schedule, self.next, console)
        print_halving_impacts(self.past, self.impacts, self.hashprices, console)


def _halving(halving: Halving) -> dict[str, Any]:
    return {
        "number": halving.number,
        "height": halving.height,
        "date": halving.date.isoformat(),
        "block_time": halving.block_time.isoformat() if halving.block_time else None,
        "estimated": halving.estimated,
        "subsidy_before_btc": halving.before_sat / SATOSHI_PER_BTC,
        "subsidy_after_btc": halving.after_sat / SATOSHI_PER_BTC,
    }
