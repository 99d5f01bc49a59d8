"""XBRL: contexts, units, facts and how displayed numbers and dates become values."""

from ._context import Context
from ._contradictions import scale_slip
from ._fact import Fact
from ._filing import Filing
from ._read_filing import read_filing

__all__ = ["Context", "Fact", "Filing", "read_filing", "scale_slip"]
