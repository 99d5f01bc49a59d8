"""Prose: a document's running text as paragraphs and sentences, each with its place."""

from ._read_prose import Prose, Sentence, read_prose

__all__ = [
    "Prose",
    "Sentence",
    "read_prose",
]
