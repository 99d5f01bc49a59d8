"""Who files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServedFiler:
    """A company or person that files with EDGAR.

    Args:
        cik: Central index key without leading zeros.
        name: Conformed name.
        ticker: Empty if it has none.
        exchange: `Nasdaq`, `NYSE`, ...; empty if it has none.
        sic: Standard industrial classification.
        fiscal_year_end: Month and day, `1231`.
        state: Of incorporation, in EDGAR's code.
    """

    cik: str
    name: str
    ticker: str = ""
    exchange: str = "Nasdaq"
    sic: str = "6199"
    fiscal_year_end: str = "1231"
    state: str = "NV"

    @property
    def padded(self) -> str:
        """The central index key with ten digits."""
        return self.cik.zfill(10)
