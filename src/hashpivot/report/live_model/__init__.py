"""The outlook's workbook: a live model over editable inputs."""

from ._workbook import outlook_workbook, write_outlook_workbook

__all__ = [
    "outlook_workbook",
    "write_outlook_workbook",
]
