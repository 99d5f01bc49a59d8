"""`[conversion]`: terms of turning megawatts into AI."""

from __future__ import annotations

from ._fields import Fields
from ._site import Conversion

_HOURS_PER_MONTH = 730.0


def conversion(fields: Fields) -> Conversion:
    """Colocation terms are a rent for each kW and month; cloud terms a price for each GPU hour."""
    kind = fields.choice("kind", ("colocation", "cloud"))
    if kind == "colocation":
        earned = fields.number("usd_per_kw_month", 0, 10_000) * 1000 / _HOURS_PER_MONTH
    else:
        kw_per_gpu = fields.number("kw_per_gpu", 0, 1000, open_low=True)
        earned = fields.number("usd_per_gpu_hour", 0, 1000) * 1000 / kw_per_gpu
    hashprices = fields.numbers("hashprices_usd_per_ph_day", 0, 1e6)
    terms = Conversion(
        kind=kind,
        usd_per_mwh=earned,
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
    )
    fields.done()
    return terms


def _weights(fields: Fields, scenarios: int) -> tuple[float, ...]:
    if "probabilities" not in fields:
        return (1 / scenarios,) * scenarios
    weights = fields.numbers("probabilities", 0, 1)
    if len(weights) != scenarios or abs(sum(weights) - 1) > 1e-9:
        raise fields.wrong("probabilities", f"must be {scenarios} numbers that add up to 1, one a hashprice")
    return weights
