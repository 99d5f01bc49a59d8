"""The table of rooms, from the rule that the tests hold (`[tool.house]` of pyproject.toml).

python -m tools write house
"""

from __future__ import annotations

import tomllib
from importlib import import_module

from ..parts import Made
from ..places import ROOT


def rooms() -> str:
    """One row a room: what it is for, its inner rooms in order, and what it may import."""
    house = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["house"]
    rows = ["| room | holds | rooms inside, in order | may import |", "|---|---|---|---|"]
    for name, below in house["rooms"].items():
        inner = " → ".join(f"`{each}`" for each in house["inner"].get(name, ()))
        rows.append(f"| `{name}` | {_purpose(name)} | {inner} | {', '.join(below) or 'nothing of ours'} |")
    return "\n".join(rows) + "\n"


def _purpose(room: str) -> str:
    """First line of the room's own docstring."""
    text = import_module(f"hashpivot.{room}").__doc__
    assert text
    return text.strip().splitlines()[0].rstrip(".").replace("|", "\\|")


def make() -> Made:
    """The table."""
    return {"house": rooms()}
