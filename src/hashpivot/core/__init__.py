"""The vocabulary: quarters, fiscal calendars, lines, figures, companies and the one error base."""

from ._calendar import FiscalCalendar, YearEnd
from ._company import Companies, Company
from ._deadline import filing_deadline
from ._errors import (
    BundleError,
    HashpivotError,
    InvalidInput,
    LedgerError,
    NoData,
    UnknownCompany,
    UnknownFigure,
    UnreadableFile,
    UnreadableFiling,
)
from ._figure import Figure, Kind, Missing, Source
from ._home import home
from ._library import MissingLibrary, optional_library
from ._line import GROUPS, Line
from ._measure import MEASURES, Measure
from ._power import PowerMean, PowerMonth, power_mean, read_power_months, whole_quarters
from ._quarter import Quarter, months_in, parse_day, period_label
from ._remark import Remark

__all__ = [
    "GROUPS",
    "MEASURES",
    "BundleError",
    "Companies",
    "Company",
    "Figure",
    "FiscalCalendar",
    "HashpivotError",
    "InvalidInput",
    "Kind",
    "LedgerError",
    "Line",
    "Measure",
    "Missing",
    "MissingLibrary",
    "NoData",
    "PowerMean",
    "PowerMonth",
    "Quarter",
    "Remark",
    "Source",
    "UnknownCompany",
    "UnknownFigure",
    "UnreadableFile",
    "UnreadableFiling",
    "YearEnd",
    "filing_deadline",
    "home",
    "months_in",
    "optional_library",
    "parse_day",
    "period_label",
    "power_mean",
    "read_power_months",
    "whole_quarters",
]
