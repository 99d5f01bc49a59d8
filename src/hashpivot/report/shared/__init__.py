"""What every output shares: formats, cells, links, evidence, charts' frame, templates, files."""

from ._absences import absence_words
from ._cell import Cell, added, figure_cell, metric_cell, metric_of, value_cell
from ._company_words import company_title, key_text, range_words, rate_words, target_text
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
from ._pivot import Pivot, base_of, league_order, number, pivot_of
from ._season_message import SeasonMessage, bar_of, season_message
from ._season_report import SeasonReport
from ._sentence import Quote, Sentence, count_words, joined, listed, plain
from ._svg_chart import TITLES, UNSPLIT, Chart, bar, line, palette, text
from ._template import page_style, render_page
from ._unit_scale import UnitScale, compact_money, format_change, unit_scale
from ._verdict_words import (
    QUESTIONS,
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
    "Pivot",
    "Quote",
    "SeasonMessage",
    "SeasonReport",
    "Sentence",
    "UnitScale",
    "UnwritableFile",
    "absence_words",
    "added",
    "bar",
    "bar_of",
    "base_of",
    "check_words",
    "clean",
    "compact_money",
    "company_title",
    "count_words",
    "figure_cell",
    "figure_title",
    "format_amount",
    "format_change",
    "format_missing",
    "format_money",
    "format_share",
    "format_value",
    "joined",
    "key_text",
    "league_order",
    "line",
    "link_to",
    "listed",
    "meanings",
    "metric_cell",
    "metric_of",
    "metric_title",
    "minus",
    "number",
    "page_style",
    "palette",
    "pivot_of",
    "plain",
    "plain_number",
    "range_words",
    "rate_words",
    "render_page",
    "rules",
    "safe_url",
    "season_message",
    "source_link",
    "target_text",
    "text",
    "tone",
    "unit_scale",
    "value_cell",
    "verdict_words",
    "write_bytes",
    "write_text",
]
