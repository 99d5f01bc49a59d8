"""What a season's page is written from: finished results, with nothing left to compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import Missing, Quarter
from hashpivot.season import Comparison, Season

if TYPE_CHECKING:
    from hashpivot.nowcast import Nowcast


@dataclass(frozen=True)
class SeasonReport:
    """A season with the comparisons and the nowcast that its page shows.

    `Desk.season_report` makes one from the desk's own figures and network.

    Args:
        season: The season.
        earlier: By earlier quarter, that season compared with this one, or why it cannot be compared.
        nowcast: What was expected of the season's companies before they reported, or why nothing was.
        without: Companies that owed a report on the quarter and have no figures, by ticker.
    """

    season: Season
    earlier: Mapping[Quarter, Comparison | Missing]
    nowcast: Nowcast | Missing
    without: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"SeasonReport({self.season.quarter}, {len(self.season.companies)} companies)"
