"""Growth that a company announced, as far as the record of such announcements lets one believe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hashpivot.core import Figure, NoData, Quarter
from hashpivot.ledger import View

from ..calibration import LATE_QUARTERS, Calibration, base_of
from ..inputs import Origins

_PRIOR_MET, _PRIOR_DECIDED = 1, 2
_OLDEST_DAYS = 120
"""Age at the base quarter's end from which a reported hash rate no longer describes that quarter."""


@dataclass(frozen=True, slots=True)
class HashRateTarget:
    """A hash rate that a company means to reach.

    Args:
        ehs: Installed EH/s.
        due: The quarter by whose end.
        origin: Who said so and when.
    """

    ehs: float
    due: Quarter
    origin: str


@dataclass(frozen=True, slots=True)
class GuidedGrowth:
    """Targets still open on a day, and what was known that day of how such targets turn out.

    Args:
        targets: The company's, as said, the latest word last.
        met: Of all companies' decided hash-rate targets, those met in time.
        decided: Their number: met, late and missed.
        late_quarters: Median delay of the late ones; None if there are none.
    """

    targets: Sequence[HashRateTarget] = ()
    met: int = 0
    decided: int = 0
    late_quarters: float | None = None

    @property
    def believed(self) -> float:
        """Share of announced growth that is believed: the share met in time, with a prior of one in two."""
        return (self.met + _PRIOR_MET) / (self.decided + _PRIOR_DECIDED)

    @property
    def slip_quarters(self) -> int:
        """Quarters a plan takes longer than announced: the delay of late ones times the share not met."""
        late = LATE_QUARTERS if self.late_quarters is None else self.late_quarters
        return round((1 - self.believed) * late)


def with_guided_growth(calibration: Calibration, view: View, growth: GuidedGrowth) -> Calibration:
    """A calibration with the growth plan its company's latest open target stands for.

    Args:
        calibration: The base case.
        view: Holds the hash rate reported for the quarter the calibration stands on.
        growth: Targets and record.

    Raises:
        NoData: If no target is open, or no reported hash rate tells how much of what is installed earns.
    """
    ticker, inputs = calibration.inputs.ticker, calibration.inputs
    first = Quarter.containing(calibration.as_of + timedelta(days=1))
    ahead = [each for each in growth.targets if each.due >= first]
    hint = "enter growth_ehs and growth_quarters in a scenario file"
    if not ahead:
        raise NoData(f"no open hash-rate target of {ticker} is known on {calibration.as_of}", hint=hint)
    target, reported = ahead[-1], _reported(view, calibration)
    if reported is None:
        raise NoData(f"no hash rate of {ticker} is reported for {calibration.quarter}", hint=hint)
    earning = calibration.base_ehs / float(reported.value)
    announced = max(0.0, target.ehs * earning - inputs.mining.hash_rate_ehs)
    quarters = target.due.since(first) + 1 + growth.slip_quarters
    origins = Origins(calibration.origins)
    plan = origins.take(
        "mining", _origin(target, reported, earning, growth),
        growth_ehs=announced * growth.believed / quarters, growth_quarters=quarters,
    )  # fmt: skip
    mining = replace(inputs.mining, **plan)
    return replace(calibration, inputs=replace(inputs, mining=mining), origins=origins)


def _reported(view: View, calibration: Calibration) -> Figure | None:
    """The hash rate reported nearest before the end of the quarter that the calibration stands on."""
    end = base_of(view, calibration.inputs.ticker).lines.end
    figures = view.figures(calibration.inputs.ticker, "hash_rate_period_end")
    near = [each for each in figures if 0 <= (end - each.end).days <= _OLDEST_DAYS and each.value > 0]
    return max(near, key=lambda figure: (figure.end, figure.known), default=None)


def _origin(target: HashRateTarget, reported: Figure, earning: float, growth: GuidedGrowth) -> str:
    return (
        f"target: {target.ehs:g} EH/s by {target.due}, {target.origin}; {earning:.0%} of what is installed "
        f"earns ({reported.id}); {growth.believed:.0%} of the growth believed, "
        f"{growth.slip_quarters} quarters longer: {growth.met} of {growth.decided} decided targets met in "
        "time, a prior of one in two"
    )
