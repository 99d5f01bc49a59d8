"""Filers that data sets tell of: tables for a terminal, and a page."""

from ._page import write_discovery
from ._tables import print_discovery

__all__ = ["print_discovery", "write_discovery"]
