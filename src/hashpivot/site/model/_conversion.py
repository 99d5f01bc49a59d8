"""`[conversion]`: terms of turning megawatts into AI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from .base import Fields

_HOURS_PER_MONTH = 730.0


@dataclass(frozen=True, slots=True)
class Conversion:
    """What turning megawatts into AI would cost and bring, for `allocate`.

    Args:
        kind: `colocation` or `cloud`.
        usd_per_mwh: What a converted MW earns for each hour at work, before power.
        capex_usd_per_mw: Investment for each MW.
        months_to_energise: Months from the decision to the first revenue; the MW does not mine meanwhile.
        utilisation: Share of hours at work.
        power_passed_through: Whether the tenant pays for power.
        max_mw: Most that can be converted.
        step_mw: Step in which splits are shown.
        horizon_years: Years looked ahead.
        discount_rate: A year.
        hashprices_usd_per_ph_day: Scenarios of hashprice in the first year.
        probabilities: Weight of each scenario.
        hashprice_growth: Change a year from then on, as a share; difficulty growth makes it negative.
        flexible_mw: MW kept flexible for the grid whatever is converted.
        machines_usd_per_mw_year: What renewing machines costs a MW and year.
        machines_usd_per_mw: Price of further machines for each MW; None if none are bought.
    """

    kind: str
    usd_per_mwh: float
    capex_usd_per_mw: float
    months_to_energise: int
    utilisation: float
    power_passed_through: bool
    max_mw: float
    step_mw: float
    horizon_years: int
    discount_rate: float
    hashprices_usd_per_ph_day: tuple[float, ...]
    probabilities: tuple[float, ...]
    hashprice_growth: float
    flexible_mw: float
    machines_usd_per_mw_year: float = 0.0
    machines_usd_per_mw: float | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `[conversion]`.

        Colocation terms are a rent for each kW and month; cloud terms a price for each GPU hour.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        kind = fields.choice("kind", tuple(_EARNED))
        hashprices = fields.numbers("hashprices_usd_per_ph_day", 0, 1e6)
        terms = cls(
            kind=kind,
            usd_per_mwh=_EARNED[kind](fields),
            capex_usd_per_mw=fields.number("capex_usd_per_mw", 0, 1e9),
            months_to_energise=fields.whole("months_to_energise", 0, 120),
            utilisation=fields.number("utilisation", 0, 1, 1.0),
            power_passed_through=fields.choice("power_paid_by", ("tenant", "site"), "site") == "tenant",
            max_mw=fields.number("max_mw", 0, 1e5, open_low=True),
            step_mw=fields.number("step_mw", 0, 1e5, 10.0, open_low=True),
            horizon_years=fields.whole("horizon_years", 1, 40),
            discount_rate=fields.number("discount_rate", 0, 1, 0.1),
            hashprices_usd_per_ph_day=hashprices,
            probabilities=_weights(fields, len(hashprices)),
            hashprice_growth=fields.number("hashprice_growth", -0.9, 9, 0.0),
            flexible_mw=fields.number("flexible_mw", 0, 1e5, 0.0),
            machines_usd_per_mw_year=fields.number("machines_usd_per_mw_year", 0, 1e8, 0.0),
            machines_usd_per_mw=fields.optional("machines_usd_per_mw", 1e9),
        )
        fields.done()
        return terms


def _colocation_usd_per_mwh(fields: Fields) -> float:
    return fields.number("usd_per_kw_month", 0, 10_000) * 1000 / _HOURS_PER_MONTH


def _cloud_usd_per_mwh(fields: Fields) -> float:
    kw_per_gpu = fields.number("kw_per_gpu", 0, 1000, open_low=True)
    return fields.number("usd_per_gpu_hour", 0, 1000) * 1000 / kw_per_gpu


_EARNED = {"colocation": _colocation_usd_per_mwh, "cloud": _cloud_usd_per_mwh}


def _weights(fields: Fields, scenarios: int) -> tuple[float, ...]:
    if "probabilities" not in fields:
        return (1 / scenarios,) * scenarios
    weights = fields.numbers("probabilities", 0, 1)
    if len(weights) != scenarios or abs(sum(weights) - 1) > 1e-9:
        raise fields.wrong("probabilities", f"must be {scenarios} numbers that add up to 1, one a hashprice")
    return weights
