"""Formats: how numbers, units, words from filings, links and sentences are written."""

from ._format import (
    LONGEST,
    MINUS,
    clean,
    format_amount,
    format_figure,
    format_missing,
    format_money,
    format_share,
    format_value,
    metric_title,
    minus,
    money_change,
    plain_number,
)
from ._link import Link, link_to, place_in, safe_url, source_link
from ._ranges import range_words, rate_words
from ._sentence import Quote, Sentence, count_words, joined, listed, plain
from ._unit_scale import UnitScale, compact_money, format_change, unit_scale

__all__ = [
    "LONGEST",
    "MINUS",
    "Link",
    "Quote",
    "Sentence",
    "UnitScale",
    "clean",
    "compact_money",
    "count_words",
    "format_amount",
    "format_change",
    "format_figure",
    "format_missing",
    "format_money",
    "format_share",
    "format_value",
    "joined",
    "link_to",
    "listed",
    "metric_title",
    "minus",
    "money_change",
    "place_in",
    "plain",
    "plain_number",
    "range_words",
    "rate_words",
    "safe_url",
    "source_link",
    "unit_scale",
]
