"""AI hosting that is contracted and not yet earned: evidence of its own kind, weaker than revenue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import Quarter, json_number
from hashpivot.filings import Fact
from hashpivot.lines import local_name, member_words

from ._data_set_filing import DataSetFiling
from ._words import sells_ai_hosting

_OWED = re.compile(
    r"RemainingPerformanceObligation|Backlog|ContractWithCustomerLiability|ContractLiabilit"
    r"|(Deferred|Unearned)\w*(Revenue|Income|Rent)|(Revenue|Income)Deferred|LeasePaymentsToBeReceived"
    r"|(Advances?|Deposits?|Prepayments?)From\w*Customers?|Customer(Deposit|Prepayment|Advance)"
)
_NOT_OWED = re.compile(r"Percent|Recogni[sz]ed|Increase|Decrease|Tax|Cost|Expense")


@dataclass(frozen=True, slots=True)
class ContractedAmount:
    """What customers of AI hosting have signed or paid for and not yet got, at the end of a period.

    Args:
        day: The day, to the end of the month.
        value: In `currency`.
        currency: ISO code.
        label: What the filing calls it.
        tag: Its concept.
        segments: Its breakdown; empty for a concept of its own.
        accession: Of the filing.
        form: Of the filing.
        filed: Day it was filed.
    """

    day: date
    value: Decimal
    currency: str
    label: str
    tag: str
    segments: str
    accession: str
    form: str
    filed: date

    @property
    def quarter(self) -> Quarter:
        """The quarter that ends with the day."""
        return Quarter.of_period_end(self.day)

    def to_dict(self) -> dict[str, Any]:
        """Its entry in the JSON contract of `hashpivot discover`."""
        return {
            "day": self.day.isoformat(),
            "value": json_number(self.value),
            "currency": self.currency,
            "label": self.label,
            "tag": self.tag,
            "segments": self.segments,
            "accession": self.accession,
            "form": self.form,
            "filed": self.filed.isoformat(),
        }


def contracted(filings: Iterable[DataSetFiling]) -> tuple[ContractedAmount, ...]:
    """The newest amount of each concept and breakdown that names AI hosting, largest first.

    Amounts that another one of the same concept and day holds, as those of one customer, are left out.
    """
    newest: dict[tuple[str, str], ContractedAmount] = {}
    for filing in filings:
        for one in _of_filing(filing):
            held = newest.get((one.tag, one.segments))
            if held is None or held.day <= one.day:
                newest[one.tag, one.segments] = one
    whole = {
        tag: min(len(one.segments.split(";")) for one in newest.values() if one.tag == tag)
        for tag, _ in newest
    }
    kept = (one for one in newest.values() if len(one.segments.split(";")) == whole[one.tag])
    return tuple(sorted(kept, key=lambda one: (-one.value, one.tag, one.segments)))


def _of_filing(filing: DataSetFiling) -> Iterator[ContractedAmount]:
    for fact in filing.facts:
        name = local_name(fact.concept)
        if (
            fact.start is None
            and fact.unit == "USD"  # the filing's own currency: `DataSetFiling`
            and fact.value is not None
            and fact.value > 0
            and _OWED.search(name)
            and not _NOT_OWED.search(name)
            and sells_ai_hosting(_words(fact))
        ):
            yield ContractedAmount(
                day=fact.end,
                value=fact.value,
                currency=filing.currency,
                label=_words(fact),
                tag=name,
                segments=filing.segments_of(fact),
                accession=filing.accession,
                form=filing.form,
                filed=filing.filed,
            )


def _words(fact: Fact) -> str:
    """What the filing calls a breakdown, or a concept of its own."""
    names = (member_words(member) for _, member in fact.context.dims)
    return fact.label or " ".join(names) or member_words(fact.concept)
