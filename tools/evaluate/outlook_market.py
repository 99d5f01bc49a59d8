"""How well the outlook's market would have done on weekly origins, and how its half-lives were chosen.

    python -m tools write outlook-market        (four minutes; not part of `check`)

The choice sees only what was known by the end of 2021 (`evaluate.market_choice`); the model chosen there is
then scored on origins from 2022. Rivals are the engine before the choice (`evaluate.market_before`) and a
plain GARCH(1,1) of each quantity (`evaluate.plain_garch`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import exp
from statistics import fmean, geometric_mean

from hashpivot.bitcoin import NetworkHistory

from ..bundle.collected import long_history
from ..parts import Made
from . import market_fees
from .market_before import parameters_before
from .market_cases import (
    BAND,
    FIRST,
    HORIZONS,
    PATHS,
    QUANTITIES,
    SEED,
    WEEKS,
    WINDOW_DAYS,
    Case,
    Model,
    cases,
    cell,
    coverage,
    coverage_interval,
    engine,
    markdown,
    score,
    share,
)
from .market_choice import (
    BEFORE,
    CHOSEN_BY,
    growth_cases,
    growth_table,
    record_table,
    variance_losses,
    volatility_table,
)
from .plain_garch import plain_garch

CHOSEN, HALVINGS, MONTH = "chosen", (630_000, 840_000), 30
MODELS: dict[str, Model] = {
    CHOSEN: engine(lambda _, estimate: estimate.parameters),
    BEFORE: engine(parameters_before),
    "plain GARCH": plain_garch(PATHS, WINDOW_DAYS, max(HORIZONS)),
}
"""What is compared."""


def result_table(found: Sequence[Case]) -> str:
    """The chosen model and its rivals cell by cell."""
    head = [
        "quantity", "quarters ahead", "weekly origins", "independent", "in 80%", "90% interval", "holds 80%",
        "mean PIT", "score", "engine before", "plain GARCH", "beats both", "2026: n", "2026: in 80%",
        "before: in 80%", "before: 90% interval", "before, 2026: in 80%",
    ]  # fmt: skip
    rows = [_result(found, target, horizon) for target in QUANTITIES for horizon in HORIZONS]
    return markdown([head, ["---"] * len(head), *rows])


def _result(found: Sequence[Case], target: str, horizon: int) -> list[str]:
    some, before, plain = (cell(found, name, target, horizon) for name in MODELS)
    low, high = coverage_interval(some)
    newest = [case for case in some if case.origin.year == 2026]
    scores = [score(held) for held in (some, before, plain)]
    return [
        target, str(horizon), str(len(some)), str(len(some) // (WEEKS * horizon)), f"{coverage(some):.0%}",
        f"{low:.0%} to {high:.0%}", "yes" if low <= BAND <= high else "no",
        f"{fmean(case.rank for case in some):.2f}", *(f"{value:.3f}" for value in scores),
        "yes" if scores[0] < min(scores[1:]) else "no", str(len(newest)),
        share(newest), share(before), "{:.0%} to {:.0%}".format(*coverage_interval(before)),
        share([case for case in before if case.origin.year == 2026]),
    ]  # fmt: skip


def summary(found: Sequence[Case]) -> str:
    """In how many cells the bands hold 80%, and the scores over those of the rivals."""
    cells = [(target, horizon) for target in QUANTITIES for horizon in HORIZONS]
    holding = {model: sum(_holds(cell(found, model, *key)) for key in cells) for model in (CHOSEN, BEFORE)}
    lines = [
        f"- 80% lies within the interval of the coverage in {holding[CHOSEN]} of {len(cells)} cells; for the "
        f"{BEFORE} in {holding[BEFORE]}.\n"
    ]
    rivals = [model for model in MODELS if model != CHOSEN]
    ratios = [
        [score(cell(found, CHOSEN, *key)) / score(cell(found, rival, *key)) for key in cells]
        for rival in rivals
    ]
    for rival, some in zip(rivals, ratios, strict=True):
        lines.append(
            f"- The score is below that of the {rival} in {sum(ratio < 1 for ratio in some)} cells, and "
            f"{geometric_mean(some):.3f} of it in the geometric mean over all.\n"
        )
    both = sum(max(pair) < 1 for pair in zip(*ratios, strict=True))
    return "".join([*lines, f"- It is below both in {both} cells.\n"])


def _holds(some: Sequence[Case]) -> bool:
    low, high = coverage_interval(some)
    return low <= BAND <= high


def halving_table(found: Sequence[Case], history: NetworkHistory) -> str:
    """Difficulty over the halvings, in EH/s, as the chosen model forecast it a month before them."""
    head = ["halving", "forecast on", "days ahead", "10%", "90%", "came", "paths below"]
    rows = []
    for height in HALVINGS:
        day = history.day_of_height(height)
        for horizon in HORIZONS[:2]:
            some = [
                case
                for case in cell(found, CHOSEN, "difficulty", horizon)
                if case.origin <= day - timedelta(MONTH)
            ]
            case = max(some, key=lambda case: case.origin)
            days = f"{WINDOW_DAYS * (horizon - 1) + 1} to {WINDOW_DAYS * horizon}"
            values = [f"{exp(value):.0f}" for value in (case.low, case.high, case.truth)]
            rows.append([str(day), str(case.origin), days, *values, f"{case.rank:.0%}"])
    return markdown([head, ["---"] * len(head), *rows])


def to_2021(history: NetworkHistory) -> list[Case]:
    """Every forecast of the models whose outcome was known by the end of 2021."""
    return list(cases(history, MODELS, FIRST, CHOSEN_BY))


def from_2022(history: NetworkHistory, seed: int = SEED) -> list[Case]:
    """Every forecast of the models from origins since 2022."""
    return list(cases(history, MODELS, CHOSEN_BY + timedelta(1), history.last_day, seed))


def judged(history: NetworkHistory, seed: int = SEED, weeks: int = 1) -> list[Case]:
    """Forecasts of the package's model from 2022 on, so many weeks apart."""
    first, last = CHOSEN_BY + timedelta(1), history.last_day
    return list(cases(history, {CHOSEN: MODELS[CHOSEN]}, first, last, seed, weeks))


def choice(history: NetworkHistory, found: Sequence[Case]) -> Made:
    """The tables that stand on the years to 2021, of which `found` are the forecasts."""
    until = history.until(CHOSEN_BY)
    return {
        "outlook-market/volatility": volatility_table(variance_losses(until)),
        "outlook-market/growth": growth_table(list(growth_cases(until))),
        "outlook-market/record": record_table(found, CHOSEN),
        "outlook-market/to-2021": result_table(found),
        "outlook-market/fees": market_fees.choice_table(market_fees.fees_to(until, CHOSEN_BY)),
    }


def make() -> Made:
    """The tables of the page."""
    history = long_history()
    past, since = to_2021(history.until(CHOSEN_BY)), from_2022(history)
    fees = market_fees.fees_since(history, CHOSEN_BY + timedelta(1))
    return choice(history, past) | {
        "outlook-market": result_table(since),
        "outlook-market/summary": summary(since),
        "outlook-market/fees-since": market_fees.result_table(fees),
        "outlook-market/halvings": halving_table([*past, *since], history),
    }
