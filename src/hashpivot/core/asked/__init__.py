"""What people ask for, in their words: a company, a measure and line, a period."""

from ._asked_measure import AskedMeasure, line_words, measure_words, read_measure
from ._asked_period import AskedPeriod, read_period
from ._company_search import CompanyMatch, MatchedBy, search_companies

__all__ = [
    "AskedMeasure",
    "AskedPeriod",
    "CompanyMatch",
    "MatchedBy",
    "line_words",
    "measure_words",
    "read_measure",
    "read_period",
    "search_companies",
]
