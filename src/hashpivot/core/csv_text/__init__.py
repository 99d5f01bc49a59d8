"""CSV: rows of a text with the line each begins at, and rows as a text that a spreadsheet opens."""

from ._csv_rows import CsvRow, NotCsv, csv_records, csv_rows
from ._records_csv import records_csv

__all__ = ["CsvRow", "NotCsv", "csv_records", "csv_rows", "records_csv"]
