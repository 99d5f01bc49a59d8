"""XBRL: contexts, units, facts and how displayed numbers and dates become values."""

from ._context import Context
from ._fact import Fact
from ._filing import Filing
from ._read_filing import MAX_BYTES, read_filing

__all__ = ["MAX_BYTES", "Context", "Fact", "Filing", "read_filing"]
