"""What a season says: its title, the caveat that matters most, and a finding for each of its three charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hashpivot.core import Missing
from hashpivot.season import NOT_JUDGED, THRESHOLDS, CompanySeason, QuarterCounts, Season

from ._pivot import Pivot, number, pivot_of
from .formats import Quote, Sentence, clean, count_words, format_money, format_share, joined, listed

_SQUEEZED = ("offset", "partly_offset", "not_offset")
_APART = 0.05
"""One-off AI revenue of this share of revenue is worth a caveat: half of what makes it meaningful."""


@dataclass(frozen=True, slots=True)
class SeasonMessage:
    """A season in words.

    Args:
        title: Its message in one sentence, without a full stop.
        caveat: What a reader must know beside it.
        turned: Who earns from AI and chips.
        paid: Whether it replaces lost mining profit.
        signed: What contracts come to.
    """

    title: str
    caveat: Sentence
    turned: Sentence
    paid: Sentence
    signed: Sentence

    @property
    def findings(self) -> tuple[Sentence, Sentence, Sentence]:
        """A sentence for each chart."""
        return self.turned, self.paid, self.signed


@dataclass(frozen=True, slots=True)
class _Member:
    """A company with what the season compares."""

    company: CompanySeason
    pivot: Pivot

    @property
    def ticker(self) -> str:
        return clean(self.company.ticker)

    def verdict(self, question: str) -> str:
        return self.company[question].verdict


def season_message(season: Season) -> SeasonMessage:
    """Put a season into words; every count and number is one of its answers'."""
    members = [_Member(company, pivot_of(company, season.view)) for company in season.companies]
    return SeasonMessage(
        title=_title(members),
        caveat=joined(*_caveats(members)),
        turned=_turned(members),
        paid=_paid(members),
        signed=_signed(members),
    )


def newer_words(quarters: Sequence[QuarterCounts]) -> str:
    """Newer seasons, and what is known so far of quarters that are none yet; empty without any.

    `Newer season: 2026Q1. So far: 2026Q2 with total revenue of six companies, some of it by line of four`
    """
    seasons = [str(counts.quarter) for counts in quarters if counts.enough]
    begun = [
        f"{counts.quarter} with total revenue of {_companies(counts.totals)}, "
        f"{'some of it ' if counts.breakdowns else ''}by line of {count_words(counts.breakdowns)}"
        for counts in quarters
        if not counts.enough
    ]
    stand = f"Newer {'season' if len(seasons) == 1 else 'seasons'}: {listed(seasons)}" if seasons else ""
    rest = f"{'So far' if seasons else 'Newer, so far'}: {'; '.join(begun)}" if begun else ""
    return ". ".join(filter(None, (stand, rest)))


def _companies(count: int) -> str:
    return f"{count_words(count)} {'company' if count == 1 else 'companies'}"


def bar_of(question: str, verdict: str) -> float:
    """The value from which an answer has a verdict."""
    return next(t.above for t in THRESHOLDS if (t.question, t.verdict) == (question, verdict))


def _title(members: list[_Member]) -> str:
    judged = _judged(members, "revenue")
    mark = f"{bar_of('revenue', 'meaningful'):.0%}"
    if not judged:
        first = f"What AI and chips bring is not known for any of {count_words(len(members))} miners"
    elif not (passed := _with(judged, "revenue", "meaningful")):
        first = f"AI and chips stay below {mark} of revenue at {_all(len(judged))} miners"
    else:
        first = f"AI and chips pass {mark} of revenue at {_of(len(passed), len(judged))} miners"
    return "; ".join(filter(None, (first, _second(members))))


def _second(members: list[_Member]) -> str:
    """The offset where more than one company is squeezed, else what is signed."""
    squeezed = _with(members, "profitability", *_SQUEEZED)
    if len(squeezed) > 1:
        full = len(_with(squeezed, "profitability", "offset"))
        return f"they replace the lost mining profit at {_of(full, len(squeezed))}"
    signed = _signing(members)
    more = len(_with([m for m, _ in signed], "growth", "transforming"))
    return f"signed AI contracts exceed present revenue at {_of(more, len(signed))}" if signed else ""


def _caveats(members: list[_Member]) -> Iterable[Sentence]:
    """What changes a verdict first, then how much is known."""
    yield _one_off(members)
    yield _coverage(members)


def _one_off(members: list[_Member]) -> Sentence:
    """The company whose AI revenue is least what it seems."""
    pairs = [
        (m, share, rest)
        for m in members
        if (share := number(m.pivot.share)) is not None
        and (rest := number(m.pivot.recurring)) is not None
        and share - rest >= _APART
    ]
    if not pairs:
        return ()
    member, share, rest = max(pairs, key=lambda pair: pair[1] - pair[2])
    figures = member.pivot.recurring.figures
    return (
        f"Without fit-out, resale and costs passed on, {member.ticker} earns ",
        Quote(format_share(rest), member.ticker, figures),
        " of its revenue from AI and chips, not ",
        Quote(format_share(share), member.ticker, member.pivot.share.figures),
        ".",
    )


def _coverage(members: list[_Member]) -> Sentence:
    judged, paid = _judged(members, "revenue"), _judged(members, "profitability")
    if len(judged) == len(members) == len(paid):
        return ()
    parts = f"Revenue by line is known for {_of(len(judged), len(members))} companies"
    if _with(members, "profitability", "before_halving"):
        return (f"{parts}.",)
    return (f"{parts}, gross profit on both sides of the halving for {count_words(len(paid))}.",)


def _turned(members: list[_Member]) -> Sentence:
    ranked = _ranked(members, lambda m: number(m.pivot.share))
    if not ranked or not ranked[0][1]:
        return ("No company is known to earn from AI or chips.",)
    leader, share = ranked[0]
    before, base = leader.pivot.share_before, leader.pivot.base
    said: list[str | Quote] = [
        f"AI and chips have their highest share at {leader.ticker}: ",
        Quote(format_share(share), leader.ticker, leader.pivot.share.figures),
        " of revenue",
    ]
    if (then := number(before)) is not None:
        said += [", against ", Quote(format_share(then), leader.ticker, before.figures), f" in {base}"]
    return (*said, ".")


def _paid(members: list[_Member]) -> Sentence:
    squeezed = _ranked(_with(members, "profitability", *_SQUEEZED), lambda m: number(m.pivot.offset))
    spared = _with(members, "profitability", "not_squeezed")
    if not squeezed and not spared:
        if _with(members, "profitability", "before_halving"):
            return ("No quarter before a halving is in the ledger: there is nothing to compare with.",)
        return ("Gross profit by line is not known on both sides of the halving for any company.",)
    if not squeezed:
        names = listed([member.ticker for member in spared])
        return (f"Mining gross profit is not below that of {spared[0].pivot.base} at {names}.",)
    best, ratio = squeezed[0]
    made_up = Quote(f"{ratio:.0%}", best.ticker, best.pivot.offset.figures)
    if len(squeezed) + len(spared) == 1:
        known = "the one company where both are known"
        return (
            "AI and chips made up for ",
            made_up,
            f" of the mining profit lost at {best.ticker}, {known}.",
        )
    fell = _of(len(squeezed), len(squeezed) + len(spared))
    more = ", more than at any other" if len(squeezed) > 1 else ""
    return (
        f"Mining gross profit fell at {fell}; at {best.ticker} AI and chips made up for ",
        made_up,
        f" of it{more}.",
    )


def _signed(members: list[_Member]) -> Sentence:
    signing = _signing(members)
    if not signing:
        return ("No contract with both value and term is known.",)
    top, usd = signing[0]
    more = len(_with([member for member, _ in signing], "growth", "transforming"))
    return (
        f"{top.ticker} has signed the most, ",
        Quote(format_money(usd), top.ticker),
        f" a quarter over the term; contracts exceed the quarter's revenue at {_of(more, len(signing))}.",
    )


def _signing(members: list[_Member]) -> list[tuple[_Member, float]]:
    """Companies whose contracts come to something beside a known revenue, most first."""
    known = [m for m in members if not isinstance(m.pivot.cover.value, Missing)]
    return _ranked(known, lambda member: number(member.pivot.signed) or None)


def _ranked(members: list[_Member], value: Callable[[_Member], float | None]) -> list[tuple[_Member, float]]:
    known = [(member, found) for member in members if (found := value(member)) is not None]
    return sorted(known, key=lambda pair: (-pair[1], pair[0].ticker))


def _judged(members: list[_Member], question: str) -> list[_Member]:
    return [member for member in members if member.verdict(question) != NOT_JUDGED]


def _with(members: list[_Member], question: str, *verdicts: str) -> list[_Member]:
    return [member for member in members if member.verdict(question) in verdicts]


def _of(count: int, total: int) -> str:
    """`four of eleven`, `all three`, `both`, `none of three`, `the one` where there is one."""
    if count == total:
        return _all(total)
    return f"{count_words(count)} of {count_words(total)}"


def _all(total: int) -> str:
    return {1: "the one", 2: "both"}.get(total, f"all {count_words(total)}")
