"""A price of the hours to come, as a distribution around the latest known day-ahead price."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

import numpy as np

from hashpivot.core import InvalidInput

from ...markets import PowerMarket
from ...model import Floats, Times, Whole
from ..hours import (
    ACTUALS,
    AHEAD,
    DA,
    LONGEST_HOURS,
    RT,
    ForecastFrame,
    HourView,
    features,
    hour_view,
    known_until,
    latest,
    origin_of,
    required,
    usable,
)
from ..learning import LEVELS, Quantiles, Shaped, Stabiliser
from ._anchor import Anchor, ahead_and_last

FEWEST_HOURS = 60 * 24
_LEAD_EDGES = np.array([1, 3, 8, 18])
"""Leads that share a shape of errors: 0, 1-2, 3-7, 8-17, 18 and more hours."""
_HIGHEST_LEARNED = 0.999
"""Rank of the day-ahead price above which the learned middle is trusted less; one unit on, not at all."""
_BLOCK_HOURS = 14 * 24
"""Hours in a row that belong to the same half when learning crosswise."""


class SpreadForecaster(ABC):
    """Boosted trees for the middle and the width of a price, its own past errors for the shape.

    Prices are variance-stabilised by asinh. The anchor of an hour is its day-ahead price (or the same hour's
    of a day before, where it is not published), plus a share of the latest spread in the next few hours. The
    rest is learned; where day-ahead prices are far above all learned from, the middle stays at the anchor. No
    quantile leaves the range of prices seen. `notes` names the optional columns that are missing. Trees are
    few and small: settings were chosen on 2019 and 2020, where larger ones forecast worse.

    Args:
        years: Latest years of history to learn from.
        origins: Hours drawn from history as starting points.
        trees: Of each model.
        seed: Of all chance in it.
        market: When day-ahead prices are published; ERCOT if not given.
    """

    def __init__(
        self,
        *,
        years: float = 2.0,
        origins: int = 12000,
        trees: int = 30,
        seed: int = 1,
        market: PowerMarket | None = None,
    ) -> None:
        self._market = market
        self._years, self._origins, self._seed = years, origins, seed
        self._trees = {"trees": trees, "rate": 0.08, "leaves": 8, "least_rows": 300, "seed": seed}
        self._model: Shaped | None = None
        self.notes: tuple[str, ...] = ()

    def fit(self, history: ForecastFrame) -> Self:
        """Learn from hours that are all known.

        Raises:
            InvalidInput: If a price column is missing or there are fewer than 60 days.
            MissingLibrary: If LightGBM is not installed.
        """
        target = required(history, self._column)
        hours = len(target)
        if hours < FEWEST_HOURS:
            raise InvalidInput(f"{hours} hours of history", hint=f"at least {FEWEST_HOURS} are needed")
        first = max(72, hours - int(self._years * 8766))
        self._range = float(np.nanmin(target)), float(np.nanmax(target))
        sample = required(history, DA)[first:]
        self._scale = Stabiliser.of(sample[np.isfinite(sample)].reshape(-1, 1))
        self._names = usable(history)
        self.notes = tuple(
            f"no {name}: forecast without it" for name in (*ACTUALS, *AHEAD) if name not in self._names
        )
        until = np.append(known_until(history.ts_utc, self._market), hours)
        self._learn(hour_view(history, self._scale, self._names, until), first, hours)
        return self

    def predict(self, known: ForecastFrame, hours: Times) -> Quantiles:
        """The distribution of consecutive hours, as known when the first of them begins.

        Args:
            known: The past of at least three days and whatever of the day-ahead columns is published, not a
                number elsewhere; its axis reaches the first of `hours`.
            hours: Beginnings of consecutive hours, datetime64[h]; at most 48.

        Raises:
            InvalidInput: If the first hour is outside `known`, a price column is missing, no day-ahead price
                of the last three days is known, or too many hours are asked for.
        """
        origin, leads = origin_of(known, hours), np.arange(len(hours), dtype=np.int64)
        end = len(known.ts_utc)
        seen = self._view(known, np.full(end + 1, end, dtype=np.int64))
        return Quantiles(LEVELS, self._distribution(seen, np.full(len(hours), origin, dtype=np.int64), leads))

    def predict_all(self, table: ForecastFrame, origins: Whole, hours: int = 24) -> Quantiles:
        """The distributions `predict` would give at each of many origins, in one go.

        Args:
            table: Everything, later known or not; each origin sees what was known as its hour began.
            origins: Whole of the hours forecasts are made at the beginning of, (origins,).
            hours: Hours ahead of each origin, at most 48.

        Returns:
            Values of shape (origins, hours, levels).
        """
        seen = self._view(table, np.append(known_until(table.ts_utc, self._market), len(table.ts_utc)))
        leads = np.tile(np.arange(hours, dtype=np.int64), len(origins))
        values = self._distribution(seen, np.repeat(origins, hours), leads)
        return Quantiles(LEVELS, values.reshape(len(origins), hours, len(LEVELS)))

    @property
    @abstractmethod
    def _column(self) -> str:
        """Name of the price that is forecast."""

    @abstractmethod
    def _target(self, seen: HourView) -> Floats:
        """The price that is forecast, stabilised, (hours,)."""

    @abstractmethod
    def _leads(self, seen: HourView, origins: Whole, chance: np.random.Generator) -> Whole:
        """Leads to learn from at each origin, (origins, draws)."""

    def _view(self, table: ForecastFrame, until: Whole) -> HourView:
        if self._model is None:
            raise InvalidInput("the forecaster has learned nothing yet", hint="call fit(history) first")
        return hour_view(table, self._scale, self._names, until)

    def _learn(self, seen: HourView, first: int, hours: int) -> None:
        chance = np.random.default_rng(self._seed)
        drawn = min(self._origins, hours - first)
        starts = np.sort(chance.choice(np.arange(first, hours), drawn, replace=False))
        wanted = self._leads(seen, starts, chance)
        origins, leads = np.repeat(starts, wanted.shape[1]), wanted.ravel()
        inside = origins + leads < hours
        origins, leads = origins[inside], leads[inside]
        target, (ahead, last) = self._target(seen)[origins + leads], ahead_and_last(seen, origins, leads)
        there = np.isfinite(target) & np.isfinite(ahead)
        origins, leads = origins[there], leads[there]
        target, ahead, last = target[there], ahead[there], last[there]
        self._anchor = Anchor.learn(target, ahead, last, leads)
        anchor = self._anchor.of(ahead, last, leads)
        half = (origins // _BLOCK_HOURS) % 2 == 1
        self._highest_learned = float(np.quantile(ahead, _HIGHEST_LEARNED))
        rows = features(seen, origins, leads)
        self._model = Shaped.learn(rows, target - anchor, half, _lead_group(leads), **self._trees)

    def _distribution(self, seen: HourView, origins: Whole, leads: Whole) -> Floats:
        """Quantiles in USD/MWh, (pairs, levels)."""
        if len(leads) and leads.max() >= LONGEST_HOURS:
            raise InvalidInput(
                f"{leads.max() + 1} hours ahead", hint=f"at most {LONGEST_HOURS} can be forecast"
            )
        ahead, last = ahead_and_last(seen, origins, leads)
        if not np.isfinite(ahead).all():
            raise InvalidInput("no day-ahead price is known of the last three days", where=DA)
        anchor = self._anchor.of(ahead, last, leads)
        trust = np.clip(1 - (ahead - self._highest_learned), 0.0, 1.0)
        assert self._model is not None
        spread = self._model.quantiles(features(seen, origins, leads), _lead_group(leads), trust)
        lowest, highest = self._seen_range(seen, origins)
        price: Floats = np.clip(
            self._scale.inverse(anchor[:, None] + spread), lowest[:, None], highest[:, None]
        )
        return price

    def _seen_range(self, seen: HourView, origins: Whole) -> tuple[Floats, Floats]:
        """Lowest and highest price seen before each origin, learned from or not."""
        price = self._scale.inverse(np.append(np.nan, self._target(seen)))
        least, most = np.fmin.accumulate(price)[origins], np.fmax.accumulate(price)[origins]
        return np.fmin(least, self._range[0]), np.fmax(most, self._range[1])


class RealTimeForecaster(SpreadForecaster):
    """The real-time price given day-ahead prices, recent real-time prices, load, wind, solar and reserves."""

    @property
    def _column(self) -> str:
        return RT

    def _target(self, seen: HourView) -> Floats:
        return seen.real

    def _leads(self, seen: HourView, origins: Whole, chance: np.random.Generator) -> Whole:
        """The next two hours always, three later ones by chance."""
        near = np.broadcast_to(np.arange(2), (len(origins), 2))
        return np.hstack([near, chance.integers(2, (12, 24, LONGEST_HOURS), (len(origins), 3))])


class DayAheadForecaster(SpreadForecaster):
    """The day-ahead price of hours it is not published for; where it is, every quantile is that price."""

    @property
    def _column(self) -> str:
        return DA

    def _target(self, seen: HourView) -> Floats:
        return seen.ahead

    def _leads(self, seen: HourView, origins: Whole, chance: np.random.Generator) -> Whole:
        """Three hours by chance of those not published yet, within the horizon."""
        least = np.minimum(seen.until[origins] - origins, LONGEST_HOURS - 1)[:, None]
        return chance.integers(least, LONGEST_HOURS, (len(origins), 3))

    def _distribution(self, seen: HourView, origins: Whole, leads: Whole) -> Floats:
        values = super()._distribution(seen, origins, leads)
        price, age = latest(seen.ahead, origins + leads, seen.until[origins])
        return np.where(age[:, None] == 0, self._scale.inverse(price)[:, None], values)


def _lead_group(leads: Whole) -> Whole:
    return np.asarray(np.searchsorted(_LEAD_EDGES, leads, side="right"), dtype=np.int64)
