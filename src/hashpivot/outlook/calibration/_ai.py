"""A company's AI lines from its figures and announced contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hashpivot.core import Line
from hashpivot.ledger import View

from ..inputs import USD_PER_MW_QUARTER, AiContract, Cloud, Colocation, ContractKind, Origins, assumed
from ._base import BaseQuarter
from ._contracts import TOLD_SPREAD, RunningHalls
from ._margins import line_margin
from ._recurring import LineParts, fit_out_quarters, line_parts
from .ai_record import (
    MARKET_VOLATILITY,
    VOLATILITY_ORIGIN,
    gpu_hours_by_year,
    highest_rent,
    loss_record,
    rents_of_vintage,
    start_record,
)

GPU_HOUR_USD, UTILISATION = 2.0, 0.9
"""Assumed, for neither is disclosed by quarter: only their product with the GPUs is known, as revenue."""


def calibrate_colocation(
    base: BaseQuarter, view: View, day: date, running: RunningHalls, contracts: Sequence[AiContract],
    origins: Origins,
) -> Colocation:  # fmt: skip
    """AI halls let at the latest quarter, the market's rent, and delays by the track record.

    Args:
        base: The latest quarter.
        view: What is known, of all companies' contracts.
        day: Day of the calibration.
        running: What its revenue stands for, by the contracts that had begun.
        contracts: Contracts ahead, whose build fit-out lasts for.
        origins: Where origins are noted.
    """
    parts = _rent_alone(line_parts(base, Line.AI_COLOCATION), running, highest_rent(view, day))
    inputs: dict[str, Any] = origins.take("colocation", parts.origin, running_usd=parts.recurring_usd)
    inputs |= origins.take("colocation", parts.split_origin, passthrough_usd=parts.passed_on_usd)
    inputs |= _one_off(base, Line.AI_COLOCATION, "colocation", parts, contracts, origins)
    inputs |= _margin(base, Line.AI_COLOCATION, "colocation", origins)
    record = start_record(view, day)
    inputs |= origins.take(
        "colocation", record.origin, on_time=record.on_time, late_quarters=record.late_quarters
    )
    megawatts = running.critical_mw
    how = "revenue over the rent of the contracts begun" if megawatts else "no begun contract tells megawatts"
    inputs |= origins.take("colocation", how, running_critical_mw=megawatts)
    why = assumed("not told what of the revenue is rent, nor if its ramp is over") if megawatts else how
    inputs |= origins.take("colocation", why, running_spread=TOLD_SPREAD if megawatts else 0.0)
    why = "running_usd is what is reported"
    inputs |= origins.take("colocation", why, running_usd_per_kw_month=0.0)
    rents, plain = rents_of_vintage(view, day, day), Colocation()
    inputs |= origins.take("colocation", rents.origin, market_usd_per_kw_month=rents.median)
    inputs |= origins.take("colocation", VOLATILITY_ORIGIN, market_volatility=MARKET_VOLATILITY)
    inputs |= _losses(view, day, "colocation", "to find a tenant and fit the hall out", plain, origins)
    return Colocation(**inputs, **_halls_assumed(plain, origins))


def _losses(
    view: View, day: date, kind: ContractKind, to: str, plain: Colocation | Cloud, origins: Origins
) -> dict[str, float]:
    record = loss_record(view, day, kind)
    inputs = origins.take(kind, record.origin, loss_chance=record.yearly)
    why = assumed(f"{plain.empty_quarters:.0f} quarters {to}")
    return inputs | origins.take(kind, why, empty_quarters=plain.empty_quarters)


def _rent_alone(parts: LineParts, running: RunningHalls, highest: float | None) -> LineParts:
    """The parts of colocation revenue; where no contract tells such a rent, what its own leave is none."""
    megawatts, more = running.critical_mw, running.unexplained_usd
    if not megawatts or not more or highest is None:
        return parts
    rate = (running.contracted_usd + more) / megawatts / USD_PER_MW_QUARTER
    if rate <= highest:
        return parts
    why = (
        f"{rate:.0f} USD per kW-month of {megawatts:.0f} MW, more than any contract's ({highest:.0f}): what "
        "its contracts do not pay is no rent"
    )
    return replace(
        parts, recurring_usd=parts.recurring_usd - more, one_off_usd=parts.one_off_usd + more,
        origin=f"{parts.origin}: what its contracts pay", split_origin=assumed(why), fit_out=True,
    )  # fmt: skip


def _halls_assumed(plain: Colocation, origins: Origins) -> dict[str, Any]:
    inputs = origins.take(
        "colocation", assumed("nobody knows where rents go"), market_drift=plain.market_drift
    )
    inputs |= origins.take("colocation", assumed("signed rates hold"), repricing=plain.repricing)
    why = "not told; 1.25 MWh at the meter for each MWh of machines that run at 80% of what is let"
    inputs |= origins.take("colocation", assumed(why), meter_ratio=plain.meter_ratio)
    why = "not told whether tenants pay their power; if they do, it is in the revenue reported"
    inputs |= origins.take("colocation", assumed(why), passthrough_usd_per_mwh=plain.passthrough_usd_per_mwh)
    why = "between the ten years of cooling and power gear and the thirty of buildings"
    return inputs | origins.take("colocation", assumed(why), hall_years=plain.hall_years)


def calibrate_cloud(
    base: BaseQuarter, view: View, day: date, contracts: Sequence[AiContract], origins: Origins
) -> Cloud:
    """GPU time sold in the latest quarter, as so many GPUs at an assumed price."""
    parts = line_parts(base, Line.AI_CLOUD)
    revenue = parts.recurring_usd + parts.passed_on_usd
    usd_per_hour, price_origin = _gpu_hour(view, day)
    price = origins.take("cloud", price_origin, usd_per_gpu_hour=usd_per_hour)
    why = assumed("utilisation is not disclosed by quarter")
    price |= origins.take("cloud", why, utilisation=UTILISATION)
    if not revenue:
        gpus = origins.take("cloud", f"no AI cloud revenue in {base.begins}", gpus=0.0)
    else:
        hours = UTILISATION * usd_per_hour * 24 * base.begins.days
        how = "revenue / (price x utilisation x hours)"
        gpus = origins.take("cloud", f"{parts.origin}: {how}", gpus=revenue / hours)
    inputs = gpus | price | _one_off(base, Line.AI_CLOUD, "cloud", parts, contracts, origins)
    inputs |= _margin(base, Line.AI_CLOUD, "cloud", origins)
    plain = Cloud()
    inputs |= _losses(view, day, "cloud", "to sell the hours again", plain, origins)
    why = "rental prices of a GPU generation fall by a fifth a year; contracts hold for two years on average"
    return Cloud(
        **inputs,
        **origins.take(
            "cloud", assumed(why),
            contract_share=plain.contract_share, contract_quarters=plain.contract_quarters,
            spot_decay=plain.spot_decay, spot_volatility=plain.spot_volatility,
        ),
        **origins.take("cloud", assumed("as long as a usual cloud contract"), gpu_years=plain.gpu_years),
    )  # fmt: skip


def _gpu_hour(view: View, day: date) -> tuple[float, str]:
    """The price of a GPU-hour in contracts of the latest year that tells it; assumed where none does."""
    years = gpu_hours_by_year(view, day)
    if not years:
        return GPU_HOUR_USD, assumed("no contract tells GPUs, value and term together")
    year, (usd, cases) = list(years.items())[-1]
    return usd, f"contracts: median of {cases} announced in {year} that tell GPUs, value and term"


def _one_off(
    base: BaseQuarter, line: Line, section: str, parts: LineParts, contracts: Sequence[AiContract],
    origins: Origins,
) -> dict[str, Any]:  # fmt: skip
    """What does not recur: fit-out ends with the build of the contracts known, resale with the quarter."""
    inputs: dict[str, Any] = origins.take(section, parts.split_origin, one_off_usd=parts.one_off_usd)
    running = 1 if base.drawn else 0
    quarters = running + (fit_out_quarters(contracts, line, base) if parts.fit_out else 0)
    building = quarters > running
    why = "until the last contract known is built" if building else "nothing known is built: it ends"
    inputs |= origins.take(section, why if parts.one_off_usd else "none", one_off_quarters=quarters)
    return inputs | origins.take(section, assumed("fit-out and resale at cost"), one_off_margin=0.0)


def _margin(base: BaseQuarter, line: Line, section: str, origins: Origins) -> dict[str, float]:
    found = line_margin(base, line)
    inputs = origins.take(section, found.origin, margin=found.margin)
    return inputs | origins.take(section, found.spread_origin, margin_spread=found.spread)
