"""`hashpivot fetch`: filings, unless its first word names another source."""

from __future__ import annotations

import click

from ._fetch import filings
from ._network import network
from ._power import power


class _FetchGroup(click.Group):
    """A group whose command is that for filings unless a word names another, also after options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = next((word for word in args if word in self.commands), "filings")
        rest = list(args)
        if named in rest:
            rest.remove(named)
        return super().parse_args(ctx, [named, *rest])


command = _FetchGroup("fetch", help="Filings, network days and power prices from their sources.")
command.add_command(filings)
command.add_command(network)
command.add_command(power)
