"""Pictures of what-if cases: profit against each input, and what each freedom of a site is worth."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.site import FREEDOMS, INPUTS, Sensitivity, WhatIf

from ..shared import Chart, bar, format_money, line, text

_WIDE, _LEFT, _RIGHT = 720, 64, 560
_TOP, _FLOOR, _HEIGHT = 10, 180, 204
_ROW, _NAMES, _NUMBER = 24, 216, 70


def sensitivity_chart(found: WhatIf) -> Chart:
    """Draw the policy's profit, and that of always on, over multiples of each input."""
    names = list(dict.fromkeys(each.input for each in found.sensitivities))
    lines = {name: [each for each in found.sensitivities if each.input == name] for name in names}
    usd = [value for each in found.sensitivities for value in (each.profit_usd, 0.0)] or [0.0, 1.0]
    low, high = min(usd), max(usd)
    factors = sorted({each.factor for each in found.sensitivities}) or [1.0, 2.0]

    def x(factor: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (factor - factors[0]) / ((factors[-1] - factors[0]) or 1.0)

    def y(value: float) -> float:
        return _FLOOR - (_FLOOR - _TOP) * (value - low) / ((high - low) or 1.0)

    body = [line(_LEFT, y(0), _RIGHT, y(0)), line(x(1.0), _TOP, x(1.0), _FLOOR, "guide")]
    body += [text(_LEFT - 6, y(value) + 4, format_money(value), "tick right") for value in {low, high}]
    body += [text(x(factor), _FLOOR + 16, f"x {factor:g}", "tick") for factor in factors]
    ends = _spread([y(each[-1].profit_usd) for each in lines.values()])
    for number, (name, cases) in enumerate(lines.items()):
        points = " ".join(f"{x(each.factor):.1f},{y(each.profit_usd):.1f}" for each in cases)
        body.append(f'<polyline class="c-case-{number + 1}" points="{points}"/>')
        body.append(text(_RIGHT + 6, ends[number] + 4, INPUTS[name], "left"))
    words = "; ".join(_line_words(name, cases) for name, cases in lines.items())
    title = "Profit of the rolling horizon over multiples of each input"
    return Chart(title, words, _WIDE, _HEIGHT, "".join(body))


def _line_words(name: str, cases: Sequence[Sensitivity]) -> str:
    first, last = cases[0], cases[-1]
    return (
        f"{INPUTS[name]} x {first.factor:g}: {format_money(first.profit_usd)}, "
        f"x {last.factor:g}: {format_money(last.profit_usd)}"
    )


def _spread(places: Sequence[float], apart: float = 14.0) -> list[float]:
    """Places of labels moved down until none covers another, in the order given."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    found, last = [0.0] * len(places), float("-inf")
    for number in order:
        last = found[number] = max(places[number], last + apart)
    return found


def freedom_chart(found: WhatIf) -> Chart:
    """Draw what each freedom is worth, a bar each."""
    worth = [each.worth_usd for each in found.freedoms]
    low, high = min([0.0, *worth]), max([1.0, *worth])
    scale = (_WIDE - _NAMES - 2 * _NUMBER) / (high - low)
    zero = _NAMES + _NUMBER - low * scale
    body = []
    for number, each in enumerate(found.freedoms):
        y, wide = number * _ROW, abs(each.worth_usd) * scale
        begin = zero if each.worth_usd >= 0 else zero - wide
        words = f"{FREEDOMS[each.name]}: {format_money(each.worth_usd)}"
        body += [text(_NAMES, y + 15, FREEDOMS[each.name], "right")]
        body += [bar(begin, y + 4, wide, _ROW - 8, "g-ai" if each.worth_usd >= 0 else "g-loss", words)]
        place, kind = (begin + wide + 5, "tick left") if each.worth_usd >= 0 else (begin - 5, "tick right")
        body += [text(place, y + 15, format_money(each.worth_usd), kind)]
    height = _ROW * len(found.freedoms) + 6
    body += [line(zero, 0, zero, height - 4)]
    words = "; ".join(f"{FREEDOMS[each.name]} {format_money(each.worth_usd)}" for each in found.freedoms)
    return Chart("What each freedom of the site is worth", words or "none", _WIDE, height, "".join(body))
