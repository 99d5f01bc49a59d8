"""What every output shares: formats, cells, links, evidence, charts' frame, templates, files."""

from ._cell import Cell, added, figure_cell, metric_cell, metric_of, value_cell
from ._evidence_list import EvidenceList, Node, figure_title
from ._format import (
    clean,
    format_amount,
    format_missing,
    format_money,
    format_share,
    format_value,
    metric_title,
    minus,
    plain_number,
)
from ._link import Link, link_to, safe_url, source_link
from ._page_head import PAGES, PageHead
from ._season_report import SeasonReport
from ._season_summary import summary
from ._svg_chart import TITLES, UNSPLIT, Chart, bar, line, text
from ._template import page_style, render_page
from ._verdict_words import (
    QUESTIONS,
    STRENGTHS,
    SYMBOLS,
    CheckRule,
    Meaning,
    check_words,
    meanings,
    rules,
    tone,
    verdict_words,
)
from ._write_file import UnwritableFile, write_bytes, write_text

__all__ = [
    "PAGES",
    "QUESTIONS",
    "STRENGTHS",
    "SYMBOLS",
    "TITLES",
    "UNSPLIT",
    "Cell",
    "Chart",
    "CheckRule",
    "EvidenceList",
    "Link",
    "Meaning",
    "Node",
    "PageHead",
    "SeasonReport",
    "UnwritableFile",
    "added",
    "bar",
    "check_words",
    "clean",
    "figure_cell",
    "figure_title",
    "format_amount",
    "format_missing",
    "format_money",
    "format_share",
    "format_value",
    "line",
    "link_to",
    "meanings",
    "metric_cell",
    "metric_of",
    "metric_title",
    "minus",
    "page_style",
    "plain_number",
    "render_page",
    "rules",
    "safe_url",
    "source_link",
    "summary",
    "text",
    "tone",
    "value_cell",
    "verdict_words",
    "write_bytes",
    "write_text",
]
