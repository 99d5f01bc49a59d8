"""The page of the coverage."""

from ._page import coverage_body, coverage_head, render_coverage, write_coverage

__all__ = ["coverage_body", "coverage_head", "render_coverage", "write_coverage"]
