"""A risk flag: which risk one text of a company states, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class RiskFlag:
    """A flag as one text of a company states it.

    Args:
        ticker: The company.
        said_on: Day the text became public.
        form: `10-K`, `10-Q`, ...
        kind: As in `RiskMention`; empty in the row that says a text was read and raised none.
        name: As in `RiskMention`.
        count: Sentences that say so.
        source: Accession or file name of the text.
        locator: Of the first sentence.
    """

    ticker: str
    said_on: date
    form: str
    kind: str
    name: str
    count: int
    source: str
    locator: str
