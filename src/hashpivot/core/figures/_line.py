"""Lines of business and the three groups the questions are about."""

from __future__ import annotations

from enum import StrEnum


class Line(StrEnum):
    """What a miner earns its money with."""

    SELF_MINING = "self_mining"
    HOSTING = "hosting"
    AI_CLOUD = "ai_cloud"
    AI_COLOCATION = "ai_colocation"
    CHIPS = "chips"
    ENGINEERING = "engineering"
    POWER = "power"
    OTHER = "other"

    @property
    def group(self) -> str:
        """`mining`, `ai`, `chips` or `other`."""
        return _GROUPS.get(self, "other")

    @property
    def heading(self) -> str:
        """How a page writes it."""
        return _TITLES[self]


_GROUPS = {
    Line.SELF_MINING: "mining",
    Line.HOSTING: "mining",
    Line.AI_CLOUD: "ai",
    Line.AI_COLOCATION: "ai",
    Line.CHIPS: "chips",
}

_TITLES = {
    Line.SELF_MINING: "Self-mining",
    Line.HOSTING: "Hosting",
    Line.AI_CLOUD: "AI cloud",
    Line.AI_COLOCATION: "AI colocation",
    Line.CHIPS: "Chips and machines",
    Line.ENGINEERING: "Engineering",
    Line.POWER: "Power",
    Line.OTHER: "Other",
}

GROUPS = ("mining", "ai", "chips", "other")

QUALIFIERS = ("rent", "pass_through", "fit_out", "resale")
"""What a part of an AI line's revenue is: the hall's rent, power and costs passed on, one-off construction
and fitting out, machines bought and sold on. A figure without one is unqualified."""

NOT_RECURRING = frozenset({"fit_out", "resale"})
"""Qualifiers of revenue that does not come again by itself."""
