"""Tables with a column for each segment or product: the member and the period of each column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ._period_header import NOT_A_PERIOD, period_words, read_period

WHOLE = re.compile(r"\btotal\b|\bconsolidated\b|\bas reported\b", re.IGNORECASE)
"""Words of a column about the whole company."""

_FEWEST = 2  # members beside the whole

Dated = Mapping[int, tuple[date | None, date, str]]
"""First day, last day and member by header index; an empty member is the whole company."""


def member_columns(
    names: Mapping[int, str], periods: Mapping[int, tuple[date | None, date]], about: Iterable[str]
) -> Dated:
    """The columns of a table that has, for a period, one for each member and one for the whole.

    Args:
        names: By header index, the words over a column that do not say when.
        periods: Those the headers themselves name.
        about: Lines about the table, nearest first; they date columns whose headers name no period at all.
    """
    spans = periods or _dated_by(about, names)
    together: dict[tuple[date | None, date], list[int]] = defaultdict(list)
    for index, span in spans.items():
        if span[0] is not None and not NOT_A_PERIOD.search(names[index].lower()):
            together[span].append(index)
    return {
        index: (*span, "" if WHOLE.search(names[index]) else names[index])
        for span, group in together.items()
        if _is_split([names[index] for index in group])
        for index in group
    }


def _is_split(names: list[str]) -> bool:
    """True if each column has a name of its own and exactly one is the whole."""
    wholes = sum(1 for name in names if WHOLE.search(name))
    return wholes == 1 and all(names) and len(set(names)) == len(names) > _FEWEST


def _dated_by(about: Iterable[str], names: Mapping[int, str]) -> dict[int, tuple[date | None, date]]:
    """All columns in the period of the nearest line that names any, if it names exactly one."""
    if any(period_words(name).says for name in names.values()):
        return {}
    said = next((words for line in about if (words := period_words(line)).lengths and words.years), None)
    if said is None or len(said.lengths) > 1 or len(set(said.years)) > 1 or len(set(said.days)) > 1:
        return {}
    period = read_period(said.text)
    return {} if period is None else dict.fromkeys(names, period)
