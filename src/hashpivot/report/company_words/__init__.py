"""A company's title and key numbers, as page, terminal and workbook write them."""

from ._company_words import company_title, key_text

__all__ = ["company_title", "key_text"]
