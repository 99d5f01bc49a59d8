"""The companies: a table shipped with the package, and the user's own."""

from ._companies import ROLES, Companies, Company

__all__ = [
    "ROLES",
    "Companies",
    "Company",
]
