"""What one policy came to over some hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hashpivot.core import Missing, not_applicable, not_derivable

from ..economics import ProfitAndLoss
from ..model import Bools


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What one policy came to over some hours.

    Args:
        policy: Its name.
        profit_usd: Sum of its components.
        capture: Profit over that of perfect foresight, or why that says nothing.
        capture_of_flexibility: Profit above always on over that of perfect foresight above always on, or why
            that says nothing: what never stopping earns is left out.
        components: Dollars by component.
        uptime: Share of the machines' normal megawatt hours that was on.
        starts: Starts of groups.
        hours_off: Hours the machines were off, weighted by their normal power.
        drawn_mwh: Energy the site used.
    """

    policy: str
    profit_usd: float
    capture: float | Missing
    capture_of_flexibility: float | Missing
    components: Mapping[str, float]
    uptime: float
    starts: int
    hours_off: float
    drawn_mwh: float

    @classmethod
    def of(
        cls,
        policy: str,
        pnl: ProfitAndLoss,
        inside: Bools,
        foresight_usd: float | None,
        always_on_usd: float | None = None,
    ) -> PolicyResult:
        """Sum up the hours `inside`.

        Args:
            policy: Its name.
            pnl: What it earned.
            inside: Which hours count, shape (T,).
            foresight_usd: Profit of perfect foresight over them, None if it was not run.
            always_on_usd: Profit of always on over them, None if it was not run.
        """
        profit, off = float(pnl.profit_usd[inside].sum()), float(pnl.off_share[inside].sum())
        return cls(
            policy=policy,
            profit_usd=profit,
            capture=_capture(profit, foresight_usd),
            capture_of_flexibility=_of_flexibility(profit, foresight_usd, always_on_usd),
            components={name: float(usd[inside].sum()) for name, usd in pnl.usd.items()},
            uptime=1 - off / max(int(inside.sum()), 1),
            starts=int(pnl.starts[inside].sum()),
            hours_off=off * pnl.interval_hours,
            drawn_mwh=float(pnl.drawn_mw[inside].sum()) * pnl.interval_hours,
        )

    def to_dict(self) -> dict[str, object]:
        """Return plain values; a capture that says nothing is null and says why."""
        capture, flexible = self.capture, self.capture_of_flexibility
        reason = {"capture_missing": capture.reason} if isinstance(capture, Missing) else {}
        return {
            "policy": self.policy,
            "profit_usd": round(self.profit_usd, 2),
            "capture": None if isinstance(capture, Missing) else round(capture, 6),
            **reason,
            "capture_of_flexibility": None if isinstance(flexible, Missing) else round(flexible, 6),
            "components": {name: round(usd, 2) for name, usd in self.components.items()},
            "uptime": round(self.uptime, 6),
            "starts": self.starts,
            "hours_off": round(self.hours_off, 2),
            "drawn_mwh": round(self.drawn_mwh, 2),
        }

    def brief(self) -> dict[str, object]:
        """Return `to_dict` for a month or year: without components, energy and reasons."""
        left_out = ("components", "drawn_mwh", "capture_missing")
        return {key: value for key, value in self.to_dict().items() if key not in left_out}


def _capture(profit_usd: float, foresight_usd: float | None) -> float | Missing:
    if foresight_usd is None:
        return not_derivable("perfect foresight was not run")
    if foresight_usd <= 0:
        return not_applicable("perfect foresight makes no profit here")
    return profit_usd / foresight_usd


def _of_flexibility(
    profit_usd: float, foresight_usd: float | None, always_on_usd: float | None
) -> float | Missing:
    if foresight_usd is None or always_on_usd is None:
        return not_derivable("perfect foresight or always on was not run")
    worth = foresight_usd - always_on_usd
    if worth <= 0:
        return not_applicable("perfect foresight earns no more than always on here")
    return (profit_usd - always_on_usd) / worth
