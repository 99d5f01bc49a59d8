"""Absences counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hashpivot.core import Absence, Missing


def absence_words(absences: Iterable[Missing]) -> str:
    """`12 values absent: 9 not in ledger, 2 not derivable, 1 not disclosed`; empty without any.

    What does not apply is not absent and not counted.
    """
    counts = Counter(missing.code for missing in absences if missing.code is not Absence.NOT_APPLICABLE)
    total = sum(counts.values())
    if not total:
        return ""
    kinds = ", ".join(f"{count} {code.words}" for code, count in counts.most_common())
    return f"{total} value{'' if total == 1 else 's'} absent: {kinds}"
