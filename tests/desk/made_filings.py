"""Small filings of a company we know."""

from __future__ import annotations

from pathlib import Path

from hashpivot.testing import InlineFiling, product


def filing(folder: Path, name: str, thousands: int) -> Path:
    """A quarterly report of Riot Platforms on 2024Q2.

    Args:
        folder: Where it is written.
        name: Of the file.
        thousands: Total revenue, thousands of dollars.
    """
    report = InlineFiling().statement(
        ("Bitcoin mining", "us-gaap:Revenues", thousands - 100, product("BitcoinMining")),
        ("Hosting", "us-gaap:Revenues", 100, product("Hosting")),
        ("Total revenue", "us-gaap:Revenues", thousands),
    )
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report.write().replace(b"EXMP", b"RIOT").replace(b"0000000001", b"0001167419"))
    return path
