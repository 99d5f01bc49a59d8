"""Risk disclosures: risks the company states as existing, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..mentions import RiskMention
from ..words import excerpt, patterns

if TYPE_CHECKING:
    from hashpivot.filings import Prose


_NAMED = frozenset({"power_market", "export_control", "tariff", "regulation", "permit"})


def find_risk_mentions(prose: Prose) -> list[RiskMention]:
    """Return each risk once, at the first sentence that states it, in order of the text.

    Args:
        prose: The text, risk factors included.
    """
    first: dict[tuple[str, str], RiskMention] = {}
    counts: dict[tuple[str, str], int] = {}
    for sentence in prose:
        if sentence.heading:
            continue
        for pattern in patterns("flags.toml")["flag"]:
            match = pattern.search(sentence.text)
            if match:
                name = match.group() if pattern.name in _NAMED else pattern.name
                key = (pattern.name, name.lower().rstrip("s"))
                counts[key] = counts.get(key, 0) + 1
                shown = excerpt(sentence.text, match.start(), match.end())
                first.setdefault(key, RiskMention(pattern.name, name, str(sentence.locator), shown))
    return [RiskMention(f.kind, f.name, f.locator, f.excerpt, counts[key]) for key, f in first.items()]
