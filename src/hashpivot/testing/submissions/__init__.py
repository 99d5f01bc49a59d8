"""Filings as EDGAR serves them: who filed what when, and the full-submission text file of it."""

from ._eastern import EASTERN, eastern, filing_day
from ._header import SubmissionHeader
from ._items import item_title
from ._served_file import served_file
from ._served_filer import ServedFiler
from ._served_filing import FiledDocument, ServedFiling
from ._wrapped import wrapped_document, wrapped_submission

__all__ = [
    "EASTERN",
    "FiledDocument",
    "ServedFiler",
    "ServedFiling",
    "SubmissionHeader",
    "eastern",
    "filing_day",
    "item_title",
    "served_file",
    "wrapped_document",
    "wrapped_submission",
]
