"""A season, and how answers moved from season to season."""

from __future__ import annotations

from itertools import chain, starmap

from hashpivot.season import Comparison, Season

from ..answer_pages import comparison_head
from ..season_page import LeagueRow, Member, first_screen
from ..season_page.company import Badge, badge
from ..shared import QUESTIONS, newer_words, plain, season_message
from ..terminal import ComparedCell, comparison_tables
from ._fragment import Fragment, FragmentCell, FragmentTable, Picture, Titled

_VERDICTS = ("Verdict on revenue", *tuple(QUESTIONS)[1:])
_NUMBERS = ("Revenue", "YoY", "AI + chips", "Mining margin", "Offset", "Contracted / revenue")
_LEGEND = (
    "A dash is absent: point at it for the reason. Offset: gross profit of AI and chips over mining profit "
    "lost since the halving. Beside the quarter its worst grade of source: A filing, B release, C secondary."
)


def season_fragment(season: Season) -> Fragment:
    """The season's message, its three charts with their findings, and the league table."""
    message, (panels, league) = season_message(season), first_screen(season)
    newer, day = newer_words(season.newer), season.view.as_of
    return Fragment(
        title=f"{season.quarter}: {message.title}",
        lede=plain(message.caveat),
        meta=(
            f"{len(season.companies)} companies",
            f"as known on {day}" if day else "latest known figures",
            "US dollars",
        ),
        pictures=tuple(Picture(p.chart, plain(p.finding)) for p in panels if p.chart),
        tables=(FragmentTable(("", *_VERDICTS, *_NUMBERS), tuple(starmap(_row, league)), left=5),),
        notes=(_LEGEND, f"{newer}." if newer else ""),
    )


def _row(member: Member, row: LeagueRow) -> tuple[FragmentCell, ...]:
    verdicts = (badge(member.company[question]) for question in QUESTIONS)
    numbers = (row.revenue, row.year, row.share, row.margin, row.offset, row.signed)
    return Titled(row.ticker, " · ".join(filter(None, (row.fiscal, row.grade)))), *verdicts, *numbers


def comparison_fragment(comparison: Comparison) -> Fragment:
    """One row a company that was judged: the verdict of each question in each quarter, and its move."""
    head, shown = comparison_head(comparison), comparison_tables(comparison)
    header = (
        "",
        *(f"{table.question.capitalize()} {quarter}" for table in shown for quarter in table.heads),
    )
    rows = {
        parts[0][0]: tuple(chain.from_iterable(cells for _, cells, _ in parts))
        for parts in zip(*(table.rows for table in shown), strict=True)
    }
    judged = {ticker: cells for ticker, cells in rows.items() if any(c.tone != "unknown" for c in cells)}
    others = ", ".join(ticker for ticker in rows if ticker not in judged)
    return Fragment(
        title=head.title,
        lede=head.lede,
        meta=(*head.meta[1:2], "▲ up, ▼ down, = unchanged since the quarter before"),
        tables=(
            FragmentTable(
                header,
                tuple((ticker, *map(_badge, cells)) for ticker, cells in judged.items()),
                left=len(header),
            ),
        ),
        notes=(f"Not judged in any of these quarters: {others}." if others else "",),
    )


def _badge(cell: ComparedCell) -> FragmentCell:
    return Badge("", f"{cell.move} {cell.verdict}".strip(), cell.tone)
