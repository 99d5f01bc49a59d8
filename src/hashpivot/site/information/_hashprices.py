"""Hashprices by day, as decisions know them."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Hashprices(Protocol):
    """Hashprice by UTC day, such as a `NetworkHistory`."""

    @property
    def first_priced_day(self) -> date:
        """First day with a hashprice; every later one has one."""
        ...

    @property
    def last_day(self) -> date:
        """Last day."""
        ...

    def hashprice_usd_per_ph_day(self, day: date) -> float:
        """Return the hashprice of a day."""
        ...
