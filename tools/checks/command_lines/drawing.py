"""Draw a case from its seed and number."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cached_property

from . import surroundings
from .case import Case, Entry, Kind
from .lines import Command, Line, commands
from .mutations import damaged
from .samples import Samples

_HOMES = ("companies.toml", "settings.toml", "network.csv", "power/ercot_LZ_WEST.csv")

_FRESH = 0.025
"""Share of the cases that load the package anew, which takes ten times as long."""
_ASK_OUT = {"fetch", "watch", "serve", "discover", "site", "--live"}
"""Commands that may ask other machines: they are watched."""


class Drawer:
    """Draws cases; the same for the same seed and number.

    Args:
        seed: Of all cases.
        samples: Sound files.
    """

    def __init__(self, seed: int, samples: Samples) -> None:
        self._seed = seed
        self._samples = samples

    @cached_property
    def _commands(self) -> list[Command]:
        return list(commands())

    def case(self, number: int) -> Case:
        """The case of this number."""
        rng = random.Random(f"{self._seed}/{number}")
        line = Line(rng, self._samples, self._commands).draw()
        files = self._home(rng) | line.files
        around = surroundings.around(rng)
        if rng.random() < _FRESH and not line.endless and not _ASK_OUT & set(line.words):
            around = replace(around, fresh=True)
        return Case(
            tuple(_argument(word) for word in line.words),
            files,
            surroundings.variables(rng),
            around,
            line.endless or any(entry.kind is Kind.PIPE for entry in files.values()),
        )

    def _home(self, rng: random.Random) -> dict[str, Entry]:
        """A user's folder: empty, or as commands left it, or with one file damaged."""
        chance = rng.random()
        if chance < 0.2:
            return {"home/settings.toml": Entry(self._samples.home["settings.toml"])}
        home = {f"home/{name}": Entry(data) for name, data in self._samples.home.items()}
        if chance < 0.4:  # not many have companies and network days of their own
            home = {
                name: entry
                for name, entry in home.items()
                if name.removeprefix("home/") not in _HOMES or "settings" in name
            }
        if chance > 0.95:
            home["home/ledger.sqlite3"] = Entry(self._samples.one(rng, "ledger")[1], told="an older schema")
        elif chance > 0.7:
            name = rng.choice(
                [name for name in home if "/store/" not in name]
                + rng.choices([name for name in home if "/store/" in name], k=1)
            )
            home[name] = damaged(rng, name, home[name].data)
        return home


def _argument(word: str) -> str:
    """A word that a system can pass on."""
    return (
        word.replace("\0", "")
        .encode("utf-8", "surrogateescape" if word.isprintable() else "surrogatepass")
        .decode("utf-8", "surrogateescape")
    )
