"""How many megawatts to keep mining, to convert to AI, or to leave flexible.

The machines of a site are worth what the rolling horizon earns with them over a sample of past hours, at a
scenario's hashprice; the least efficient make room first. A megawatt that is converted earns nothing until it
is energised, then its rent or GPU hours. Both are discounted over the same years, investment paid at once.
Room without machines stands idle, unless further machines are bought at a price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from hashpivot.core import Missing, Tabular, not_applicable

from ..information import knowledge_of
from ..model import Floats, InvalidSite, Site
from ..policies import DispatchWindow
from ..prices import PriceHistory
from ._machine_margins import HIGHEST_USD_PER_PH_DAY, HOURS_PER_YEAR, MachineMargins
from ._period import default_period, span

_FLIP_ROUNDS = 60  # halvings of the search interval: to the last digit of a float
_SEARCH_ROUNDS = 80  # thirds taken off the interval between two splits: to a millionth of a MW
_MOST_SPLITS = 200  # shown: a finer step only makes the table longer, the best split is sought between steps


@dataclass(frozen=True, slots=True)
class Split:
    """One way to split the site.

    Args:
        ai_mw: Converted to AI.
        mining_mw: Mining, with machines the site has or buys.
        flexible_mw: Kept free to follow the grid's prices, whatever else pays; part of `mining_mw`.
        npv_usd: Net present value in each scenario of hashprice.
        expected_usd: Its probability-weighted mean.
        worst_usd: Its lowest.
        bought_mw: Of `mining_mw`, with machines bought.
        idle_mw: Room without machines.
    """

    ai_mw: float
    mining_mw: float
    flexible_mw: float
    npv_usd: tuple[float, ...]
    expected_usd: float
    worst_usd: float
    bought_mw: float = 0.0
    idle_mw: float = 0.0


class Allocation(Tabular):
    """The frontier of a site's conversion.

    Args:
        site: A site with machines and a `[conversion]`.
        prices: Prices; those before the first day are learned from.
        start: First day of those that stand for the years to come; a year before the last if None.
        end: Last of these days; the last whole day if None.

    Raises:
        InvalidInput: If the days are the wrong way round.
        InvalidPrices: If the prices do not cover these days, or too little before them to learn from.
        InvalidSite: If the site has no machines or no conversion terms, or these do not fit it.
    """

    def __init__(
        self, site: Site, prices: PriceHistory, start: date | None = None, end: date | None = None
    ) -> None:
        if site.conversion is None or not site.machines:
            raise InvalidSite(
                "allocate needs [[machines]] and [conversion]",
                where=site.name,
                hint="hashpivot site allocate mine_weighing_ai shows a file with both",
            )
        if site.heat_limit is not None:
            raise InvalidSite("allocate knows one limit: leave limit_by_temperature_c out", where=site.name)
        if site.conversion.max_mw + site.conversion.flexible_mw > site.limit_mw:
            raise InvalidSite("[conversion] max_mw and flexible_mw together exceed limit_mw", where=site.name)
        self.site, self.terms = site, site.conversion
        self._window = _window(site, prices, start, end)
        self._margins = MachineMargins(self._window)

    def __repr__(self) -> str:
        return f"Allocation({self.site.name}, {self.terms.kind}, {len(self._steps)} splits)"

    @property
    def prices(self) -> PriceHistory:
        """Prices of the hours that stand for the years to come."""
        return self._window.actual.prices

    def records(self) -> list[dict[str, Any]]:
        """Return one row a split, with its value in each scenario of hashprice."""
        scenarios = [f"npv_at_{h:g}_usd" for h in self.terms.hashprices_usd_per_ph_day]
        return [_row(split, scenarios) for split in self.splits()]

    @property
    def machines_mw(self) -> float:
        """Power of the machines the site has, in normal mode, as far as its limit lets them run."""
        return float(self._margins.kept_mw[-1])

    def mining_npv_usd_per_mw(self, hashprice_usd_per_ph_day: float) -> float:
        """Return what a MW of the site's machines is worth on average, at a hashprice in the first year."""
        return float(self._kept_npv_usd(hashprice_usd_per_ph_day)[-1]) / self.machines_mw

    def always_on_npv_usd_per_mw(self, hashprice_usd_per_ph_day: float) -> float:
        """Return what it is worth if it never stops; the difference is the value of flexibility."""
        earned = self._path(hashprice_usd_per_ph_day) * self._margins.always_on_usd_per_mwh
        yearly = (earned - self.power_usd_per_mwh) * HOURS_PER_YEAR - self.terms.machines_usd_per_mw_year
        return float((yearly * self._discount(self._years)).sum())

    def _kept_npv_usd(self, hashprice_usd_per_ph_day: float) -> Floats:
        """Return what the best machines are worth, these and the next best, and so on, shape (K,)."""
        yearly = self._margins.usd_per_year(self._path(hashprice_usd_per_ph_day))
        yearly = yearly - self.terms.machines_usd_per_mw_year * self._margins.kept_mw
        return np.asarray((yearly * self._discount(self._years)[:, None]).sum(axis=0))

    @cached_property
    def _kept(self) -> tuple[Floats, Floats]:
        """Megawatts kept mining from none on, (K + 1,), and their value in each scenario, (S, K + 1)."""
        values = [self._kept_npv_usd(h) for h in self.terms.hashprices_usd_per_ph_day]
        return np.insert(self._margins.kept_mw, 0, 0.0), np.insert(np.array(values), 0, 0.0, axis=1)

    @property
    def _years(self) -> Floats:
        return np.arange(self.terms.horizon_years, dtype=np.float64) + 0.5

    def _path(self, hashprice_usd_per_ph_day: float) -> Floats:
        growth = 1 + self.terms.hashprice_growth
        return np.asarray(hashprice_usd_per_ph_day * growth ** np.arange(self.terms.horizon_years))

    @cached_property
    def ai_npv_usd_per_mw(self) -> float:
        """What a MW converted to AI is worth, investment paid."""
        terms = self.terms
        power = 0.0 if terms.power_passed_through else self.power_usd_per_mwh
        earned = terms.utilisation * (terms.usd_per_mwh - power)
        share = np.clip(self._years + 0.5 - terms.months_to_energise / 12, 0.0, 1.0)
        return float(
            (earned * share * HOURS_PER_YEAR * self._discount(self._years)).sum() - terms.capex_usd_per_mw
        )

    @cached_property
    def power_usd_per_mwh(self) -> float:
        """What power costs a load that never stops, tariffs included."""
        return self._margins.steady_load_usd_per_mwh

    def splits(self) -> list[Split]:
        """Return the frontier: splits from none to all that can be converted, by `step_mw`, and the best."""
        shown = np.unique(np.append(self._steps, self.best().ai_mw))
        return [self.split(float(mw)) for mw in shown]

    def split(self, ai_mw: float) -> Split:
        """Return one split of the site; machines are bought for all idle room, or none, as is worth more."""
        return max((self._split(ai_mw, buys) for buys in self._buys), key=self._worth)

    def _split(self, ai_mw: float, buys: bool) -> Split:
        kept, values = self._kept
        room = self._room - ai_mw
        mining = min(room, self.machines_mw)
        bought = (room - mining) * buys
        npv = ai_mw * self.ai_npv_usd_per_mw + np.array([np.interp(mining, kept, row) for row in values])
        if bought:
            price = self.terms.machines_usd_per_mw or 0.0
            npv = npv + bought * (values[:, 1] / kept[1] - price)
        expected = float(np.dot(npv, self.terms.probabilities))
        mining += bought
        flexible = min(self.terms.flexible_mw, mining)
        npv_usd = tuple(npv.tolist())
        return Split(ai_mw, mining, flexible, npv_usd, expected, min(npv_usd), bought, room - mining)

    @property
    def _buys(self) -> tuple[bool, ...]:
        return (False,) if self.terms.machines_usd_per_mw is None else (False, True)

    @property
    def _room(self) -> float:
        return self.site.machines_limit_mw

    def _worth(self, split: Split) -> float:
        aversion = self.site.risk_aversion
        return (1 - aversion) * split.expected_usd + aversion * split.worst_usd

    def best(self) -> Split:
        """Return the split worth most, expectation and worst scenario weighed by the site's risk aversion.

        It need not lie on a step. Of equals, the one that converts least.
        """
        return self._best

    @cached_property
    def _best(self) -> Split:
        """The best of the ends, of where a group of machines has gone, and of splits between them.

        Between two of these each scenario's value is a straight line, and their lowest has one peak.
        """
        gone = self._room - self._kept[0]
        turns = np.unique(np.clip(np.append(gone, [0.0, self._most_mw]), 0.0, self._most_mw))
        best = self.split(float(turns[0]))
        for low, high in pairwise(turns.tolist()):
            between = [self._peak(low, high, buys) for buys in self._buys] if self.site.risk_aversion else []
            for split in (*between, self.split(high)):
                if self._worth(split) > self._worth(best) + 1e-9 * abs(self._worth(best)):
                    best = split
        return best

    def _peak(self, low: float, high: float, buys: bool) -> Split:
        """Return the best split between two, by taking thirds off."""
        for _ in range(_SEARCH_ROUNDS):
            one, other = low + (high - low) / 3, high - (high - low) / 3
            if self._worth(self._split(one, buys)) < self._worth(self._split(other, buys)):
                low = one
            else:
                high = other
        return self._split((low + high) / 2, buys)

    @cached_property
    def flip_usd_per_ph_day(self) -> float | Missing:
        """Hashprice of the first year below which converting a megawatt is worth more than mining with it."""
        low, high = 0.0, HIGHEST_USD_PER_PH_DAY
        target = self.ai_npv_usd_per_mw
        if self.mining_npv_usd_per_mw(low) >= target:
            return not_applicable("mining is worth more at any hashprice")
        if self.mining_npv_usd_per_mw(high) <= target:
            return not_applicable(f"AI is worth more up to {high:g} USD per PH/s and day")
        for _ in range(_FLIP_ROUNDS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.mining_npv_usd_per_mw(middle) < target else (low, middle)
        return (low + high) / 2

    @cached_property
    def notes(self) -> list[str]:
        """What was switched off or filled in, and what of the terms is not as it may seem, in words."""
        notes = list(self._window.actual.notes)
        idle = self._room - self.machines_mw
        if idle > 1e-6 and self.terms.machines_usd_per_mw is None:
            notes.append(
                f"the machines draw {self.machines_mw:g} MW of {self._room:g}, {idle:g} MW stand idle: "
                "machines_usd_per_mw in [conversion] lets further machines be bought"
            )
        if self.terms.step_mw < self._most_mw / _MOST_SPLITS:
            notes.append(
                f"step_mw {self.terms.step_mw:g} is too small to show: splits are shown every "
                f"{self._most_mw / _MOST_SPLITS:g} MW; the best split may lie between"
            )
        if self.site.has_plant:
            notes.append(
                "machines and AI are each valued as all that stands beside battery and panels, over what "
                "these earn alone; that is not part of the values"
            )
        return notes

    def to_dict(self) -> dict[str, object]:
        """Return the frontier with stable keys."""
        flip = self.flip_usd_per_ph_day
        missing = {"flip_missing": flip.reason} if isinstance(flip, Missing) else {}
        return {
            "site": self.site.name,
            "zone": self.prices.zone,
            "prices_from": f"{self.prices.ts_utc[0]}Z",
            "prices_to": f"{self.prices.ts_utc[-1]}Z",
            "kind": self.terms.kind,
            "machines_mw": round(self.machines_mw, 6),
            "ai_npv_usd_per_mw": round(self.ai_npv_usd_per_mw, 2),
            "power_usd_per_mwh": round(self.power_usd_per_mwh, 4),
            "scenarios": self._scenarios(),
            "flip_usd_per_ph_day": None if isinstance(flip, Missing) else round(flip, 4),
            **missing,
            "frontier": [_plain(split) for split in self.splits()],
            "best": _plain(self.best()),
            "notes": self.notes,
        }

    def _scenarios(self) -> Sequence[dict[str, float]]:
        pairs = zip(self.terms.hashprices_usd_per_ph_day, self.terms.probabilities, strict=True)
        return [
            {
                "hashprice_usd_per_ph_day": hashprice,
                "probability": weight,
                "mining_npv_usd_per_mw": round(self.mining_npv_usd_per_mw(hashprice), 2),
                "always_on_npv_usd_per_mw": round(self.always_on_npv_usd_per_mw(hashprice), 2),
            }
            for hashprice, weight in pairs
        ]

    @property
    def _most_mw(self) -> float:
        return min(self.terms.max_mw, self._room - self.terms.flexible_mw)

    @property
    def _steps(self) -> Floats:
        step = max(self.terms.step_mw, self._most_mw / _MOST_SPLITS)
        return np.unique(np.append(np.arange(0.0, self._most_mw, step), self._most_mw))

    def _discount(self, years: Floats) -> Floats:
        return np.asarray((1 + self.terms.discount_rate) ** -years, dtype=np.float64)


class _OneHashprice:
    """A hashprice of 1 USD per PH/s and day on every day: `Hashprices` that scenarios scale."""

    first_priced_day, last_day = date.min, date.max

    def hashprice_usd_per_ph_day(self, day: date) -> float:
        """Return 1."""
        return 1.0


def _window(site: Site, prices: PriceHistory, start: date | None, end: date | None) -> DispatchWindow:
    """Return the hours of these days, at a hashprice of 1 USD per PH/s and day."""
    first, stop = span(site, prices, *default_period(site, prices, start, end))
    return DispatchWindow(knowledge_of(site, prices, _OneHashprice(), first, stop), first, stop)


def _row(split: Split, scenarios: Sequence[str]) -> dict[str, Any]:
    parts = {"ai_mw": split.ai_mw, "mining_mw": split.mining_mw, "flexible_mw": split.flexible_mw}
    rest = {"bought_mw": split.bought_mw, "idle_mw": split.idle_mw}
    worth = {"expected_usd": split.expected_usd, "worst_usd": split.worst_usd}
    return parts | rest | worth | dict(zip(scenarios, split.npv_usd, strict=True))


def _plain(split: Split) -> dict[str, object]:
    return {
        "ai_mw": round(split.ai_mw, 6),
        "mining_mw": round(split.mining_mw, 6),
        "flexible_mw": round(split.flexible_mw, 6),
        "bought_mw": round(split.bought_mw, 6),
        "idle_mw": round(split.idle_mw, 6),
        "npv_usd": [round(value, 2) for value in split.npv_usd],
        "expected_usd": round(split.expected_usd, 2),
        "worst_usd": round(split.worst_usd, 2),
    }
