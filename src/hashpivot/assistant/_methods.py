"""Short texts on how the numbers are made, as resources."""

from __future__ import annotations

from importlib.resources import files

METHODS = {
    "figures": "How numbers are read, graded, derived and addressed, and the four kinds of absence.",
    "periods": "Calendar and fiscal periods, and how words for them are read.",
    "lines": "Lines of business, and how revenue and cost are put on them.",
    "season": "The four answers and what their verdicts are judged on.",
    "guidance": "Contracts and targets: how they are found, and what became of them.",
    "coverage": "What is held, and how missing reports are ranked.",
    "nowcast": "How the quarter about to be reported is estimated, and how right that was.",
    "outlook": "How the quarters ahead are simulated, and what is left out.",
}
"""Names and what each text says."""


def method_text(name: str) -> str:
    """The text of a method."""
    return files(__package__).joinpath("methods", f"{name}.md").read_text(encoding="utf-8")
