"""The limits of what is read: beyond them a typed error, or a warning that names what was left out.

They are chosen so that any file within them is read in time linear in its size and below 1 GiB.
"""

from __future__ import annotations

MAX_BYTES = 150_000_000
"""Of a file, packed or unpacked. The largest filings on EDGAR are below 100 MB."""

MAX_MEMBERS = 10_000
"""Of a gzip file; block-wise gzip of the largest file has 2,300."""

MAX_TREE_BYTES = 600_000_000
"""Memory a parsed page may take, as estimated from its tags and attributes; with the file itself and what is
made of it this stays below 1 GiB. A 10-K page of 40 MB is estimated at 400 MB."""

TAG_BYTES = 150
"""Of a parsed tag without attributes: libxml2's node of an element or of the text behind it takes 120."""

ATTRIBUTE_BYTES = 200
"""Of a parsed attribute: libxml2's nodes for its name and its text, as measured."""

MAX_TAG_ATTRIBUTES = 2_000
"""Of one tag. libxml2's HTML parser compares each with all before it; a tag of a filing has fewer than 50."""

MAX_PROSE_CHARACTERS = 20_000_000
"""Of a file's running text, tables left out; the longest annual reports have about three million."""

MAX_DOCUMENTS = 10_000
"""Of a submission; the largest have some hundred exhibits and some thousand pictures."""

MAX_TABLES = 3_000
"""Tables of a release that are read; the longest annual reports have about a thousand."""

MAX_TABLE_CELLS = 20_000
"""Of a release's table; a statement has some hundred rows of twenty cells."""

MAX_TABLE_WIDTH = 400
"""Columns of a release's table, spans counted; statements laid out in spacer columns have about a hundred."""

MAX_SPAN = 1_000
"""Columns or rows one cell covers, as in browsers."""

MAX_SPANNED = 200_000
"""Places that cells reaching down take in one table; those beyond reach down no further."""

MAX_HEADER_ROWS = 24
"""Rows of one header of a release's table; the deepest have about eight. Only the last are kept."""

MAX_TITLES = 50
"""Title rows in a release's table that are kept."""

MAX_CELL_CHARACTERS = 2_000
"""Of a cell that may be label, header or number; longer texts are prose."""

MAX_SHOWN_ELEMENTS = 300_000
"""Of a file's pages to be shown; the longest annual reports have about forty thousand. Some ten seconds."""

MAX_SHOWN_SENTENCES = 40_000
"""Of a file that get a place each on its pages; the longest annual reports have about four thousand."""

MAX_STYLE_CHARACTERS = 2_000_000
"""Of all style sheets of a page; more than any site sends."""

MAX_STYLE_RULES = 5_000
"""Selectors of a page whose rules may change what is seen."""

MAX_SELECTOR_STEPS = 1_000_000
"""Elements of a page compared with the parts of selectors: some seconds. Pages of releases need thousands."""
