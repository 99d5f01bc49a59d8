"""EDGAR: what was filed, by whom and when, and the filings themselves."""

__all__: list[str] = []
