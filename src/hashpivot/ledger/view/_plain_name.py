"""A source's name without what is written in several ways."""

from __future__ import annotations

import re


def plain_name(name: str) -> str:
    """`RIOT_10-Q_2024-06-30` and `RIOT_10Q-2024-06-30.htm.gz` are one name; accessions stay what they are."""
    return re.sub(r"[^a-z0-9]", "", name.lower().partition(".")[0])
