"""Charges on the same peaks of system load: they add up, which may not be meant."""

from __future__ import annotations

from collections.abc import Sequence

from ._tariff import Tariff


def overlap_notes(tariffs: Sequence[Tariff]) -> list[str]:
    """Return in words which tariffs charge for coincident peaks of the same months at the same time."""
    notes = []
    for index, tariff in enumerate(tariffs):
        for other in tariffs[:index]:
            start, end = max(tariff.start, other.start), min(tariff.end, other.end)
            if start <= end and set(tariff.peak_months) & set(other.peak_months):
                notes.append(
                    f"{other.name!r} and {tariff.name!r} both charge for coincident peaks from {start} to "
                    f"{end}: they add up; end one first if it takes the place of the other"
                )
    return notes
