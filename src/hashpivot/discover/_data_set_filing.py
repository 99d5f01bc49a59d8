"""A filing as a data set gives it, in the shape the package's reader of filings takes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from hashpivot.core import FactLocator
from hashpivot.filings import Context, Fact, Filing
from hashpivot.lines import local_name, read_amounts

from ._words import says_more

_KIND = re.compile(r"\s*\[(Member|Domain|Axis|Line Items|Abstract)\]\s*$")
_DOMAIN = re.compile("Member$")  # the data set leaves out which of the two endings a member has
_NOWHERE = -1
_INSTANCE = re.compile(r"([a-z]{1,6})-?\d{8}")


@dataclass(frozen=True, slots=True)
class FiledNumber:
    """One number of a filing.

    Args:
        tag: Concept.
        version: Taxonomy, or the filing's accession for a concept of its own.
        ends: Last day.
        quarters: Length of its period in quarters; 0 for a moment.
        unit: `USD`, `shares`, ...
        segments: `BusinessSegments=Hosting;`, empty for the whole company.
        value: None if tagged as nil.
        agreed: False if the filing gives several values of equal rank.
    """

    tag: str
    version: str
    ends: date
    quarters: int
    unit: str
    segments: str
    value: Decimal | None
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class ShownRow:
    """Where a filing shows a concept; a data set does not tell which breakdowns it shows there.

    Args:
        table: 0 for the income statement, else the number of the report on EDGAR's viewer plus one.
        line: Its line there.
        label: What the row is called.
    """

    table: int
    line: int
    label: str


_UNSEEN = ShownRow(_NOWHERE, -1, "")


class DataSetFact(Fact):
    """A number of a data set as a fact."""

    __slots__ = ("_shown",)

    def __init__(
        self,
        concept: str,
        context: Context,
        unit: str,
        value: Decimal | None,
        locator: str,
        shown: ShownRow,
    ) -> None:
        self._shown = shown
        super().__init__(
            concept, context, unit, value, "", value is None, None, (FactLocator(locator), 0, False), None
        )

    @property
    def label(self) -> str:
        """The label the filing gives its concept, or its member if it is a part."""
        return self._shown.label

    @property
    def table(self) -> int:
        """0 in the income statement, others elsewhere, -1 if the data set does not tell."""
        return self._shown.table

    @property
    def row(self) -> int:
        """Line of the table, -1 if the data set does not tell."""
        return self._shown.line


class _Submitted(NamedTuple):
    """What the row of a filing in the table `sub` says."""

    accession: str
    cik: str
    company_name: str
    form: str
    filed: date
    period_end: date | None


class DataSetFiling(Filing):
    """One filing of a data set.

    Args:
        accession: Its number.
        cik: Of its filer.
        company_name: Of its filer, that day.
        form: `10-Q`, ...
        filed: Day it was filed.
        period_end: Last day of the period it reports on, to the end of the month.
        instance: Name of its XBRL file, which often begins with the ticker.
        numbers: Its numbers.
        shown: Where its concepts are shown; empty if not known.
        labels: What its own concepts and members are called.

    Amounts of a filing without any in dollars are read in its own currency; `currency` names it.
    """

    def __init__(
        self,
        *,
        accession: str,
        cik: str,
        company_name: str,
        form: str,
        filed: date,
        period_end: date | None,
        instance: str,
        numbers: Sequence[FiledNumber],
        shown: Mapping[str, Sequence[ShownRow]],
        labels: Mapping[str, str],
    ) -> None:
        self._submitted = _Submitted(accession, cik, company_name, form, filed, period_end)
        self._instance = instance
        self._shown, self._labels = shown, labels
        self.disputed = sorted({number.tag for number in numbers if not number.agreed})
        facts: list[Fact] = [fact for number in numbers if number.agreed for fact in self._facts(number)]
        amounts = read_amounts(facts)
        self.currency = amounts.currency
        if self.currency != "USD":
            facts = [fact for fact in facts if fact.unit != "USD"]
            for fact in facts:
                if fact.unit == self.currency:
                    fact.unit = "USD"  # the reader reads dollars; what it reads is shown in `currency`
        super().__init__(accession, b"", facts, [], [], {}, None)

    @property
    def accession(self) -> str:
        """SEC accession number."""
        return self._submitted.accession

    @property
    def sha256(self) -> str:
        """The accession: a data set holds no file."""
        return self._submitted.accession

    @property
    def cik(self) -> str:
        """Of its filer, without leading zeros."""
        return self._submitted.cik

    @property
    def company_name(self) -> str:
        """Of its filer, that day."""
        return self._submitted.company_name

    @property
    def form(self) -> str:
        """`10-Q`, ..."""
        return self._submitted.form

    @property
    def filed(self) -> date:
        """Day it was filed."""
        return self._submitted.filed

    @property
    def period_end(self) -> date | None:
        """Last day of the period it reports on."""
        return self._submitted.period_end

    @property
    def ticker(self) -> str:
        """What the name of its XBRL file begins with, upper case; often the ticker, never surely."""
        match = _INSTANCE.match(self._instance.lower())
        return match[1].upper() if match else ""

    @property
    def symbol_question(self) -> str:
        """Empty: no cover page is read."""
        return ""

    def segments_of(self, fact: Fact) -> str:
        """The breakdown of a fact as the data set writes it."""
        return str(fact.locator).rpartition("@")[2]

    def _facts(self, number: FiledNumber) -> Iterator[DataSetFact]:
        try:
            start = first_day(number.ends, number.quarters)
        except (ValueError, OverflowError):
            return
        dims = _dimensions(number.segments)
        context = Context(f"{start}{number.ends}{dims}", self.cik, start, number.ends, dims)
        own = number.version == self.accession
        concept = f"{'own' if own else number.version.partition('/')[0]}:{number.tag}"
        locator = f"{number.tag}/{number.ends}/{number.quarters}@{number.segments}"
        for row in self._shown.get(number.tag, (_UNSEEN,)):
            label = self._label_of_members(dims) if dims else row.label
            if own and not dims and not says_more(label, number.tag):
                label = self._labels.get(number.tag, label)
            place = ShownRow(row.table, row.line, label)
            yield DataSetFact(concept, context, number.unit, number.value, locator, place)

    def _label_of_members(self, dims: tuple[tuple[str, str], ...]) -> str:
        """The label of the last member that has one, such as `Bitcoin Mining` of `BTCMMember`."""
        names = (local_name(member) for _, member in dims)
        labels = (self._labels.get(name) or self._labels.get(_DOMAIN.sub("Domain", name)) for name in names)
        found = [_KIND.sub("", label) for label in labels if label]
        return found[-1] if found else ""


def first_day(last: date, quarters: int) -> date | None:
    """First day of a period of some quarters; None for a moment.

    Raises:
        ValueError, OverflowError: If it lies before the calendar.
    """
    if not quarters:
        return None
    following = last + timedelta(days=1)
    months = following.year * 12 + following.month - 1 - 3 * quarters
    year, month = divmod(months, 12)
    return date(year, month + 1, min(following.day, monthrange(year, month + 1)[1]))


def _dimensions(segments: str) -> tuple[tuple[str, str], ...]:
    """`BusinessSegments=Hosting;` as axes and members with the endings the data set leaves out."""
    parts = (part.partition("=") for part in segments.split(";") if "=" in part)
    return tuple(sorted((_ended(axis, "Axis"), _ended(member, "Member")) for axis, _, member in parts))


def _ended(name: str, ending: str) -> str:
    name = name.strip()
    return name if name.endswith((ending, "Domain")) else f"{name}{ending}"
