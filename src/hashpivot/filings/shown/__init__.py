"""Shown documents: a filing's pages made safe to show, every place a locator can name addressable."""

from ._anchor import anchor_of
from ._clean import SHOWN_POLICY
from ._shown_file import ShownDocument, ShownFile, ShownPlace, shown_file

__all__ = ["SHOWN_POLICY", "ShownDocument", "ShownFile", "ShownPlace", "anchor_of", "shown_file"]
