"""What every result of the desk shares."""

from ._result import DeskResult

__all__ = ["DeskResult"]
