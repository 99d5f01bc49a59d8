"""The lists of tickers and central index keys. Their shape is assumed: no recording is at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...submissions import ServedFiler


def tickers(filers: Iterable[ServedFiler]) -> dict[str, Any]:
    """Return `company_tickers.json`: numbered rows with the key as an integer."""
    listed = (one for one in filers if one.ticker)
    return {
        str(row): {"cik_str": int(one.cik), "ticker": one.ticker, "title": one.name}
        for row, one in enumerate(listed)
    }


def tickers_by_exchange(filers: Iterable[ServedFiler]) -> dict[str, Any]:
    """Return `company_tickers_exchange.json`: names of fields, and rows."""
    rows = [[int(one.cik), one.name, one.ticker, one.exchange or None] for one in filers if one.ticker]
    return {"fields": ["cik", "name", "ticker", "exchange"], "data": rows}
