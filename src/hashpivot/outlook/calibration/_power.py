"""From the months of a company's site to the inputs of its outlook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from hashpivot.core import NoData, PowerMonth, Quarter, power_mean, whole_quarters

from ..inputs import TERMS, Origins, PowerQuarter, check_seasons
from ._calibrate import Calibration

ORIGIN = "months of its site"


def with_power(calibration: Calibration, months: Sequence[PowerMonth]) -> Calibration:
    """A calibration whose mining runs on the power of a site.

    The hash rate implied by revenue holds the uptime of its quarter, so it is divided by the site's uptime
    then: in that very quarter if the months hold it, else on average in that season. Months not over on
    the calibration's day are left out.

    Args:
        calibration: Without it.
        months: Of all its sites together.

    Raises:
        NoData: If no whole quarter is among them.
        InvalidInput: If they leave a season out, or a value is out of range.
    """
    past_months = [month for month in months if month.last_day <= calibration.as_of]
    past = tuple(_quarter(quarter, of_quarter) for quarter, of_quarter in whole_quarters(past_months).items())
    if not past:
        hint = "backtest the site over at least a year of whole quarters"
        raise NoData(f"no whole quarter of its site is known on {calibration.as_of}", hint=hint)
    check_seasons(past)
    uptime = _usual_uptime(past, calibration.begins or calibration.quarter)
    mining = calibration.inputs.mining
    inputs = replace(
        calibration.inputs,
        power=past,
        mining=replace(mining, hash_rate_ehs=mining.hash_rate_ehs / uptime),
    )
    return replace(calibration, inputs=inputs, origins=_origins(calibration, past, uptime))


def _quarter(quarter: Quarter, months: Sequence[PowerMonth]) -> PowerQuarter:
    mean = power_mean(months)
    return PowerQuarter(quarter, mean.uptime, mean.power_usd_per_mwh, mean.credits_usd_per_mw_hour)


def _usual_uptime(past: Sequence[PowerQuarter], quarter: Quarter) -> float:
    same = [each.uptime for each in past if each.quarter == quarter]
    season = [each.uptime for each in past if each.quarter.number == quarter.number]
    return fmean(same or season)


def _origins(calibration: Calibration, past: Sequence[PowerQuarter], uptime: float) -> Origins:
    origins = Origins(calibration.origins)
    for each in past:
        origins.update({f"power.{each.quarter}.{key}": ORIGIN for key in TERMS})
    key = "mining.hash_rate_ehs"
    origins[key] = f"{origins.get(key, '')}, over {uptime:.3f}, the uptime of its site then"
    return origins
