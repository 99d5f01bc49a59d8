"""Results a company gave before its books were closed, as the filings a user added state them."""

from __future__ import annotations

from hashpivot.core import Quarter
from hashpivot.guidance import preliminary_of, range_text
from hashpivot.ledger import View


def preliminary_results(view: View, ticker: str, quarter: Quarter, measure: str) -> list[str]:
    """Preliminary results of a measure, announced before the books were closed; one sentence each."""
    sentences = []
    for remark in view.remarks(ticker, "preliminary"):
        result = preliminary_of(remark)
        of_quarter = result.start is not None and Quarter.of_period(result.start, result.end) == quarter
        if of_quarter and result.measure == measure:
            source = view.sources.get(remark.source)
            place = f"{source.title if source else remark.source} {result.locator}"
            amount = range_text(result.low, result.high)
            sentences.append(f"preliminary on {remark.known}: {amount} USD ({place})")
    return sentences
