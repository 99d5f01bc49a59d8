"""The words of `hashpivot fetch`: tickers, or one report as `coverage --missing` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashpivot.core import Quarter
    from hashpivot.desk import Desk
    from hashpivot.ledger import ExpectedReport


def understood(
    words: tuple[str, ...], desk: Desk, *, otherwise_chosen: bool
) -> tuple[list[str], list[ExpectedReport]]:
    """Return tickers, or the report that `TICKER FORM[,FORM] QUARTER` names.

    Args:
        words: As typed.
        desk: Knows the companies.
        otherwise_chosen: True if options choose quarters or forms, which contradicts a named report.

    Raises:
        InvalidInput: If a form or a quarter stands where a ticker is due, or a report is named and something
            else chosen as well.
        UnknownCompany: If a report's company is none.
    """
    from hashpivot.core import InvalidInput
    from hashpivot.ledger import ExpectedReport

    quarter = _quarter(words[-1]) if len(words) >= 3 else None
    if quarter is None:
        _only_tickers(words)
        return list(words), []
    if otherwise_chosen:
        raise InvalidInput(
            f"{' '.join(words)} names one report, so nothing else can be chosen",
            hint="leave out --season, --since, --missing and --forms",
        )
    forms = " ".join(words[1:-1]).replace(",", " or ")
    return [], [ExpectedReport(desk.ticker_of(words[0]), forms, quarter, "")]


def _only_tickers(words: tuple[str, ...]) -> None:
    from hashpivot.core import InvalidInput
    from hashpivot.sources.sec import FORMS, chosen

    for word in words:
        if chosen(word, FORMS):
            raise InvalidInput(
                f"{word} is a form, and a ticker is due",
                hint=f"name one report whole, such as CORZ {word} 2024Q1, or add --forms {word}",
            )
        if _quarter(word):
            raise InvalidInput(f"{word} is a quarter, and a ticker is due", hint=f"add --season {word}")


def _quarter(word: str) -> Quarter | None:
    from hashpivot.core import InvalidInput, Quarter

    try:
        return Quarter.parse(word)
    except InvalidInput:
        return None
