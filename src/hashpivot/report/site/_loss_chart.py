"""Where a policy falls short of perfect foresight, by hour of the day and cause."""

from __future__ import annotations

import numpy as np

from hashpivot.site import SHORTFALLS, Backtest, shortfall_by_hour

from ..shared import Chart, bar, format_money, line, text

_WIDE, _LEFT, _TOP, _FLOOR, _HEIGHT = 720, 64, 8, 168, 192
_HOURS = 24
_LEAST = 0.1  # of a unit: what is smaller is not drawn


def loss_chart(done: Backtest) -> Chart:
    """Draw dollars short of perfect foresight by hour of the day, stacked by cause; gains below the line."""
    lost = {kind: np.array(usd) for kind, usd in shortfall_by_hour(done).items()}
    over = np.sum([np.maximum(usd, 0) for usd in lost.values()], axis=0)
    under = np.sum([np.minimum(usd, 0) for usd in lost.values()], axis=0)
    low, high = float(min(under.min(), 0.0)), float(max(over.max(), 1.0))
    wide = (_WIDE - _LEFT) / _HOURS

    def y(usd: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * (usd - low) / (high - low)

    body = [text(_LEFT - 6, y(0) + 4, "0", "tick right")]
    body += [text(_LEFT - 6, y(high) + 4, format_money(high), "tick right")]
    for hour in range(_HOURS):
        reach = {True: 0.0, False: 0.0}
        for number, (kind, usd) in enumerate(lost.items()):
            value = float(usd[hour])
            begin, reach[value > 0] = reach[value > 0], reach[value > 0] + value
            top, floor = y(max(begin, begin + value)), y(min(begin, begin + value))
            if floor - top < _LEAST:
                continue
            words = f"{hour:02d}:00, {SHORTFALLS[kind]}: {format_money(value)}"
            body.append(bar(_LEFT + hour * wide + 2, top, wide - 4, floor - top, f"loss-{number}", words))
        if hour % 3 == 0:
            body.append(text(_LEFT + (hour + 0.5) * wide, _HEIGHT - 8, f"{hour:02d}:00", "tick"))
    body.append(line(_LEFT, y(0), _WIDE, y(0)))
    worst = int((over + under).argmax())
    words = f"most in the hour from {worst:02d}:00: {format_money(float((over + under)[worst]))}"
    key = {f"loss-{n}": SHORTFALLS[kind] for n, (kind, usd) in enumerate(lost.items()) if usd.any()}
    title = "Short of perfect foresight, by hour of the day"
    return Chart(title, words, _WIDE, _HEIGHT, "".join(body), key)
