"""How well the outlook's market would have done: a hindcast on weekly origins, and how its model was chosen.

    python -m tools write outlook-market        (a minute; not part of `check`)

On every Sunday parameters are estimated on the history up to that day and the year ahead simulated. The mean
price, hashprice and difficulty of days 1 to 91, 92 to 182 and 274 to 364 is then looked up among the paths:
1, 2 and 4 quarters ahead. Candidates are compared on origins from 2017 whose outcomes were known by the end
of 2021; the model chosen there is then scored on origins from 2022. Rivals are the engine before the choice
(`jump_diffusion`) and a plain GARCH(1,1) of each quantity (`evaluate.plain_garch`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.outlook import MarketEstimate, estimate_market, market_start
from hashpivot.outlook.inputs import PriceKind
from hashpivot.outlook.market._draws import SeededDraws
from hashpivot.outlook.market._engine import MarketWalk
from hashpivot.outlook.market._quarters import HASHPRICE, PRICE, RATE, QuarterSums
from hashpivot.outlook.market._start import KnownDays, MarketStart

from ..bundle.collected import long_history
from ..parts import Made
from .market_choice import CHOSEN, UNWIDENED, MarketChoice
from .plain_garch import plain_garch

FIRST, CHOSEN_BY, PATHS, SEED = date(2017, 1, 1), date(2021, 12, 31), 2_048, 1
HORIZONS, WINDOW_DAYS, BAND = (1, 2, 4), 91, 0.8
WEEKS = WINDOW_DAYS // 7
QUANTITIES = {"price": PRICE, "hashprice": HASHPRICE, "difficulty": RATE}

Log = NDArray[np.float64]
Model = Callable[[NetworkHistory, MarketStart, MarketEstimate, int], Mapping[str, Log]]
"""Gives log means by quantity, shape `(4 quarters, paths)`."""


@dataclass(frozen=True)
class Window:
    """Ninety-one days, in the place of a calendar quarter."""

    end: date
    days: int = WINDOW_DAYS


@dataclass(frozen=True)
class Case:
    """What one model said of one quantity from one origin, and what came; logs."""

    model: str
    target: str
    horizon: int
    origin: date
    low: float
    high: float
    truth: float
    rank: float

    @property
    def inside(self) -> bool:
        """Whether the 80% band held the outcome."""
        return self.low <= self.truth <= self.high

    @property
    def score(self) -> float:
        """Interval score (Winkler) of the 80% band, of logs."""
        miss = max(0.0, self.low - self.truth, self.truth - self.high)
        return self.high - self.low + 2 / (1 - BAND) * miss


def engine(choice: MarketChoice) -> Model:
    """The engine with a choice of price model."""

    def model(
        history: NetworkHistory, start: MarketStart, estimate: MarketEstimate, seed: int
    ) -> Mapping[str, Log]:
        parameters = choice.of(estimate.parameters)
        windows = [Window(start.as_of + timedelta(WINDOW_DAYS * (k + 1))) for k in range(max(HORIZONS))]
        sums = QuarterSums(replace(start, known=KnownDays()), windows, PATHS)  # type: ignore[arg-type]
        draws = SeededDraws(seed, 0, PATHS, estimate.returns_of(choice.kind))
        MarketWalk(start, parameters, draws, PATHS, sums).run(sums.last_day)
        means = np.log(sums.means().astype(np.float64))
        return {name: means[row] for name, row in QUANTITIES.items()}

    return model


BEFORE = "jump_diffusion"
KINDS: tuple[PriceKind, ...] = ("jump_diffusion", "garch", "bootstrap")
CANDIDATES: dict[str, MarketChoice] = {
    BEFORE: UNWIDENED,
    "gbm": MarketChoice("gbm"),
    "bootstrap": MarketChoice("bootstrap"),
    "garch": MarketChoice("garch"),
    "garch, starts at its long-run volatility at least": MarketChoice("garch", least_factor=1.0),
    "garch, no drift error": MarketChoice("garch", drift_error=0.0),
    **{
        f"{kind}, volatility x {volatility}, spread of growth x {spread}": MarketChoice(
            kind, volatility=volatility, spread=spread
        )
        for kind in KINDS
        for volatility in (1.0, 1.2, 1.4)
        for spread in (1.5, 2.0, 2.5)
    },
}


def truths(history: NetworkHistory) -> dict[str, tuple[date, Log]]:
    """Running sums of each quantity over the days from `FIRST` on."""
    rows = history[(FIRST - history.first_day).days :]
    values = {
        "price": [row.price_usd for row in rows],
        "hashprice": [row.hashprice_usd_per_ph_day(history.fees(row.day).btc) for row in rows],
        "difficulty": [row.hash_rate_ehs for row in rows],
    }
    return {name: (rows[0].day, np.cumsum([0.0, *held])) for name, held in values.items()}


def outcome(sums: tuple[date, Log], origin: date, horizon: int) -> float:
    """Log mean of the window that ends `horizon` windows after an origin."""
    first, total = sums
    end = (origin - first).days + 1 + WINDOW_DAYS * horizon
    return log((total[end] - total[end - WINDOW_DAYS]) / WINDOW_DAYS)


def origins(first: date, last: date) -> list[date]:
    """Sundays from one day to another."""
    start = first + timedelta((6 - first.weekday()) % 7)
    return [start + timedelta(7 * week) for week in range((last - start).days // 7 + 1)]


def cases(
    history: NetworkHistory, models: Mapping[str, Model], first: date, last: date, seed: int = SEED
) -> Iterator[Case]:
    """Every forecast of the models from weekly origins whose outcome is known by `last`."""
    sums = truths(history)
    for origin in origins(first, last - timedelta(WINDOW_DAYS)):
        known = history.until(origin)
        start, estimate = market_start(known), estimate_market(known)
        for name, model in models.items():
            said = model(known, start, estimate, seed)
            for horizon in HORIZONS:
                if origin + timedelta(WINDOW_DAYS * horizon) > last:
                    continue
                for target in QUANTITIES:
                    truth = outcome(sums[target], origin, horizon)
                    yield _case(name, target, horizon, origin, said[target][horizon - 1], truth)


def _case(name: str, target: str, horizon: int, origin: date, paths: Log, truth: float) -> Case:
    low, high = np.quantile(paths, [(1 - BAND) / 2, (1 + BAND) / 2])
    rank = float((paths < truth).mean())
    return Case(name, target, horizon, origin, float(low), float(high), truth, rank)


def cell(found: Sequence[Case], model: str, target: str, horizon: int) -> list[Case]:
    """Cases of one model, quantity and horizon."""
    return [case for case in found if (case.model, case.target, case.horizon) == (model, target, horizon)]


def score(some: Sequence[Case]) -> float:
    """Mean interval score."""
    return fmean(case.score for case in some)


def coverage(some: Sequence[Case]) -> float:
    """Share of outcomes within the 80% band."""
    return fmean(case.inside for case in some)


def share(some: Sequence[Case]) -> str:
    """Coverage as text; nothing without cases."""
    return f"{coverage(some):.0%}" if some else ""


def coverage_interval(some: Sequence[Case], draws: int = 4_000) -> tuple[float, float]:
    """90% interval of the coverage by a circular block bootstrap; a block is as long as the horizon."""
    inside = np.array([case.inside for case in some], dtype=np.float64)
    length = min(len(inside), WEEKS * some[0].horizon)
    blocks = -(-len(inside) // length)
    starts = np.random.default_rng(SEED).integers(0, len(inside), (draws, blocks))
    taken = (starts[:, :, None] + np.arange(length)) % len(inside)
    means = inside[taken.reshape(draws, -1)[:, : len(inside)]].mean(axis=1)
    low, high = np.quantile(means, [0.05, 0.95])
    return float(low), float(high)


def relative_score(found: Sequence[Case], model: str, target: str | None = None) -> float:
    """Geometric mean over cells of the interval score over that of the engine before."""
    names = [target] if target else list(QUANTITIES)
    ratios = [
        log(score(cell(found, model, name, horizon)) / score(cell(found, BEFORE, name, horizon)))
        for name in names
        for horizon in HORIZONS
    ]
    return exp(fmean(ratios))


def choice_table(found: Sequence[Case]) -> str:
    """Candidates on the years to 2021: the lowest score over all nine cells is chosen."""
    head = ["candidate", "score, all", *QUANTITIES, "in 80%, 1 quarter: price", "hashprice", "difficulty"]
    rows = []
    for name in CANDIDATES:
        scores = [relative_score(found, name), *(relative_score(found, name, each) for each in QUANTITIES)]
        shares = [coverage(cell(found, name, each, 1)) for each in QUANTITIES]
        rows.append([name, *(f"{value:.3f}" for value in scores), *(f"{share:.0%}" for share in shares)])
    return markdown([head, ["---"] * len(head), *sorted(rows, key=lambda row: float(row[1]))])


def result_table(found: Sequence[Case]) -> str:
    """The chosen model and its rivals from 2022 on, cell by cell."""
    head = [
        "quantity", "quarters ahead", "weekly origins", "independent", "in 80%", "90% interval", "holds 80%",
        "mean PIT", "score", "engine before", "plain GARCH", "beats both", "2026: n", "2026: in 80%",
        "before: in 80%", "before: 90% interval", "before, 2026: in 80%",
    ]  # fmt: skip
    rows = [_result(found, target, horizon) for target in QUANTITIES for horizon in HORIZONS]
    return markdown([head, ["---"] * len(head), *rows])


def _result(found: Sequence[Case], target: str, horizon: int) -> list[str]:
    some, before, plain = (cell(found, name, target, horizon) for name in RESULTS)
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


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


RESULTS: dict[str, Model] = {
    "chosen": engine(CHOSEN),
    BEFORE: engine(UNWIDENED),
    "plain GARCH": plain_garch(PATHS, WINDOW_DAYS, max(HORIZONS)),
}
"""What is compared from 2022 on."""


def candidate_cases(history: NetworkHistory) -> Iterator[Case]:
    """Every forecast of the candidates whose outcome was known by the end of 2021."""
    models = {name: engine(choice) for name, choice in CANDIDATES.items()}
    return cases(history, models, FIRST, CHOSEN_BY)


def judged(history: NetworkHistory, seed: int = SEED) -> list[Case]:
    """Every forecast of the package's model from 2022 on."""
    return list(cases(history, {BEFORE: RESULTS[BEFORE]}, CHOSEN_BY + timedelta(1), history.last_day, seed))


def make() -> Made:
    """The tables of the page."""
    history = long_history()
    before = list(candidate_cases(history))
    after = list(cases(history, RESULTS, CHOSEN_BY + timedelta(1), history.last_day))
    return {"outlook-market/choice": choice_table(before), "outlook-market": result_table(after)}
