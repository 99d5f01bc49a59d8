"""Shares of a quarter's revenue: a bar beside words that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hashpivot.core import GROUPS, Missing

from ..shared import TITLES, UNSPLIT, format_share


def share_bar(shares: Mapping[str, float | Missing]) -> str:
    """One horizontal bar of known shares, the unknown rest pale, as an SVG element.

    It is hidden from screen readers: `share_words` beside it says the same.
    """
    known = [(name, share) for name in GROUPS if isinstance(share := shares[name], float | int) and share > 0]
    whole = max(1.0, sum(share for _, share in known))
    parts = [(name, share / whole) for name, share in known]
    rest = 1 - sum(share for _, share in parts)
    if rest > 0.005:
        parts.append((UNSPLIT, rest))
    return (
        '<svg class="share" viewBox="0 0 120 10" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(_slices(parts))}</svg>"
    )


def share_words(shares: Mapping[str, float | Missing]) -> str:
    """`mining 75.0%, chips 10.4%, rest not disclosed`: known shares above zero, then what is unknown."""
    known = [
        f"{TITLES[name]} {format_share(share)}"
        for name, share in shares.items()
        if not isinstance(share, Missing) and share
    ]
    missing = next((share for share in shares.values() if isinstance(share, Missing)), None)
    if missing is not None:
        known.append(f"{'rest ' if known else ''}{format_share(missing)}")
    return ", ".join(known) or "no revenue"


def _slices(parts: list[tuple[str, float]]) -> Iterator[str]:
    left = 0.0
    for name, share in parts:
        width = 120 * share
        yield f'<rect class="g-{name}" x="{left:.1f}" y="0.5" width="{width:.1f}" height="9"/>'
        left += width
