"""A view: one page of the web desk, from its address to what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote, urlencode

from ._parameter import Parameter

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ._jobs import Job
    from ._live_desk import Work

Arguments: TypeAlias = Mapping[str, Any]
"""Values by parameter."""

_IN_PATH = re.compile(r"\{(\w+)(:path)?\}")
"""A parameter of a path; with `:path` it may hold slashes."""

AS_OF = Parameter("as_of", "day", "only what was known on that day")
WATCH = Parameter("watch", "text", "only these companies: tickers with commas between them", shown=False)
ARRANGEMENT = (
    Parameter("sort", "text", "the column by which the table is sorted", shown=False),
    Parameter("order", "text", "asc, or desc for the highest first", shown=False),
    Parameter("filter", "text", "words that each row of the table must have", shown=False),
)
"""How the page's table stands; its twins have all rows in the order of the answer."""
CHART = Parameter("chart", "text", "the drawing, by name; the first of the page if not given")
TABLE_ENDINGS, CHART_ENDINGS = ("csv", "xlsx", "parquet"), ("svg", "png")


@dataclass(frozen=True)
class WebView:
    """One page; routes, navigation and twins are made from it.

    Args:
        name: Unique.
        path: Its address, parameters of the path in braces.
        title: What it shows.
        call: The call of `Desk` that answers it; empty if the answer is the web desk's own.
        answer: Makes the answer.
        body: Renders the answer.
        parameters: Of path and query; `as_of` not among them.
        dated: It can be asked as of a day.
        menu: Its name in the navigation; not there if empty.
        also: Other addresses of the page.
        command: The command that prints the JSON twin; empty without one.
        table: It has twins as tables, from `records`.
        charts: It has twins of its drawings, from `PageBody.charts`.
        schema: Name of the schema of its JSON twin; any object if empty.
        related: Titles and addresses of what is beside it.
        slow: Whether what is asked takes long: then it is made by a job; never if not given.
        again: Seconds until the page is to be loaded again, 0 if it stays as it is; never if not given.
        kept: The answer changes only with the ledger or the day.
        sortable: It has a table that can be sorted and filtered.
        about: Ticker of the company that the answer is about, which can be watched.
        reads_files: Showing the answer reads files, for which no other page waits.
        pending: The job whose end the page waits for, if one runs.
        leads: Address that a question leads to instead of the page; empty if to none.
    """

    name: str
    path: str
    title: str
    call: str
    answer: Callable[[Work, Arguments], Any]
    body: Callable[[Work, Any, Arguments], PageBody]
    parameters: tuple[Parameter, ...] = ()
    dated: bool = True
    menu: str = ""
    also: tuple[str, ...] = ()
    command: str = ""
    table: bool = True
    charts: bool = False
    schema: str = ""
    related: Callable[[Any, Arguments], list[tuple[str, str]]] | None = None
    slow: Callable[[Arguments], bool] | None = None
    again: Callable[[Any], int] | None = None
    kept: bool = True
    sortable: bool = False
    about: Callable[[Any], str] | None = None
    reads_files: bool = False
    pending: Callable[[Work, Arguments], Job | None] | None = None
    leads: Callable[[Work, Arguments], str] | None = None

    @property
    def asked(self) -> tuple[Parameter, ...]:
        """All parameters."""
        return (*self.parameters, AS_OF) if self.dated else self.parameters

    def asked_of(self, ending: str) -> tuple[Parameter, ...]:
        """All parameters of a twin.

        Args:
            ending: Of the twin; empty for the page itself.
        """
        if ending in CHART_ENDINGS:
            return (*self.asked, CHART)
        return self.asked if ending or not self.sortable else (*self.asked, *ARRANGEMENT)

    @property
    def data_formats(self) -> tuple[str, ...]:
        """Endings of the twins that hold what the whole page does."""
        return ("json", *TABLE_ENDINGS) if self.table else ("json",)

    @property
    def formats(self) -> tuple[str, ...]:
        """Endings of all its twins."""
        return (*self.data_formats, *CHART_ENDINGS) if self.charts else self.data_formats

    def steady(self, arguments: Arguments) -> bool:
        """Its answer to a question changes only with the ledger or the day, and is quickly made."""
        return self.kept and not (self.is_slow(arguments) or self.pending or self.leads)

    def is_slow(self, arguments: Arguments) -> bool:
        """The answer to a question is made by a job."""
        return self.slow is not None and self.slow(arguments)

    @property
    def in_path(self) -> tuple[str, ...]:
        """Names of the parameters in its path."""
        return names_in(self.path)


def address(path: str, arguments: Arguments = {}, ending: str = "") -> str:  # noqa: B006
    """Return an address.

    Args:
        path: With parameters in braces.
        arguments: Values by parameter; those that are not in the path make the query.
        ending: Of a twin, such as `json`.
    """
    given = {name: value for name, value in arguments.items() if value is not None and value != ()}
    query: list[tuple[str, str]] = []
    for name, value in given.items():
        if name not in names_in(path):
            query += [(name, str(part)) for part in (value if isinstance(value, tuple) else (value,))]

    def fill(found: re.Match[str]) -> str:
        safe = "/@" if found[2] else ""
        return quote(str(given[found[1]]), safe=safe) if found[1] in given else found[0]

    filled = _IN_PATH.sub(fill, path)
    return filled + (f".{ending}" if ending else "") + (f"?{urlencode(query, safe='/@')}" if query else "")


def names_in(path: str) -> tuple[str, ...]:
    """Names of the parameters in a path."""
    return tuple(found[1] for found in _IN_PATH.finditer(path))


def asked_alone(view: WebView, arguments: Arguments) -> dict[str, Any]:
    """What of a page's arguments its answer depends on, without how its table stands."""
    arranging = {parameter.name for parameter in ARRANGEMENT} if view.sortable else set()
    return {name: value for name, value in arguments.items() if name not in arranging}


def same_day(arguments: Arguments) -> dict[str, Any]:
    """The day of `as_of`, to be carried to another page."""
    return {name: value for name, value in arguments.items() if name == AS_OF.name}
