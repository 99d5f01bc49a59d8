"""What every tool's answer is made of: numbers with what stands behind them, and absences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Number = Annotated[int | float, WithJsonSchema({"type": "number"})]
"""A number, whole where it is whole."""
Grade = Literal["A", "B", "C", ""]
"""Worst grade of the sources behind a number: A filing, B company release, C secondary; empty if unknown."""
Absence = Literal["not_in_ledger", "not_disclosed", "not_derivable", "not_applicable"]


class Value(BaseModel):
    """Base of what tools answer with: unchangeable, without further keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Period(Value):
    """A period, as the calendar and as the company calls it."""

    calendar: str
    """2024Q4, a range of days, or the day of a balance."""
    fiscal: str
    """The company's own name for it: FQ1 2025, FY2024, 6M FY2025."""
    start: str | None
    """First day; null for the balance of one day."""
    end: str
    """Last day."""
    reading: str = ""
    """How the words were read, where they could mean something else."""


class FigureNumber(Value):
    """A figure that is held."""

    status: Literal["number"] = "number"
    measure: str
    """Name of the measure."""
    line: str
    """Line of business, or total for the company as a whole."""
    period: Period
    value: Number
    unit: str
    """usd, btc, ehs (EH/s), mw, shares, pure (a share of 1), usd_per_btc, ..."""
    kind: Literal["reported", "derived", "estimated"]
    """derived: computed from reported figures; estimated: modelled."""
    grade: Grade
    """Worst of its sources: A filing, B company release, C secondary."""
    known: str
    """Day from which the public could know it."""
    address: str
    """Permanent; after a restatement it leads to the new value."""
    figure: str
    """Permanent id of exactly this value."""
    trace: str
    """Resource: the way down to the rows it stands on."""
    page: str
    """Path of the same on the web desk."""
    note: str = ""
    """What a reader must know of it."""


class Absent(Value):
    """A figure that is not held. It is not zero, and no number may be given for it."""

    status: Literal["absent"] = "absent"
    measure: str
    line: str
    period: Period | None
    missing: Absence
    """not_in_ledger: no filing read would hold it; not_disclosed: the filing read does not give it;
    not_derivable: what it is computed from is missing or does not go together; not_applicable: there can be
    no such number."""
    reason: str
    needs: str = ""
    """What would end it; empty if nothing would."""


Amount = Annotated[FigureNumber | Absent, Field(discriminator="status")]


class Computed(Value):
    """A number computed for one quarter from figures."""

    status: Literal["number"] = "number"
    name: str
    period: Period
    value: Number
    unit: str
    kind: Literal["derived", "estimated"]
    grade: Grade
    known: str | None
    method: str = ""
    at_least: bool = False
    """True if the value is a lower bound."""
    figures: list[str] = Field(default_factory=list)
    """Permanent ids of the figures it stands on, at most 8: hashpivot://trace/ and the id is its trace."""


class NotComputed(Value):
    """A number of a quarter that cannot be computed. It is not zero, and no number may be given for it."""

    status: Literal["absent"] = "absent"
    name: str
    missing: Absence
    reason: str
    needs: str = ""


Metric = Annotated[Computed | NotComputed, Field(discriminator="status")]


class EstimatedNumber(Value):
    """A modelled number with its interval."""

    status: Literal["number"] = "number"
    name: str
    period: Period
    median: Number
    p10: Number
    """One chance in ten that it is lower."""
    p90: Number
    """One chance in ten that it is higher."""
    unit: str
    kind: Literal["estimated"] = "estimated"
    grade: Literal[""] = ""
    """None: no source states an estimate."""
    known: str
    """Day whose knowledge it was made from."""
    basis: str = ""
    address: str
    """The command that makes it again."""
    trace: str
    """Resource: how it is made, and how right such estimates were."""


Estimated = Annotated[EstimatedNumber | NotComputed, Field(discriminator="status")]


class Asked(Value):
    """The company that was meant."""

    ticker: str
    name: str
