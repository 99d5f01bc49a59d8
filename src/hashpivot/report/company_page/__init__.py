"""The page of one company."""

from ._render import render_company, write_company

__all__ = ["render_company", "write_company"]
