"""A peak that may come within the hours a group must stay off counts before it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import PriceHistory, RollingHorizon, Site, dispatch_window

NETWORK = NetworkHistory.load()
JULY = (date(2023, 7, 1), date(2023, 7, 31))


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_likely_peaks_ahead_take_machines_off_in_time(west: Site, hours: PriceHistory, regime: str) -> None:
    """An hour not worth a stop by its own chance is, if the next may set the peak as well."""
    window = dispatch_window(west, hours, *JULY, network=NETWORK, regime=regime)
    t = window.first + 15 * 24 + 10
    off = []
    for ahead in (False, True):
        count = 0
        for chance in (0.005, 0.0075, 0.01, 0.015):
            chances = np.zeros_like(window.knowledge.peak_chances)
            chances[t, : 1 + ahead] = chances[t + 1, 0] = chance
            known = replace(window, knowledge=replace(window.knowledge, peak_chances=chances))
            modes = RollingHorizon().operate(known).modes
            count += int((modes[t - window.first] == 0).sum())
        off.append(count)
    assert off[1] > off[0]


def test_no_chance_ahead_changes_nothing(west: Site, hours: PriceHistory) -> None:
    window = dispatch_window(west, hours, *JULY, network=NETWORK)
    own = window.knowledge.peak_chances.copy()
    own[:, 1:] = 1e-9
    tiny = replace(window, knowledge=replace(window.knowledge, peak_chances=own.copy()))
    own[:, 1:] = 0
    none = replace(window, knowledge=replace(window.knowledge, peak_chances=own))
    assert (RollingHorizon().operate(tiny).modes == RollingHorizon().operate(none).modes).all()
