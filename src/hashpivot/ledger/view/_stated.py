"""What companies' texts state, as known on a day: targets and risk flags of text facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from hashpivot.core import Source, TextFact

from ..disclosures import RiskFlag, Target, flag_of, target_of


def stated_targets(facts: Iterable[TextFact], day: date | None) -> list[Target]:
    """Return the targets of text facts known by a day, earliest first; of one day in the order given."""
    known = (target_of(fact) for fact in facts if day is None or fact.known <= day)
    return sorted(known, key=lambda target: target.said_on)


def stated_flags(
    facts: Iterable[TextFact], sources: Mapping[str, Source], day: date | None
) -> list[RiskFlag]:
    """Return the flags of text facts known by a day; of two copies of one text the first speaks.

    Args:
        facts: Of the kinds `text` and `flag`.
        sources: Sources by key, from which a flag's source takes the name a reader knows it by.
        day: Facts known later are left out.
    """
    first: dict[object, RiskFlag] = {}
    for fact in facts:
        if day is None or fact.known <= day:
            flag = _named(flag_of(fact), sources)
            first.setdefault((flag.said_on, flag.form, flag.kind, flag.name.lower()), flag)
    return list(first.values())


def _named(flag: RiskFlag, sources: Mapping[str, Source]) -> RiskFlag:
    """The flag with the accession or file name of its source, as bundled flags have it."""
    source = sources.get(flag.source)
    name = source and (source.accession or source.name.partition(".")[0])
    return replace(flag, source=name or flag.source)
