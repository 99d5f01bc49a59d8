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
    UnknownKey,
    UnreadableFile,
    UnreadableFiling,
)
from ._figure import Figure, Kind, Missing, Source
from ._home import home
from ._json_number import json_number
from ._keyed import Keyed, near_keys
from ._library import MissingLibrary, optional_library
from ._line import GROUPS, Line
from ._measure import MEASURES, Measure
from ._power import PowerMean, PowerMonth, power_mean, read_power_months, whole_quarters
from ._quarter import Quarter, months_in, parse_day, period_label
from ._remark import Remark
from ._shown import Tabular, html_table, short_repr

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
    "Keyed",
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
    "Tabular",
    "UnknownCompany",
    "UnknownFigure",
    "UnknownKey",
    "UnreadableFile",
    "UnreadableFiling",
    "YearEnd",
    "filing_deadline",
    "home",
    "html_table",
    "json_number",
    "months_in",
    "near_keys",
    "optional_library",
    "parse_day",
    "period_label",
    "power_mean",
    "read_power_months",
    "short_repr",
    "whole_quarters",
]
