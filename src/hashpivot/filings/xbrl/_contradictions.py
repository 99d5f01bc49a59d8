"""Duplicate facts: consistent ones pass, contradictions and errors of scale raise a warning."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ._fact import Fact

_NEAR = Decimal("0.005")
_SHOWN = 10


def contradictions(facts: Iterable[Fact]) -> list[str]:
    """One sentence for each pair of facts with one concept, context and unit whose values cannot both hold.

    Two values agree if the intervals their `decimals` round to overlap. After ten pairs only the number of
    the others is reported.
    """
    first: dict[tuple[object, ...], Fact] = {}
    pairs: list[tuple[Fact, Fact]] = []
    meanings: dict[tuple[object, ...], int] = {}
    numbers: dict[str, int] = {}
    for fact in facts:
        if fact.value is None:
            continue
        context = fact.context
        meaning = numbers.get(context.id)
        if meaning is None:
            meaning = numbers[context.id] = meanings.setdefault(context.key, len(meanings))
        earlier = first.setdefault((fact.concept, meaning, fact.unit), fact)
        if earlier is not fact and earlier.value != fact.value and not agree(earlier, fact):
            pairs.append((earlier, fact))
    sentences = [_sentence(one, other) for one, other in pairs[:_SHOWN]]
    if len(pairs) > _SHOWN:
        sentences.append(f"contradictory duplicates: {len(pairs) - _SHOWN} more")
    return sentences


def agree(one: Fact, other: Fact) -> bool:
    """True if both values may be roundings of one number."""
    if one.value is None or other.value is None:
        return one.value is other.value
    return abs(one.value - other.value) <= _half_step(one) + _half_step(other)


def _half_step(fact: Fact) -> Decimal:
    return Decimal(0) if fact.decimals is None else Decimal("0.5").scaleb(-fact.decimals)


def _sentence(one: Fact, other: Fact) -> str:
    factor = scale_slip(one.value, other.value)
    word = f"scale error ({factor}x)" if factor else "contradictory duplicates"
    return (
        f"{word}: {one.concept} is {one.value:f} {one.unit} at {one.locator} but {other.value:f} at "
        f"{other.locator} for {one.start or 'instant'}..{one.end}"
    )


def scale_slip(one: Decimal | None, other: Decimal | None) -> int:
    """10, 100, 1000, ... if the values differ by that factor to half a per cent; else 0."""
    if not one or not other:
        return 0
    ratio = max(abs(one), abs(other)) / min(abs(one), abs(other))
    power = round(float(ratio.log10()))
    return int(10**power) if power > 0 and abs(ratio.scaleb(-power) - 1) <= _NEAR else 0
