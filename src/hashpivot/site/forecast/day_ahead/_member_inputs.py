"""Inputs of the linear and neural members: variance-stabilised and standardised on the days learned from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...model import Floats
from ..learning import Stabiliser, Standardiser
from ._panel import DailyPanel


@dataclass(frozen=True, slots=True)
class MemberInputs:
    """Features of a range of days and the scale of the prices among them.

    Args:
        features: Standardised, earlier prices first, (rows, features).
        scale: How prices were variance-stabilised, those to forecast and the earlier ones alike.
    """

    features: Floats
    scale: Stabiliser

    @classmethod
    def of(
        cls, panel: DailyPanel, lags: tuple[int, ...], span: range, rows: slice, more: Floats | None = None
    ) -> MemberInputs:
        """Features of `rows`, all scales learned on the days of `span`.

        Earlier prices share one scale with the price to forecast, so that what is linear between prices stays
        linear. Each hour on a scale of its own bends it, the more the longer the window.

        Args:
            panel: The market.
            lags: Days before, whose prices are features.
            span: Day numbers learned from.
            rows: Days that get a row.
            more: Further features of every day of the panel, not stabilised, (days, features).
        """
        learned = slice(span.start, span.stop)
        scale = Stabiliser.of(panel.prices_usd_per_mwh[learned].reshape(-1, 1))
        drivers = panel.driver_numbers
        columns = [
            scale.transform(panel.earlier_prices(lags)[rows]),
            Stabiliser.of(drivers[learned]).transform(drivers[rows]),
            panel.weekday_flags[rows],
        ]
        if more is not None:
            columns.append(more[rows])
        features = np.hstack(columns)
        begin = span.start - (rows.start or 0)
        known = features[begin : begin + len(span)]
        return cls(Standardiser.of(known).apply(features), scale)
