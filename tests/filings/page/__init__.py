"""Tests of `hashpivot.filings.page`."""
