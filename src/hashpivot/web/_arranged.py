"""A table of a page, sorted and filtered as its address asks; the script of pages does the same in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from hashpivot.core import InvalidInput, near_keys

from .shared import ARRANGEMENT

_TABLE = re.compile(r'<table class="[^"]*\bsortable\b.*?</table>', re.DOTALL)
_BODY = re.compile(r"(<tbody>)(.*?)(</tbody>)", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_HEAD = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
_COLUMN = re.compile(r' data-c="([^"]*)"')
_SORTED = re.compile(r' aria-sort="[a-z]+"')
_TAG = re.compile(r"<[^>]*>")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}|Q[1-4])")
_NUMBER = re.compile(r"^[^0-9A-Za-z+−-]*([+−-]?)[$≥]*([0-9][0-9,]*(?:\.[0-9]+)?)\s?(bn|m|k)?\b")
_MAGNITUDES = {"bn": 1e9, "m": 1e6, "k": 1e3, None: 1.0, "": 1.0}
_ABSENT = ("", "–")

AddressOf = Callable[[Mapping[str, Any]], str]
"""Address of the page with other values of some parameters."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a table is to stand.

    Args:
        sort: Column, by its name in the address; empty for the order the page gives.
        descending: The highest first.
        filter: Words that each row must have.
    """

    sort: str = ""
    descending: bool = False
    filter: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Arrangement:
        """Return what an address asks.

        Args:
            arguments: Of the page.

        Raises:
            InvalidInput: If the order is none.
        """
        order = arguments.get("order", "asc")
        if order not in ("asc", "desc"):
            raise InvalidInput(f"{order!r} is no order", where="order", hint="use asc or desc")
        return cls(arguments.get("sort", ""), order == "desc", arguments.get("filter", ""))


def arranged(html: str, arguments: Mapping[str, Any], address_of: AddressOf, form: str) -> str:
    """Return a page with its sortable table in the order asked for, links in its head, a field to filter it.

    Args:
        html: The page; nothing happens to one without such a table.
        arguments: Of the page.
        address_of: Address of the page with other values.
        form: Where the filter is sent, without a query.

    Raises:
        InvalidInput: If there is no such column or order.
    """
    found = _TABLE.search(html)
    if not found:
        return html
    asked = Arrangement.of(arguments)
    table = found[0]
    head, _, rest = table.partition("</thead>")
    columns = [column[1] if (column := _COLUMN.search(th[1])) else "" for th in _HEAD.finditer(head)]
    if asked.sort and asked.sort not in columns:
        hint = near_keys(asked.sort, filter(None, columns))
        raise InvalidInput(f"the table has no column {asked.sort!r}", where="sort", hint=hint)
    rows = _BODY.search(rest)
    every = _ROW.findall(rows[2]) if rows else []
    ordered = _sorted(every, columns.index(asked.sort), asked.descending) if asked.sort else every
    stands = [row if _has(row, asked.filter) else row.replace("<tr", "<tr hidden", 1) for row in ordered]
    shown = sum(not row.startswith("<tr hidden") for row in stands)
    rest = _BODY.sub(lambda m: m[1] + "\n".join(stands) + m[3], rest, count=1)
    head = _HEAD.sub(lambda m: _linked(m, asked, address_of), head)
    field = _field(asked.filter, arguments, form, shown, len(every))
    scroll = html.rfind('<div class="scroll"', 0, found.start())
    start = scroll if scroll >= 0 and "</div>" not in html[scroll : found.start()] else found.start()
    between = html[start : found.start()]
    return f"{html[:start]}{field}{between}{head}</thead>{rest}{html[found.end() :]}"


def _has(row: str, words: str) -> bool:
    """True if a row has all words; the others are there unseen, so that a script can show them again."""
    text = _text(row).casefold()
    return all(word in text for word in words.casefold().split())


def _sorted(rows: Sequence[str], column: int, descending: bool) -> list[str]:
    """Rows by the text of a column, as numbers if all are, equal ones by the first column.

    Those without a value come last.
    """
    by_name = sorted(rows, key=lambda row: _column_text(row, 0).casefold())
    texts = {row: _column_text(row, column) for row in rows}
    there = [row for row in by_name if texts[row] not in _ABSENT]
    numbers = {row: _number(texts[row]) for row in there}
    if all(number is not None for number in numbers.values()):
        there.sort(key=lambda row: numbers[row] or 0.0, reverse=descending)
    else:
        there.sort(key=lambda row: texts[row].casefold(), reverse=descending)
    return there + [row for row in by_name if texts[row] in _ABSENT]


def _column_text(row: str, column: int) -> str:
    cells = _CELL.findall(row)
    return _text(cells[column]) if column < len(cells) else ""


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _number(text: str) -> float | None:
    """The number a text begins with, `−$1.2bn` with its magnitude; none of a day or a quarter."""
    found = _NUMBER.match(text)
    if not found or _DAY.match(text):
        return None
    value = float(found[2].replace(",", "")) * _MAGNITUDES[found[3]]
    return -value if found[1] in ("−", "-") else value


def _linked(head: re.Match[str], asked: Arrangement, address_of: AddressOf) -> str:
    """A column's head with a link that sorts by it, or the other way round."""
    column = _COLUMN.search(head[1])
    if not column:
        return head[0]
    name = unescape(column[1])
    by_this = asked.sort == name
    numeric = 'class="n"' in head[1]
    descending = not asked.descending if by_this else numeric
    attributes = _SORTED.sub("", head[1]) if asked.sort else head[1]
    if by_this:
        attributes += f' aria-sort="{"descending" if asked.descending else "ascending"}"'
    where = escape(address_of({"sort": name, "order": "desc" if descending else "asc"}))
    return f'<th{attributes}><a class="sort" href="{where}">{head[2]}</a></th>'


def _field(words: str, arguments: Mapping[str, Any], form: str, shown: int, every: int) -> str:
    kept = {name: value for name, value in arguments.items() if name != ARRANGEMENT[-1].name}
    pairs = [(n, v) for n, value in kept.items() for v in (value if isinstance(value, tuple) else (value,))]
    hidden = "".join(f'<input type="hidden" name="{escape(n)}" value="{escape(str(v))}">' for n, v in pairs)
    count = f"{shown} of {every} rows" if words else ""
    return (
        f'<form class="filter" method="get" action="{escape(form)}"><label>Filter <input name="filter" '
        f'type="search" value="{escape(words)}" maxlength="80" autocomplete="off"></label>{hidden} '
        f'<button>Filter</button> <span class="small" role="status">{count}</span></form>'
    )
