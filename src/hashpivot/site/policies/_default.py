"""The policies a backtest runs by default, and results kept by a policy's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TypeVar

from hashpivot._renamed import warn_of_key
from hashpivot.core import InvalidInput, UnknownKey, near_keys

from ..forecast import RealTimeForecaster
from ..information import BasisForecaster, Forecaster
from ..markets import PowerMarket
from ..model import Site
from ._always_on import AlwaysOn
from ._perfect_foresight import PerfectForesight
from ._policy import Policy
from ._rolling_horizon import RollingHorizon
from ._thresholds import ThresholdDayAhead, ThresholdPeakRule, ThresholdPrevious, ThresholdRealTime

V = TypeVar("V", covariant=True)

_OLD_NAMES = {"ours": "rolling_horizon"}


def default_policies(make_forecaster: Callable[[], Forecaster] = BasisForecaster) -> tuple[Policy, ...]:
    """Return always on, four thresholds, the rolling horizon and perfect foresight, in this order.

    Args:
        make_forecaster: Makes the forecaster of the rolling horizon.
    """
    return (
        AlwaysOn(),
        ThresholdRealTime(),
        ThresholdDayAhead(),
        ThresholdPrevious(),
        ThresholdPeakRule(),
        RollingHorizon(make_forecaster),
        PerfectForesight(),
    )


def forecaster_of(site: Site, *, learned: bool) -> Callable[[], Forecaster]:
    """Return what makes a site's forecaster.

    Args:
        site: The site: forecasts learn what its market has published by each hour.
        learned: Boosted trees (extra `site`) instead of the day-ahead price and its usual error.
    """
    return _trees(site.market) if learned else BasisForecaster


@cache
def _trees(market: PowerMarket) -> Callable[[], Forecaster]:
    """Return the same maker for the same market: a run's forecasters are known again by it."""
    return partial(RealTimeForecaster, market=market)


def by_name(policies: Sequence[Policy]) -> dict[str, Policy]:
    """Return policies by name, in order.

    Raises:
        InvalidInput: If there is none, one has no name, or two have the same.
    """
    named = {policy.name: policy for policy in policies}
    if not named:
        raise InvalidInput("a backtest needs at least one policy")
    for policy in policies:
        if not isinstance(policy.name, str) or not policy.name:
            raise InvalidInput(f"{type(policy).__name__} has no name", hint="a policy's name is a text")
        if named[policy.name] is not policy:
            raise InvalidInput(
                f"two policies are named {policy.name!r}", hint="give one another name, such as name='mine'"
            )
    return named


class ByPolicy(Mapping[str, V]):
    """Results by a policy's name; the old name `ours` finds `rolling_horizon`, with a warning.

    Args:
        results: By name.
    """

    def __init__(self, results: Mapping[str, V]) -> None:
        self._results = dict(results)

    def __getitem__(self, name: str) -> V:
        if name not in self._results and _OLD_NAMES.get(name) in self._results:
            warn_of_key("name of a policy", name, _OLD_NAMES[name])
            name = _OLD_NAMES[name]
        if name not in self._results:
            raise UnknownKey(f"no policy {name!r} in this backtest", hint=near_keys(name, self._results))
        return self._results[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    def __repr__(self) -> str:
        return f"ByPolicy({', '.join(self._results)})"
