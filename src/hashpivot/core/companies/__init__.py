"""The companies: a table shipped with the package, and the user's own."""

from ._companies import ROLES, Companies, Company
from ._follow import follow_company

__all__ = [
    "ROLES",
    "Companies",
    "Company",
    "follow_company",
]
