"""The page of a site's backtest."""

from ._page import render_backtest, write_backtest

__all__ = [
    "render_backtest",
    "write_backtest",
]
