"""How the regimes of fees were chosen, on what was known by the end of 2021, and how they did since.

The regimes chosen are not in the package: since 2022 they were no better at one and two quarters, and
hashprice was scored worse with them (docs/methods/outlook.md).

Fees of a block, mean over days 1 to 91, 92 to 182 and 274 to 364 from each Sunday, beside paths of the fee
model alone. The lowest interval score of the 80% band of logs, geometric mean over horizons relative to the
package's model, is chosen; this was written down and committed before any outcome from 2022 was scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import product
from math import ceil, exp, log

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.outlook.inputs import EPOCH_DAYS, FeeModel
from hashpivot.outlook.market._estimate import autoregression, fee_model, past_fees, transitions

from .market_cases import (
    FIRST,
    HORIZONS,
    PATHS,
    SEED,
    WINDOW_DAYS,
    Case,
    cell,
    coverage,
    coverage_interval,
    forecast_case,
    markdown,
    origins,
    relative_score,
    score,
    window_sums,
)  # fmt: skip

TARGET, BEFORE, LEAST_FEES_BTC = "fees", "package", 1e-4
EPOCHS = WINDOW_DAYS / EPOCH_DAYS
Fees = Callable[[NetworkHistory], FeeModel]


def regimes(history: NetworkHistory, years: int, busy: float) -> FeeModel:
    """Two regimes about one level: epochs of more than `busy` times the median of so many years are busy."""
    logs = np.log(np.maximum(past_fees(history, _years_before(history.last_day, years)), LEAST_FEES_BTC))
    high = logs > np.median(logs) + log(busy)
    calm = float(np.median(logs[~high]))
    factor = float(np.median(logs[high])) - calm if high.any() else log(2 * busy)
    persistence, noise = autoregression((logs - calm - factor * high).tolist())
    enter, leave = transitions(high.tolist())
    return FeeModel(exp(calm), exp(factor), enter, leave, persistence, noise)


def before(history: NetworkHistory) -> FeeModel:
    """The package's model: four years, busy beside the year around."""
    return fee_model(history, _years_before(history.last_day, 4))


def _years_before(day: date, years: int) -> date:
    return day - timedelta(round(years * 365.25))


CANDIDATES: dict[str, Fees] = {
    f"{years} years, busy at {busy} times": partial(regimes, years=years, busy=busy)
    for years, busy in product((2, 4, 6), (2, 3, 5))
}
CHOSEN = "6 years, busy at 5 times"


def fee_cases(
    history: NetworkHistory, models: dict[str, Fees], first: date, last: date, seed: int = SEED
) -> Iterator[Case]:
    """Every forecast of fees from weekly origins whose outcome is known by `last`."""
    rows = history[(first - history.first_day).days :]
    fees, blocks = (
        window_sums([history.fees(row.day).btc for row in rows]),
        window_sums([row.blocks for row in rows]),
    )
    for origin in origins(first, last - timedelta(WINDOW_DAYS)):
        known = history.until(origin)
        now = past_fees(known, _years_before(origin, 1))[-1]
        for name, model in models.items():
            paths = fee_paths(model(known), now, seed)
            for horizon in HORIZONS:
                end = (origin - first).days + 1 + WINDOW_DAYS * horizon
                if origin + timedelta(WINDOW_DAYS * horizon) > last:
                    continue
                truth = log(_window(fees, end) / _window(blocks, end))
                said = np.log(paths[int(EPOCHS * (horizon - 1)) : ceil(EPOCHS * horizon)].mean(axis=0))
                yield forecast_case(name, TARGET, horizon, origin, said, truth)


def _window(sums: NDArray[np.float64], end: int) -> float:
    return float(sums[end] - sums[end - WINDOW_DAYS])


def fee_paths(fees: FeeModel, now: float, seed: int) -> NDArray[np.float64]:
    """Fees of a block, epoch by epoch for a year, as the engine moves them; shape `(epochs, paths)`."""
    random = np.random.default_rng(seed)
    level = log(max(now, 1e-5) / fees.calm_btc)
    busy = np.full(PATHS, level > log(fees.busy_factor) / 2)
    own = level - busy * log(fees.busy_factor)
    found = []
    for _ in range(ceil(EPOCHS * max(HORIZONS))):
        busy = random.random(PATHS) < np.where(busy, 1 - fees.leave_busy, fees.enter_busy)
        own = fees.persistence * own + fees.noise * random.standard_normal(PATHS)
        found.append(fees.calm_btc * np.where(busy, fees.busy_factor, 1.0) * np.exp(own))
    return np.array(found)


def choice_table(found: Sequence[Case]) -> str:
    """Candidates by score; the chosen one is marked."""
    head = ["regimes of fees", "score", *(f"in 80%, {horizon} quarters" for horizon in HORIZONS), "chosen"]
    scores = {name: relative_score(found, name, BEFORE, TARGET) for name in (BEFORE, *CANDIDATES)}
    rows = [
        [
            name, f"{scores[name]:.3f}",
            *(f"{coverage(cell(found, name, TARGET, horizon)):.0%}" for horizon in HORIZONS),
            "yes" if name == CHOSEN else "",
        ]
        for name in sorted(scores, key=lambda name: scores[name])
    ]  # fmt: skip
    return markdown([head, ["---"] * len(head), *rows])


def result_table(found: Sequence[Case]) -> str:
    """The chosen model of fees and the package's, by horizon."""
    head = [
        "quarters ahead",
        "weekly origins",
        "in 80%",
        "90% interval",
        "score",
        "package: in 80%",
        "package: score",
    ]
    rows = []
    for horizon in HORIZONS:
        some, old = (cell(found, name, TARGET, horizon) for name in (CHOSEN, BEFORE))
        low, high = coverage_interval(some)
        shares = [f"{coverage(some):.0%}", f"{low:.0%} to {high:.0%}", f"{score(some):.2f}"]
        rows.append([str(horizon), str(len(some)), *shares, f"{coverage(old):.0%}", f"{score(old):.2f}"])
    return markdown([head, ["---"] * len(head), *rows])


def fees_to(history: NetworkHistory, last: date) -> list[Case]:
    """Forecasts of all candidates and the package's model whose outcome was known by a day."""
    return list(fee_cases(history, {BEFORE: before, **CANDIDATES}, FIRST, last))


def fees_since(history: NetworkHistory, first: date) -> list[Case]:
    """Forecasts of the chosen model and the package's from a day on."""
    models = {BEFORE: before, CHOSEN: CANDIDATES[CHOSEN]}
    return list(fee_cases(history, models, first, history.last_day))
