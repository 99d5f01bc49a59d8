"""The page of one company."""

from ._render import company_body, render_company, write_company

__all__ = ["company_body", "render_company", "write_company"]
