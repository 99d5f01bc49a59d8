"""A company's AI lines from its figures and announced contracts."""

from __future__ import annotations

from datetime import date

from hashpivot.core import Figure, Line, Missing
from hashpivot.ledger import View

from ..inputs import Cloud, Colocation, Origins, assumed, of_figure
from ._base import BaseQuarter
from ._late_starts import LATE_QUARTERS, ON_TIME_SHARE, ORIGIN
from ._rents import MARKET_VOLATILITY, VOLATILITY_ORIGIN, observed_rents

GPU_HOUR_USD, UTILISATION = 2.0, 0.9
"""Assumed, for neither is disclosed by quarter: only their product with the GPUs is known, as revenue."""

MARGINS = {Line.AI_COLOCATION: 0.75, Line.AI_CLOUD: 0.6}
"""Gross margins before depreciation, assumed where a line's cost is not disclosed."""


def calibrate_colocation(
    base: BaseQuarter, view: View, day: date, running_mw: float, origins: Origins
) -> Colocation:
    """AI halls let at the latest quarter, the market's rent, and delays by the track record.

    Args:
        base: The latest quarter.
        view: What is known, of all companies' contracts.
        day: Day of the calibration.
        running_mw: Critical megawatts its revenue stands for, by the contracts that had begun.
        origins: Where origins are noted.
    """
    inputs = _running(base, Line.AI_COLOCATION, "colocation", "running_usd", origins)
    inputs |= _margin(base, Line.AI_COLOCATION, "colocation", origins)
    inputs |= origins.take("colocation", ORIGIN, on_time=ON_TIME_SHARE, late_quarters=LATE_QUARTERS)
    how = (
        "revenue over the rent of the contracts begun" if running_mw else "no begun contract tells megawatts"
    )
    inputs |= origins.take("colocation", how, running_critical_mw=running_mw)
    why = "running_usd is what is reported"
    inputs |= origins.take("colocation", why, running_usd_per_kw_month=0.0)
    rents, plain = observed_rents(view, day), Colocation()
    inputs |= origins.take("colocation", rents.origin, market_usd_per_kw_month=rents.median)
    inputs |= origins.take("colocation", VOLATILITY_ORIGIN, market_volatility=MARKET_VOLATILITY)
    return Colocation(**inputs, **_halls_assumed(plain, origins))


def _halls_assumed(plain: Colocation, origins: Origins) -> dict[str, float]:
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


def calibrate_cloud(base: BaseQuarter, origins: Origins) -> Cloud:
    """GPU time sold in the latest quarter, as so many GPUs at an assumed price."""
    level = base.level(Line.AI_CLOUD)
    price = origins.take(
        "cloud", assumed("price and utilisation are not disclosed by quarter"),
        usd_per_gpu_hour=GPU_HOUR_USD, utilisation=UTILISATION,
    )  # fmt: skip
    if level is None:
        gpus = origins.take("cloud", f"no AI cloud revenue in {base.begins}", gpus=0.0)
    else:
        hours = UTILISATION * GPU_HOUR_USD * 24 * base.begins.days
        origin = f"{level.origin}: revenue / (price x utilisation x hours)"
        gpus = origins.take("cloud", origin, gpus=level.usd / hours)
    inputs = gpus | price | _margin(base, Line.AI_CLOUD, "cloud", origins)
    plain = Cloud()
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


def _running(base: BaseQuarter, line: Line, section: str, key: str, origins: Origins) -> dict[str, float]:
    level = base.level(line)
    if level is None:
        return origins.take(section, f"no such revenue in {base.begins}", **{key: 0.0})
    return origins.take(section, level.origin, **{key: level.usd})


def _margin(base: BaseQuarter, line: Line, section: str, origins: Origins) -> dict[str, float]:
    profit, revenue = base.lines.gross_profit.get(line), base.lines.revenue.get(line)
    if isinstance(profit, Figure) and revenue is not None and revenue.value > 0:
        share = float(profit.value / revenue.value)
        how = "gross profit / revenue"
        return origins.take(section, of_figure(profit, revenue, how=how), margin=max(-2.0, min(1.0, share)))
    why = "no cost of the line is disclosed" if not isinstance(profit, Missing) else profit.reason
    return origins.take(section, assumed(why), margin=MARGINS[line])
