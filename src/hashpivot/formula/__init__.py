"""One algebra for two readers: expressions that Python computes and a spreadsheet recomputes.

A model written with `+ - * /`, comparisons and the functions here runs on plain numbers, on numpy arrays and
on terms. On terms it yields the spreadsheet's formula beside the value.
"""

from ._aggregates import (
    effective_number,
    log_change_deviation,
    mean,
    signed,
    standard_deviation,
    sum_of_squares,
    total,
)
from ._functions import Number, equal, exp, floor, if_, indicator, is_zero, log, max_, min_, power, ratio
from ._term import Condition, FormulaError, Term, as_term, literal

__all__ = [
    "Condition",
    "FormulaError",
    "Number",
    "Term",
    "as_term",
    "effective_number",
    "equal",
    "exp",
    "floor",
    "if_",
    "indicator",
    "is_zero",
    "literal",
    "log",
    "log_change_deviation",
    "max_",
    "mean",
    "min_",
    "power",
    "ratio",
    "signed",
    "standard_deviation",
    "sum_of_squares",
    "total",
]
