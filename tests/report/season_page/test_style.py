"""WCAG 2 AA: text at least 4.5 to 1 against what it stands on, chart colours 3 to 1, in both themes."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = files("hashpivot.report").joinpath("templates", "page.css").read_text(encoding="utf-8")

TEXT = [(ink, paper) for ink in ("ink", "soft", "link") for paper in ("paper", "wash")]
TEXT += [(ink, "paper") for ink in ("up", "down", "verdict")] + [("verdict-ink", "verdict")]
PARTS = ("mining", "hosting", "ai", "ai_colocation", "chips", "engineering", "power", "other", "soft")
CHART = [(part, "paper") for part in PARTS]


def _themes() -> dict[str, dict[str, str]]:
    blocks = [
        dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
    ]
    light, dark, printed = blocks
    return {"light": light, "dark": light | dark, "print": light | printed}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * letter for letter in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("front", "back", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in CHART]
)
def test_contrast(theme: str, front: str, back: str, least: float) -> None:
    colours = _themes()[theme]
    assert contrast(colours[front], colours[back]) >= least


def test_narrow_screens_get_one_column() -> None:
    narrow = CSS.split("@media screen and (max-width: 60rem)", 1)[1].split("@media", 1)[0]
    assert ".pair, .halves, .three" in narrow and "grid-template-columns: minmax(0, 1fr)" in narrow
