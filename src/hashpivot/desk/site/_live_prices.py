"""Prices of a zone as they are published, fetched into the table that `site --prices` reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import HashpivotError, SourceError
from hashpivot.site import PriceHistory, Site, read_prices
from hashpivot.sources.power import DayState

from ..fetch import PowerFetch, fetch_power, power_path

LIVE_MINUTES = 60
"""Length of an interval of fetched prices."""
_LEARN_DAYS = 70
"""Days before the first decision: policies learn from 61."""
_AGAIN_DAYS = 2
"""Days fetched again: their last prices may have been missing."""


@dataclass(frozen=True, slots=True)
class LivePrices:
    """Prices of a site's zone from its market.

    Args:
        site: The site.
        zone: Load zone.
        base_url: Of a stand-in for the market.
    """

    site: Site
    zone: str
    base_url: str = ""

    def read(self, moment: datetime) -> PriceHistory:
        """Fetch what is new at a moment, and read the table.

        Raises:
            HashpivotError: If the market does not give what is new, or the table cannot be read.
        """
        market, today = self.site.market.key, moment.astimezone(self.site.zoneinfo).date()
        fetched = fetch_power(
            market,
            start=today - timedelta(days=self._days_back(moment)),
            end=today + timedelta(days=1),
            points=[self.zone],
            base_url=self.base_url,
            now=moment,
        )
        _refuse_failed(fetched)
        return read_prices(power_path(market, self.zone), zone=self.zone, fill_gaps=True, open_end=True)

    def _days_back(self, moment: datetime) -> int:
        """Return how many days to fetch: since the last real-time price, or all that is learned from."""
        try:
            prices = read_prices(power_path(self.site.market.key, self.zone), fill_gaps=True, open_end=True)
        except HashpivotError:
            return _LEARN_DAYS
        known = prices.ts_utc[~np.isnan(prices.rt)]
        last: datetime = known[-1].astype("datetime64[s]").item().replace(tzinfo=ZoneInfo("UTC"))
        return min(max((moment - last).days, 0) + _AGAIN_DAYS, _LEARN_DAYS)


def _refuse_failed(fetched: PowerFetch) -> None:
    """Raise if the market gave no usable answer for some day; a day it lists nothing of yet is none."""
    failed = [*fetched.of(DayState.UNREACHABLE), *fetched.of(DayState.UNREADABLE)]
    if failed:
        first = failed[0]
        raise SourceError(
            f"{first.product} of {first.day} is {first.state.value}: {first.reason}",
            where=f"{fetched.market} {first.point}".strip(),
            hint=f"hashpivot fetch power {fetched.market} tells more; or name prices of your own",
        )
