"""Prose: a document's running text as paragraphs and sentences, each with its place."""

from ._html_blocks import TextPiece, looks_like_html, prose_pieces
from ._read_prose import Prose, Sentence, may_hold_prose, read_prose

__all__ = [
    "Prose",
    "Sentence",
    "TextPiece",
    "looks_like_html",
    "may_hold_prose",
    "prose_pieces",
    "read_prose",
]
