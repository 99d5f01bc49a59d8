"""What every result of a desk offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hashpivot.core import Tabular

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.report import Fragment

_WAYS = (
    "to_frame()",
    "print()",
    "to_html(path)",
    "to_excel(path)",
    "to_chart(path)",
    "to_csv(path)",
    "to_toml(path)",
)


class DeskResult(Tabular):
    """A finished result with the ways to show it.

    A subclass defines `to_dict`, `records` and `_show`; where there is a page, a workbook or a chart it has
    `to_html`, `to_excel` or `to_chart` too.
    """

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of the command that shows this result (docs/json.md)."""
        raise NotImplementedError

    def print(self, console: Console | None = None) -> None:
        """Print the result as the command line does.

        Args:
            console: Where; the terminal if not given.
        """
        from hashpivot.report import terminal_console

        self._show(console or terminal_console())

    def _repr_html_(self) -> str:
        """What a notebook shows: the result's message, charts and main table; no script, text escaped."""
        from hashpivot.report import render_fragment

        return render_fragment(
            self._fragment(), [f".{way}" for way in _WAYS if hasattr(self, way.partition("(")[0])]
        )

    def _fragment(self) -> Fragment:
        """What a notebook shows; the first rows of the table unless a subclass has something better."""
        from hashpivot.report import records_fragment

        return records_fragment(repr(self), self.records())

    def _show(self, console: Console) -> None:
        raise NotImplementedError
