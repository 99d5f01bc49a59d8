"""The company: lines, contracts, fleet, overheads and funding on every path."""

from ._company import LINES, CompanyPaths, run_company

__all__ = ["LINES", "CompanyPaths", "run_company"]
