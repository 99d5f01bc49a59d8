"""Charts of a nowcast: every company's interval with what was reported, and one company's bridge."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import TYPE_CHECKING

from ..shared import Chart, bar, clean, format_money, format_share, line, money_change, text

if TYPE_CHECKING:
    from hashpivot.nowcast import CompanyNowcast, Nowcast, Step

_WIDTH, _ROW, _LEFT, _RIGHT = 400, 22, 46, 66
_BRIDGE_LEFT = 132
_LEAST = 1e5

WORDS = {
    "days": "days",
    "difficulty": "difficulty",
    "subsidy": "subsidy",
    "fees": "fees",
    "price": "bitcoin price",
    "hash_rate": "hash rate",
    "realised_share": "realised share",
    "effective_hash_rate": "effective hash rate",
    "ai_cloud": "AI cloud",
    "ai_colocation": "AI colocation",
    "self_mining": "self-mining",
    "sum_of_medians": "sum is not of medians",
}
"""How the steps of a bridge are called."""


def nowcast_chart(nowcast: Nowcast) -> Chart:
    """One row a company: the 80% interval, its median, and a dot where revenue was reported; log scale."""
    companies = sorted(nowcast.companies.values(), key=lambda c: -c.total.median_usd)
    amounts = [amount for c in companies for amount in _amounts(c)]
    low = log10(max(_LEAST, min(amounts, default=_LEAST)))
    high = max(low + 1e-6, log10(max(amounts, default=_LEAST * 10)))
    scale = (_WIDTH - _LEFT - _RIGHT) / (high - low)

    def place(usd: float) -> float:
        return _LEFT + (log10(max(_LEAST, usd)) - low) * scale

    body, words = [], []
    for number, company in enumerate(companies):
        y = number * _ROW
        total, left = company.total, place(company.total.p10_usd)
        said = f"{clean(company.ticker)} {format_money(total.median_usd)}"
        body += [
            text(0, y + 14, clean(company.ticker, 8), "left"),
            bar(left, y + 6, max(1.0, place(total.p90_usd) - left), 10, "g-other", _interval(company)),
            line(place(total.median_usd), y + 3, place(total.median_usd), y + 19, "axis"),
        ]
        if company.reported:
            at = place(float(company.reported.value))
            kind = "g-ai" if total.holds(float(company.reported.value)) else "g-chips"
            body.append(bar(at - 3, y + 8, 6, 6, kind, f"reported {format_money(company.reported.value)}"))
            said += f", reported {format_money(company.reported.value)}"
        body.append(text(_WIDTH, y + 14, format_money(total.median_usd), "tick right"))
        words.append(said)
    return Chart(
        f"Revenue nowcast {nowcast.quarter}",
        "; ".join(words) or "no company",
        _WIDTH,
        max(_ROW, _ROW * len(companies)),
        "".join(body),
        {"g-other": "80% interval", "g-ai": "reported, inside", "g-chips": "reported, outside"},
    )


def nowcast_bridge_chart(company: CompanyNowcast) -> Chart | None:
    """The bridge from the last reported revenue to the nowcast; None if nothing was reported lately."""
    steps = [step for step in company.bridge if step.name in ("from", "to") or abs(step.usd) >= 500]
    if not steps:
        return None
    tops = _running(steps)
    low, high = min(0.0, *(min(pair) for pair in tops)), max(max(pair) for pair in tops)
    scale = (_WIDTH - _BRIDGE_LEFT - _RIGHT) / (high - low or 1)
    body = []
    for number, (step, (start, end)) in enumerate(zip(steps, tops, strict=True)):
        y, left = number * _ROW, _BRIDGE_LEFT + (min(start, end) - low) * scale
        ends = step.name in ("from", "to")
        kind = "g-other" if ends else "g-ai" if step.usd >= 0 else "g-chips"
        shown = format_money(step.usd) if ends else money_change(step.usd)
        name = step_words(company, step)
        body += [
            text(0, y + 14, name, "left"),
            bar(left, y + 5, max(1.0, abs(end - start) * scale), 12, kind, f"{name}: {shown}"),
            text(_WIDTH, y + 14, shown, "tick right"),
        ]
    words = "; ".join(f"{step_words(company, step)} {money_change(step.usd)}" for step in steps)
    title = f"{clean(company.ticker)}: from the last report to the nowcast of {company.quarter}"
    return Chart(title, words, _WIDTH, _ROW * len(steps), "".join(body))


def step_words(company: CompanyNowcast, step: Step) -> str:
    """What a step of a company's bridge is called."""
    if step.name == "from":
        return f"reported {company.last.period if company.last else ''}".strip()
    if step.name == "to":
        return f"nowcast {company.quarter}"
    return WORDS.get(step.name, step.name.replace("_", " "))


def surprise_words(company: CompanyNowcast) -> str:
    """Reported revenue against the nowcast: `+3.1%, inside`; `not reported yet`."""
    if company.reported is None or company.surprise is None:
        return "not reported yet"
    inside = company.total.holds(float(company.reported.value))
    return f"{format_share(company.surprise, signed=True)}, {'inside' if inside else 'outside'}"


def _amounts(company: CompanyNowcast) -> list[float]:
    reported = [float(company.reported.value)] if company.reported else []
    return [company.total.p10_usd, company.total.p90_usd, *reported]


def _interval(company: CompanyNowcast) -> str:
    return f"80% {format_money(company.total.p10_usd)} to {format_money(company.total.p90_usd)}"


def _running(steps: Sequence[Step]) -> list[tuple[float, float]]:
    level, found = 0.0, []
    for step in steps:
        start = 0.0 if step.name in ("from", "to") else level
        level = start + step.usd
        found.append((start, level))
    return found
