"""Units of hash rate in every spelling: `EH/s`, `EH/sec`, `PH`, `exahash per second`."""

from __future__ import annotations

import re

_PER_SECOND = r"\s?(?:/|\bper\s)\s?s(?:ec(?:onds?)?)?\b"
_NAMES = {"g": "giga", "t": "tera", "p": "peta", "e": "exa", "z": "zetta"}
_BARE = "gpez"  # `5 TH` may be an ordinal, `MH` something else


def _spellings(letter: str) -> str:
    """Pattern of a unit in lower-case text; a unit of efficiency, `J/TH`, is none."""
    short = rf"{letter}h(?:{_PER_SECOND}{'|s?' + chr(92) + 'b' if letter in _BARE else ''})"
    long = rf"|{_NAMES[letter]}[\s-]?hash(?:es)?\b(?:{_PER_SECOND})?" if letter in _NAMES else ""
    return rf"(?<![/\w])(?<!per )(?:{short}{long})"


_SHIFTS = {"k": -15, "m": -12, "g": -9, "t": -6, "p": -3, "e": 0, "z": 3}
HASH_RATES = tuple(
    (f"{'k' if letter == 'k' else letter.upper()}H/s", shift, re.compile(_spellings(letter), re.IGNORECASE))
    for letter, shift in sorted(_SHIFTS.items(), key=lambda unit: -unit[1])
)
"""Name, power of ten to EH/s, and pattern of each unit of hash rate."""

HASH_RATE = "|".join(pattern.pattern for _, _, pattern in HASH_RATES)
"""Pattern of any of them."""


def hash_rate_shifts(text: str) -> set[int]:
    """The powers of ten to EH/s of all units of hash rate that a text names."""
    return {shift for _, shift, pattern in HASH_RATES if pattern.search(text)}
