"""Prices of a zone as they are published, fetched into the table that `site --prices` reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from hashpivot.core import HashpivotError, UnreadableFile
from hashpivot.site import PriceHistory, Site, read_prices

from ..fetch import fetch_power, power_path

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
            HashpivotError: If nothing can be fetched and no table be read; what could not be fetched alone is
                left to how old the prices then are.
        """
        market, today = self.site.market.key, moment.astimezone(self.site.zoneinfo).date()
        refused: HashpivotError | None = None
        try:
            fetch_power(
                market,
                start=today - timedelta(days=self._days_back(moment)),
                end=today + timedelta(days=1),
                points=[self.zone],
                base_url=self.base_url,
                now=moment,
            )
        except HashpivotError as error:
            refused = error
        try:
            return read_prices(power_path(market, self.zone), zone=self.zone, fill_gaps=True, open_end=True)
        except UnreadableFile:
            if refused:
                raise refused from None
            raise

    def _days_back(self, moment: datetime) -> int:
        """Return how many days to fetch: since the last real-time price, or all that is learned from."""
        try:
            prices = read_prices(power_path(self.site.market.key, self.zone), fill_gaps=True, open_end=True)
        except HashpivotError:
            return _LEARN_DAYS
        known = prices.ts_utc[~np.isnan(prices.rt)]
        last: datetime = known[-1].astype("datetime64[s]").item().replace(tzinfo=ZoneInfo("UTC"))
        return min(max((moment - last).days, 0) + _AGAIN_DAYS, _LEARN_DAYS)
