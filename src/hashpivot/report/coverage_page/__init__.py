"""The page of the coverage."""

from ._page import render_coverage, write_coverage

__all__ = ["render_coverage", "write_coverage"]
