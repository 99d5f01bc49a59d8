"""Figures and text facts, with their lines, measures, sources and locators."""

from ._debt_instrument import DEBT_TERMS, DebtInstrument
from ._figure import Figure, Kind, Source
from ._hash_rates import HASH_RATE, HASH_RATES, hash_rate_shifts
from ._line import GROUPS, NOT_RECURRING, QUALIFIERS, Line
from ._locator import (
    NO_LOCATOR,
    CellLocator,
    FactLocator,
    JoinedLocator,
    LabelLocator,
    Locator,
    PlainLocator,
    SentenceLocator,
    joined,
)
from ._measure import MEASURES, Measure, ReportSection
from ._missing import Absence, Missing, not_applicable, not_derivable, not_disclosed, not_in_ledger
from ._text_fact import TextFact

__all__ = [
    "DEBT_TERMS",
    "GROUPS",
    "HASH_RATE",
    "HASH_RATES",
    "MEASURES",
    "NOT_RECURRING",
    "NO_LOCATOR",
    "QUALIFIERS",
    "Absence",
    "CellLocator",
    "DebtInstrument",
    "FactLocator",
    "Figure",
    "JoinedLocator",
    "Kind",
    "LabelLocator",
    "Line",
    "Locator",
    "Measure",
    "Missing",
    "PlainLocator",
    "ReportSection",
    "SentenceLocator",
    "Source",
    "TextFact",
    "hash_rate_shifts",
    "joined",
    "not_applicable",
    "not_derivable",
    "not_disclosed",
    "not_in_ledger",
]
