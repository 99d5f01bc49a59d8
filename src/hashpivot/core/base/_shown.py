"""How results show themselves: a repr of one line, a frame, and a small table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ._library import optional_library
from ._terminal_text import terminal_line

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

_SHORT = "short"
"""Name of the function that `short_repr` gives a class; `dataclass` gives one that is wrapped."""
_LONGEST = 40
"""Characters of one field in a repr: a URL or a file name is still recognised by them."""
_MOST_FIELDS = 8
"""Fields a repr names, the first ones: what a thing is stands before what it holds."""
_WHOLE = 1e5
"""Numbers from here on are shown without decimals."""
_MOST_ROWS = 12
"""Rows of a table in a notebook: a cell's output stays in sight."""


class Tabular:
    """A result that can be laid out as one table.

    A subclass defines `records`; `row_key` names the column that identifies a row, if one does.
    """

    __slots__ = ()
    row_key: ClassVar[str] = ""

    def records(self) -> list[dict[str, Any]]:
        """Rows of the table, each by column name; every row has the same columns."""
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """The table as a pandas frame.

        Raises:
            MissingLibrary: If pandas is not installed (extra `frames`).
        """
        pandas = optional_library("pandas", "to_frame", "frames")
        frame: pd.DataFrame = pandas.DataFrame(self.records())
        return frame.set_index(self.row_key) if self.row_key and len(frame) else frame

    def _repr_html_(self) -> str:
        """The first rows of the table, for a notebook."""
        return html_table(repr(self), self.records())


def html_table(title: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """A small HTML table; every text in it is escaped.

    Args:
        title: Shown above it.
        rows: Cells by column; of many rows the first are shown.
    """
    from html import escape

    heads = list(rows[0]) if rows else []
    body = "".join(_row("td", (cell_text(row[head]) for head in heads)) for row in rows[:_MOST_ROWS])
    more = f"<p>{len(rows) - _MOST_ROWS} more rows</p>" if len(rows) > _MOST_ROWS else ""
    return (
        f"<p>{escape(title)}</p><table><thead>{_row('th', heads)}</thead><tbody>{body}</tbody></table>{more}"
    )


def cell_text(value: Any) -> str:
    """A value as a table for people shows it: numbers grouped by thousands, large ones without decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= _WHOLE else f"{value:,.6g}"
    return str(value)


def short_repr(cls: type[T]) -> type[T]:
    """Give a dataclass a repr of one line: its first fields, what is long by its size.

    Apply it above `dataclass`: the repr that `dataclass` writes holds every nested value whole.
    """

    def short(self: Any) -> str:
        names = [field.name for field in fields(self) if field.repr]
        shown = [f"{name}={brief(getattr(self, name))}" for name in islice(names, _MOST_FIELDS)]
        return (
            f"{type(self).__name__}({', '.join([*shown, *(['...'] if len(names) > _MOST_FIELDS else [])])})"
        )

    cls.__repr__ = short  # type: ignore[method-assign]
    return cls


def full_repr(value: Any) -> str:
    """The repr of a value with every field of every dataclass in it, those of `short_repr` too.

    Equal values have the same text, so a name may be made of it.
    """
    kind = type(value)
    if is_dataclass(value) and (kind.__repr__.__name__ == _SHORT or hasattr(kind.__repr__, "__wrapped__")):
        shown = (f"{f.name}={full_repr(getattr(value, f.name))}" for f in fields(value) if f.repr)
        return f"{kind.__qualname__}({', '.join(shown)})"
    if kind is tuple:
        inside = ", ".join(map(full_repr, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if kind is list:
        return f"[{', '.join(map(full_repr, value))}]"
    if kind is dict:
        return f"{{{', '.join(f'{full_repr(key)}: {full_repr(member)}' for key, member in value.items())}}}"
    return repr(value)


def brief(value: Any) -> str:
    """A value in a few characters: itself if it is short, else its type and size."""
    if isinstance(value, (str, bytes)):
        return repr(value) if len(value) <= _LONGEST else f"{repr(value[: _LONGEST - 3])[:-1]}...'"
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if hasattr(value, "shape"):
        return f"<{type(value).__name__} {'x'.join(map(str, value.shape)) or 'of one'}>"
    if isinstance(value, Sized) and isinstance(value, Iterable) and not hasattr(value, "isoformat"):
        return f"<{type(value).__name__} of {len(value)}>"
    text = terminal_line(str(value)) if _says_itself(type(value)) else ""
    return text if text and len(text) <= _LONGEST else f"<{type(value).__name__}>"


def _row(tag: str, cells: Iterable[object]) -> str:
    from html import escape  # its table of entities would slow every start

    return f"<tr>{''.join(f'<{tag}>{escape(str(cell))}</{tag}>' for cell in cells)}</tr>"


def _says_itself(kind: type) -> bool:
    """True if a type writes itself as text (a quarter, a date), and not by its repr."""
    return any("__str__" in base.__dict__ for base in kind.__mro__[:-1])
