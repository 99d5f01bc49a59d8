"""The outlook's page."""

from ._answers import outlook_answers
from ._page import render_outlook, write_outlook

__all__ = [
    "outlook_answers",
    "render_outlook",
    "write_outlook",
]
