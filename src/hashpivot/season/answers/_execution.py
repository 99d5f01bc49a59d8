"""Question 4: how are capital, dilution, customers, delays and stated risks handled?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View

from ._capital import capital_metrics
from ._risk_flags import risk_flags
from ._target_track_record import track_record_metrics, tracked_targets
from .base import FEWEST_CHECKS, NOT_JUDGED, Answer, Inputs, Metric, input_of, inputs_of, not_judged_headline


@dataclass(frozen=True, slots=True)
class Check:
    """One rule.

    Args:
        metric: The metric it judges.
        watch: Value from which it says `watch`.
        fail: Value from which it says `fail`.
        rising: True if larger is worse, False if smaller is.
        why: What the threshold stands for.
    """

    metric: str
    watch: float
    fail: float
    rising: bool
    why: str

    def state(self, value: object) -> str:
        """`pass`, `watch`, `fail` or `not_judged`."""
        if not isinstance(value, (int, float)):
            return NOT_JUDGED
        beyond: Callable[[float], bool] = (
            (lambda mark: value >= mark) if self.rising else (lambda mark: value <= mark)
        )
        return "fail" if beyond(self.fail) else "watch" if beyond(self.watch) else "pass"


CHECKS = (
    Check(
        "capex_cover_ratio",
        1,
        -1,
        False,
        "operating cash flow, bitcoin sales in it, over capital expenditure; below 1 others pay, at -1 "
        "operations burn as much",
    ),
    Check("runway_quarters", 4, 2, False, "a year of cash and digital assets at the quarter's burn"),
    Check(
        "net_debt_to_revenue_ratio",
        1,
        2,
        True,
        "net debt after cash and digital assets over four quarters' revenue",
    ),
    Check(
        "share_count_growth_yoy",
        0.25,
        0.75,
        True,
        "a quarter more shares in a year dilutes owners by a fifth",
    ),
    Check(
        "customer_concentration_share",
        0.5,
        0.9,
        True,
        "one customer; ASC 280-10-50-42 asks for those from 10%",
    ),
    Check("impairment_to_revenue_ratio", 0.1, 0.5, True, "assets written down against the quarter's revenue"),
    Check("overhead_to_revenue_ratio", 0.4, 0.8, True, "selling, general and administrative over revenue"),
    Check("overhead_growth_yoy", 0.5, 1.0, True, "the same against a year ago: half as much again, or twice"),
    Check(
        "research_development_growth_yoy",
        -0.25,
        -0.5,
        False,
        "research and development against a year ago: expertise that is let go",
    ),
    Check(
        "convertibles_to_liquidity_ratio",
        0.75,
        1.5,
        True,
        "convertible notes against cash and digital assets",
    ),
    Check("loss_making_revenue_share", 0.25, 0.5, True, "revenue of lines with negative gross profit"),
    Check("targets_median_delay_days", 60, 180, True, "how late targets were reached that were reached late"),
)
"""The rules of the execution answer; docs/methods/season.md is generated from them."""


def execution_answer(view: View, network: NetworkHistory, ticker: str, quarter: Quarter, day: date) -> Answer:
    """Checks of figures, of targets reached late, and apart from them the risks the company's text states."""
    metrics = (*capital_metrics(view, network, ticker, quarter), _median_delay(view, ticker, day))
    by_name = {metric.name: metric for metric in metrics}
    states = {check.metric: check.state(by_name[check.metric].value) for check in CHECKS}
    stated = risk_flags(view, ticker, day)
    verdict = execution_verdict(list(states.values()))
    inputs = inputs_of(view, "execution", [input_of(by_name[check.metric]) for check in CHECKS])
    checks = tuple(Metric(f"check_{name}", state) for name, state in (states | stated.checks).items())
    return Answer(
        "execution",
        verdict,
        _headline(verdict, states, stated.checks, inputs),
        (*metrics, *checks),
        notes=stated.notes,
        stated=stated.flags,
        inputs=inputs,
    )


def _median_delay(view: View, ticker: str, day: date) -> Metric:
    record = track_record_metrics(tracked_targets(view, ticker, day))
    return next(metric for metric in record if metric.name == "targets_median_delay_days")


def execution_verdict(states: list[str]) -> str:
    """`strained` if a check of figures fails, `watch` if one is on watch, else `steady`.

    Fewer than five checks with figures give no verdict.
    """
    known = [state for state in states if state != NOT_JUDGED]
    if len(known) < FEWEST_CHECKS:
        return NOT_JUDGED
    return "strained" if "fail" in known else "watch" if "watch" in known else "steady"


def _headline(verdict: str, states: dict[str, str], stated: dict[str, str], inputs: Inputs) -> str:
    """The verdict with the checks behind it; what reports state comes after it and does not make it."""
    risks = _raised(stated)
    told = f" Reports state: {', '.join(risks)}." if risks else ""
    named = _raised(states)
    if verdict == NOT_JUDGED:
        return not_judged_headline(inputs) + told
    if not named:
        return f"Steady: {inputs.held} of {inputs.total} checks could be made, and all pass.{told}"
    return f"{verdict.capitalize()}: {', '.join(named)}.{told}"


def _raised(states: dict[str, str]) -> list[str]:
    return [_short(name) for name, state in states.items() if state in ("fail", "watch")]


def _short(name: str) -> str:
    words = name.removesuffix("_ratio").removesuffix("_share").removesuffix("_quarters").removesuffix("_yoy")
    return words.removesuffix("_days").replace("_", " ")
