"""The page of a plan: prices expected, what runs, and why, hour by hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hashpivot.site import Plan

from ..shared import Chart, PageBody, PageHead, TextTable, clean, line, render_body, text

_LEFT, _RIGHT, _WIDE = 46, 700, 760
_FULL = 0.999  # of the most drawn in any hour: less is in part, or in another mode
_PRICE_HIGH, _POWER_HIGH, _GAP = 120, 70, 34


def plan_body(plan: Plan) -> PageBody:
    """Render a plan without a frame, to be served.

    Args:
        plan: The plan.
    """
    chart = plan_chart(plan)
    page = {
        "tables": (_table(_hours(plan)),),
        "charts": [(chart.title, chart.inline(), chart.key)],
        "words": [clean(note) for note in plan.notes],
        "links": {},
    }
    return render_body("plan.html.j2", plan_head(plan), page, charts={"plan": chart})


def plan_head(plan: Plan) -> PageHead:
    """What stands at the top of the page of a plan."""
    hours = _hours(plan)
    site, zone = plan.forecast.hours.site.name, plan.forecast.hours.prices.zone
    return PageHead(
        page="Site",
        name=f"Plan: {clean(site)}",
        title=clean(_title(site, hours, _unit(plan))),
        lede=_lede(hours, _unit(plan)),
        meta=(
            f"{hours[0]['local']} to {hours[-1]['local']}, market local time",
            clean(zone),
            "USD/MWh and MW",
            "* the day-ahead price is not out yet: that of a day before stands in",
        ),
    )


def _hours(plan: Plan) -> list[dict[str, Any]]:
    return [plan.hour(t) for t in range(len(plan.modes))]


def _unit(plan: Plan) -> str:
    return "hour" if plan.forecast.hours.prices.minutes == 60 else "interval"


def _title(site: str, hours: Sequence[dict[str, Any]], unit: str) -> str:
    drawn = [_drawn(hour) for hour in hours]
    off = drawn.count(0.0)
    part = sum(0.0 < mw < _FULL * max(drawn) for mw in drawn)
    said = [f"runs in full in {len(hours) - off - part} of {len(hours)} {unit}s"]
    said += [f"in part in {part}"] if part else []
    said += [f"is off in {off}"] if off else []
    return f"{site} {', '.join(said)}"


def _lede(hours: Sequence[dict[str, Any]], unit: str) -> str:
    top = max(hours, key=lambda hour: hour["expected_usd_per_mwh"])
    return (
        f"The most expensive {unit} is {top['local']}: {top['expected_usd_per_mwh']:,.0f} USD/MWh expected, "
        f"{top['p90_usd_per_mwh']:,.0f} or more with a chance of one in ten."
    )


def _table(hours: Sequence[dict[str, Any]]) -> TextTable:
    names = [group["name"] for group in hours[0]["groups"]] + [load["name"] for load in hours[0]["ai"]]
    rows = tuple(
        (
            hour["local"],
            f"{hour['da_usd_per_mwh']:,.1f}{'*' if hour['da_stand_in'] else ''}",
            f"{hour['expected_usd_per_mwh']:,.1f}",
            f"{hour['p10_usd_per_mwh']:,.0f} to {hour['p90_usd_per_mwh']:,.0f}",
            f"{hour['peak_probability']:.1%}" if hour["peak_probability"] else "–",
            *(clean(part["reason"]) for part in (*hour["groups"], *hour["ai"])),
        )
        for hour in hours
    )
    header = ("Hour", "Day-ahead", "Expected", "10 to 90%", "Peak", *map(clean, names))
    return TextTable("Hour by hour, and why", header, rows, left=1)


def plan_chart(plan: Plan) -> Chart:
    """Draw the price expected with its band above, the power drawn below."""
    hours, limit_mw = _hours(plan), plan.forecast.hours.site.limit_mw
    step = (_RIGHT - _LEFT) / len(hours)
    highest = max(hour["p90_usd_per_mwh"] for hour in hours)
    lowest = min(0.0, *(hour["p10_usd_per_mwh"] for hour in hours))
    span = (highest - lowest) or 1.0

    def x(at: int) -> float:
        return _LEFT + step * (at + 0.5)

    def y(usd: float) -> float:
        return float(12 + _PRICE_HIGH * (highest - usd) / span)

    def points(key: str) -> list[str]:
        return [f"{x(at):.1f},{y(hour[key]):.1f}" for at, hour in enumerate(hours)]

    edge = " ".join([*points("p90_usd_per_mwh"), *reversed(points("p10_usd_per_mwh"))])
    base = 12 + _PRICE_HIGH + _GAP + _POWER_HIGH
    most = max(limit_mw, 1e-9)
    body = [
        line(_LEFT, y(0.0), _RIGHT, y(0.0)),
        text(_LEFT - 6, y(0.0) + 4, "0", "tick right"),
        text(_LEFT - 6, y(highest) + 4, f"{highest:,.0f}", "tick right"),
        f'<polygon class="fan" points="{edge}"/>',
        f'<polyline class="mid" points="{" ".join(points("expected_usd_per_mwh"))}"/>',
        f'<polyline class="c-mining" points="{" ".join(points("da_usd_per_mwh"))}"/>',
        text(_RIGHT + 4, y(hours[-1]["expected_usd_per_mwh"]) + 4, "expected", "tick left"),
        line(_LEFT, base, _RIGHT, base),
        text(_LEFT - 6, base + 4, "0", "tick right"),
        text(_LEFT - 6, base - _POWER_HIGH + 8, f"{most:,.0f} MW", "tick right"),
    ]
    for at, hour in enumerate(hours):
        high = _POWER_HIGH * min(1.0, _drawn(hour) / most)
        left = _LEFT + step * at + 1
        body.append(
            f'<rect class="g-mining" x="{left:.1f}" y="{base - high:.1f}" '
            f'width="{step - 2:.1f}" height="{high:.1f}"/>'
        )
        if at % max(1, len(hours) // 8) == 0:
            body.append(text(x(at), base + 14, hour["local"][5:16].replace("T", " "), "tick"))
    words = "; ".join(
        f"{hour['local']} {hour['expected_usd_per_mwh']:,.0f} USD/MWh, {_drawn(hour):,.1f} MW of machines"
        for hour in hours
    )
    key = {"fan": "10% to 90%", "mid": "expected price", "c-mining": "day-ahead", "g-mining": "machines, MW"}
    return Chart(
        "Price in USD/MWh, and power of the machines", words, _WIDE, int(base + 22), "".join(body), key
    )


def _drawn(hour: dict[str, Any]) -> float:
    return sum(float(group["power_mw"]) for group in hour["groups"])
