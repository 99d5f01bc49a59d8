"""The companies: a table shipped with the package, and the user's own."""

from ._companies import Companies, Company

__all__ = [
    "Companies",
    "Company",
]
