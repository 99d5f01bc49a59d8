"""The page of one company."""

from ._company_page import page_head
from ._line_multiples import line_multiples
from ._render import company_body, render_company, write_company

__all__ = ["company_body", "line_multiples", "page_head", "render_company", "write_company"]
