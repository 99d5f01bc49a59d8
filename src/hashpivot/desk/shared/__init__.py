"""What every result of the desk shares."""

from ._counted import counted
from ._result import DeskResult

__all__ = ["DeskResult", "counted"]
