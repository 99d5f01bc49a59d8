"""Pages: the text of elements, tables as grids, and where on the page something stands."""

from ._grid import Grid
from ._layout import Layout
from ._page_lines import PageLines, is_hidden
from ._text import TextReader, chain, collapsed, folded, inner_text, raw_text, text_reader

__all__ = [
    "Grid",
    "Layout",
    "PageLines",
    "TextReader",
    "chain",
    "collapsed",
    "folded",
    "inner_text",
    "is_hidden",
    "raw_text",
    "text_reader",
]
