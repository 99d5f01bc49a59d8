"""`hashpivot site`: the group of its commands."""

from ._group import command

__all__ = ["command"]
