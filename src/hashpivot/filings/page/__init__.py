"""Pages: the text of elements, tables as grids, and where on the page something stands."""

from ._computed_style import ComputedStyle, PageStyles
from ._grid import Grid, span
from ._layout import Layout, PageParts
from ._page_lines import PageLines
from ._style_sheet import local_name
from ._text import TextReader, chain, collapsed, folded, inner_text, raw_text, text_reader
from ._visible_text import VisibleText, unstruck

__all__ = [
    "ComputedStyle",
    "Grid",
    "Layout",
    "PageLines",
    "PageParts",
    "PageStyles",
    "TextReader",
    "VisibleText",
    "chain",
    "collapsed",
    "folded",
    "inner_text",
    "local_name",
    "raw_text",
    "span",
    "text_reader",
    "unstruck",
]
