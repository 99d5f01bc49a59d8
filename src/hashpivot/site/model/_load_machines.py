"""`[[machines]]`: from models and counts to megawatts and PH/s."""

from __future__ import annotations

from itertools import pairwise

from ._asic import asic
from ._errors import InvalidSite
from ._fields import Fields
from ._site import Machines, Mode

MODES = ("eco", "normal", "turbo")
_LONGEST_HOURS = 720


def machines(fields: Fields) -> Machines:
    """One group; without `modes.normal` the model's nominal hash rate and power are taken from the table."""
    group = Machines(
        name=fields.text("name"),
        modes=_modes(fields),
        start_cost_usd=fields.number("start_cost_usd", 0, 1e7, 0.0),
        stop_cost_usd=fields.number("stop_cost_usd", 0, 1e7, 0.0),
        restart_minutes=fields.number("restart_minutes", 0, 60, 0.0),
        min_on_hours=fields.whole("min_on_hours", 1, _LONGEST_HOURS, 1),
        min_off_hours=fields.whole("min_off_hours", 1, _LONGEST_HOURS, 1),
        ramp_mw_per_hour=_ramp(fields),
        max_off_hours_per_month=_budget(fields),
        reserve_share=fields.number("reserve_share", 0, 1, 1.0),
        derate_from_c=fields.number("derate_from_c", -50, 80, 30.0),
        derate_per_c=fields.number("derate_per_c", 0, 0.2, 0.0),
    )
    fields.done()
    _check_ramp(group, fields)
    _check_budget(group, fields)
    return group


def _modes(fields: Fields) -> tuple[Mode, ...]:
    model, count = fields.text("model"), fields.whole("count", 1, 10_000_000)
    pue = fields.number("pue", 1, 3, 1.0)
    given = fields.table("modes", {})
    if unknown := next((name for name in given.keys if name not in MODES), None):
        raise given.wrong(unknown, f"is not a mode: modes are {', '.join(MODES)}; off is always there")
    found = {name: _mode(name, given.table(name), count, pue) for name in given.keys}
    if "normal" not in found:
        found["normal"] = _nominal(model, count, pue, fields)
    ordered = tuple(sorted(found.values(), key=lambda mode: mode.power_mw))
    for low, high in pairwise(ordered):
        if not (low.power_mw < high.power_mw and low.hashrate_ph < high.hashrate_ph):
            raise given.wrong(high.name, f"must have more watts and more ths than {low.name}")
    return ordered


def _mode(name: str, fields: Fields, count: int, pue: float) -> Mode:
    ths, watts = fields.number("ths", 0, 1e5, open_low=True), fields.number("watts", 0, 1e6, open_low=True)
    fields.done()
    return Mode(name, count * ths / 1000, count * watts * pue / 1e6)


def _nominal(model: str, count: int, pue: float, fields: Fields) -> Mode:
    try:
        found = asic(model)
    except InvalidSite as error:
        raise InvalidSite(
            f"model is not known: {error.message}", where=fields.place, hint=error.hint
        ) from None
    return Mode("normal", count * found.ths / 1000, count * found.watts * pue / 1e6)


def _ramp(fields: Fields) -> float | None:
    key = "ramp_mw_per_hour"
    return fields.number(key, 0, 1e5, open_low=True) if key in fields else None


def _budget(fields: Fields) -> int | None:
    key = "max_off_hours_per_month"
    return fields.whole(key, 0, 744) if key in fields else None


def _check_ramp(group: Machines, fields: Fields) -> None:
    """Every mode must be within reach of the one below, or the group could never get there."""
    if group.ramp_mw_per_hour is None:
        return
    below = 0.0
    for mode in group.modes:
        if mode.power_mw - below > group.ramp_mw_per_hour * (1 + 1e-9):
            raise fields.wrong(
                "ramp_mw_per_hour",
                f"must be at least {mode.power_mw - below:g}, or mode {mode.name} is never reached",
            )
        below = mode.power_mw


def _check_budget(group: Machines, fields: Fields) -> None:
    budget = group.max_off_hours_per_month
    if budget is not None and 0 < budget < group.min_off_hours:
        raise fields.wrong(
            "max_off_hours_per_month",
            f"must be 0 or at least min_off_hours, {group.min_off_hours}, not {budget}",
        )
