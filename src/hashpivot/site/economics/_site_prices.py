"""Prices at the site: those of the hub, and the basis between the two."""

from __future__ import annotations

import numpy as np

from ..model import BASIS_COLUMN, HUB_COLUMN, Site
from ..prices import PriceHistory


def at_site(site: Site, prices: PriceHistory) -> PriceHistory:
    """Return prices whose real-time price is that at the site; the hub's is kept in a column of its own.

    A basis column that is missing, or holds no number in an interval, counts as no basis.
    """
    basis = site.power.basis_usd_per_mwh
    if basis == 0 or HUB_COLUMN in prices:
        return prices
    if basis is None:
        column = prices.columns.get(BASIS_COLUMN, np.zeros(prices.hours))
        added = prices.rt + np.nan_to_num(column)
    else:
        added = prices.rt + basis
    return prices.with_columns({**prices.columns, "rt_usd_per_mwh": added, HUB_COLUMN: prices.rt})
