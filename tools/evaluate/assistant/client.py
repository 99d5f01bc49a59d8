"""A scripted client: it sees a question and the tools' schemas, and nothing else of the package.

It does what an assistant's model would do, with less wit: takes companies, periods and measures out of the
words, asks `find_company` and `figure`, reads their errors, and computes where a question needs two numbers.
It imports nothing of hashpivot and knows no address, no line and no company but those the tools tell it of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from .wording import Operation, before, operation, order, take_periods

_FILLERS = frozenset(
    """
    a an the of in at on for by from to and or its it their was were is are be been had has have did do does
    what whats what's which who where when how much many give me tell us as per with between than then
    that this those these one please pls hey hi my i want need show about only just nothing else
    hold holds held earn earned make made spend spent book booked report reported get got pay paid came
    post posted own owned generate generated sit sitting bill billing billed expense expensed
    year quarter all end big size pool within total pile not there up
    more most less fewer bigger larger higher smaller lower above below same number during over raise raised
    can could would will you find see know close month full annual yearly quarterly monthly dollars usd cik
    balance sheet under management ended ending won now found number closed large books out receive received
    """.split()  # noqa: SIM905
)
"""Words that carry a question and name nothing."""
_OF_MEASURES = frozenset({"pool", "hold", "held", "total", "per", "own", "expense", "balance", "won"})
"""Fillers that may belong to a measure."""
_COMMON = frozenset(
    """
    change difference growth share gross operating depreciation shares engineering impairment remaining cash
    fleet interest stockholders six nine months self mining self-mining percent year-on-year add combined
    ratio revenue net sga sg&a r&d ebitda adjusted hpc dividend eps mwh capex cik data power bottom machine
    coins mine
    """.split()  # noqa: SIM905
)
"""Words of finance and mining that are no company, though a name may have them."""
_VERBS = {
    "lose|lost": "net loss",
    "(?:sits?|sitting) on|owns|owned": "held",
    "(?<!to )(?:mine|produced?)": "mined",
    "unload(?:ed)?|sells?": "sold",
    "(?:take|took|bring|brought) in": "revenue",
}
_A_TO_B = re.compile(r"[^\W\d_]\s+to\s+[^\W\d_]")
_LONGEST = 7  # words of a measure


class Session(Protocol):
    """What the client needs of a session."""

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any] | str:
        """The structured answer of a tool, or the words of its error."""


@dataclass(frozen=True)
class Phrase:
    """Words of a question that the tools take for a measure."""

    text: str
    start: int
    end: int


class ScriptedClient:
    """Answers questions with one number, or with None; `absences` has what was then said to be absent.

    Args:
        session: Where tools are called.
        tools: Their schemas, as `list_tools` gives them.
    """

    def __init__(self, session: Session, tools: list[dict[str, Any]]) -> None:
        self._session = session
        self.absences: list[tuple[str, dict[str, Any]]] = []
        figure = next(tool for tool in tools if tool["name"] == "figure")["inputSchema"]["properties"]
        self._names = figure["measure"]["description"].partition("Names: ")[2].strip(". ").split(", ")
        lines = figure["line"]["description"].partition(": ")[2].strip(". ").split(", ")
        self._vocabulary = {word for name in [*self._names, *lines] for word in name.split("_")}
        self._vocabulary |= {"revenues", "bitcoins", "btc", "hashrate", "sales", "ai", "loss"}

    async def answer(self, question: str) -> float | None:
        """The number asked for; None if the tools have none."""
        self.absences = []
        text, periods = take_periods(_with_nouns(question))
        asked = operation(text)
        for longest in (True, False):  # American Bitcoin holdings may be a name, or a name and a measure
            companies, rest = await self._take_companies(asked.text if asked else text, longest=longest)
            if not companies or not periods:
                return None
            margin = re.search(r"(?i)\bgross margin\b", rest)
            if margin:
                return await self._margin(
                    companies[0], rest[: margin.start()] + rest[margin.end() :], periods[0]
                )
            several = asked is not None or _A_TO_B.search(rest) is not None
            phrases = await self._phrases(rest, companies[0], periods[0], several=several)
            if asked is None and several:
                if len(phrases) > 1:  # one measure to another
                    asked = Operation("ratio", rest)
                else:
                    phrases = await self._phrases(rest, companies[0], periods[0], several=False)
            if phrases and asked is None:
                return await self._number(companies[0], phrases[0], periods[0])
            if phrases and asked is not None:
                return await self._computed(asked, companies, periods, phrases)
        return None

    async def _margin(self, company: str, text: str, period: str) -> float | None:
        telling = (word for word in _words(text) if word[0].isalnum() and word.casefold() not in _FILLERS)
        line = " ".join(telling)
        profit = await self._number(company, f"{line} gross profit".strip(), period)
        revenue = await self._number(company, f"{line} revenue".strip(), period)
        return profit / revenue if profit is not None and revenue else None

    async def _computed(
        self, asked: Operation, companies: list[str], periods: list[str], phrases: list[str]
    ) -> float | None:
        """The result of an operation on two companies, two periods or two measures."""
        first, second = phrases[0], phrases[min(1, len(phrases) - 1)]
        if asked.name == "growth" and len(periods) == 1 and len(companies) == 1:
            periods = [before(periods[0], quarter=asked.quarterly), periods[0]]
        if len(companies) > 1:
            when = periods if len(periods) > 1 else periods * 2
            operands = [(company, first, when[n]) for n, company in enumerate(companies[:2])]
        elif len(periods) > 1:
            operands = [(companies[0], first, periods[0]), (companies[0], second, periods[1])]
        elif first != second:
            operands = [(companies[0], first, periods[0]), (companies[0], second, periods[0])]
        else:  # a sum that a longer period has
            return await self._number(companies[0], first, periods[0]) if asked.name == "sum" else None
        numbers = [await self._number(*operand) for operand in operands]
        if numbers[0] is None or numbers[1] is None:
            return None
        one, two = numbers[0], numbers[1]
        over_time = len(periods) > 1 and len(companies) == 1
        if over_time and asked.name in ("change", "growth") and order(periods[0]) < order(periods[1]):
            one, two = two, one
        if asked.turned and not (over_time and asked.name == "growth"):
            one, two = two, one
        if asked.name == "sum":
            return one + two
        if asked.name in ("minus", "change"):
            return one - two
        ratio = one / two if two else None
        return ratio - 1 if ratio is not None and asked.name == "growth" else ratio

    async def _number(self, company: str, measure: str, period: str) -> float | None:
        """An amount; None if it is absent, or if the words may mean several."""
        answer = await self._session.call("figure", company=company, measure=measure, period=period)
        if isinstance(answer, str):
            return None
        ticker, amounts = answer["company"]["ticker"], answer["amounts"]
        self.absences += [(ticker, amount) for amount in amounts if amount["status"] == "absent"]
        numbers = [amount for amount in amounts if amount["status"] == "number"]
        return float(numbers[0]["value"]) if len(numbers) == 1 else None

    async def _reading(self, company: str, phrase: str, period: str) -> tuple[str, ...] | None:
        """The measure and lines that the tools take a phrase for; None if for none."""
        answer = await self._session.call("figure", company=company, measure=phrase, period=period)
        if isinstance(answer, str):
            refused = ("measure is called", "line is called", "kept by line")
            return None if any(words in answer for words in refused) else (phrase,)
        return tuple(f"{amount['measure']}/{amount['line']}" for amount in answer["amounts"])

    async def _phrases(self, text: str, company: str, period: str, *, several: bool) -> list[str]:
        """The measures of a text in its order; none if a word of it was not understood."""
        words = _words(text)
        readings: dict[Phrase, tuple[str, ...]] = {}
        for phrase in _candidates(words, whole=not several):
            if any(phrase.start < other.end and other.start < phrase.end for other in readings):
                continue
            reading = await self._reading(company, phrase.text, period)
            first = next(iter(readings.values()), reading)
            if reading is not None and (several or reading == first):
                readings[phrase] = reading
        if not readings:
            named = self._named(text)
            return [named] if named else []
        if several and len(readings) == 1:
            readings |= await self._lent(words, *readings.items(), company, period)
        found = sorted(readings, key=lambda phrase: phrase.start)
        asides = _in_brackets(words)
        left = [at for at in range(len(words)) if at not in asides and not _taken(at, found)]
        if not all(_carries_nothing(words[at]) for at in left):
            return []  # such a word may change what is meant: gold production
        once = {readings[phrase]: phrase.text for phrase in reversed(found)}
        return [phrase.text for phrase in found if once[readings[phrase]] == phrase.text]

    async def _lent(
        self, words: list[str], whole: tuple[Phrase, tuple[str, ...]], company: str, period: str
    ) -> dict[Phrase, tuple[str, ...]]:
        """A second measure without its noun, as in `hosting and HPC revenue` or `of total`."""
        phrase, first = whole
        noun = phrase.text.split()[-1]
        free = [
            at
            for at, word in enumerate(words)
            if not phrase.start <= at < phrase.end
            and word[0].isalnum()
            and word.casefold() not in _FILLERS - {"total"}
        ]
        for at in free:
            for end in (at + 2, at + 1):
                if all(one in free for one in range(at, end)):
                    text = f"{' '.join(words[at:end])} {noun}"
                    reading = await self._reading(company, text, period)
                    if reading not in (None, first):
                        return {Phrase(text, at, end): reading}
        return {}

    def _named(self, text: str) -> str | None:
        """The measure of the schema whose words, whatever their endings, all stand in a text; the longest."""
        stems = {_stem(word) for word in re.findall(r"[a-z]+", text.casefold())}
        stems |= {"bitcoin"} if stems & {"btc", "coin"} else set()
        stems |= {_stem("mined")} if {"bitcoin", "earn"} <= stems else set()
        fits = [name for name in self._names if {_stem(word) for word in name.split("_")} <= stems]
        return max(fits, key=len, default=None)

    async def _take_companies(self, text: str, *, longest: bool) -> tuple[list[str], str]:
        """The companies named, in order, and the text without them; none if no tool knows one of them."""
        tickers: list[str] = []
        words = _words(text)
        rest: list[str] = []
        at = depth = 0
        while at < len(words):
            depth += (words[at] == "(") - (words[at] == ")")
            found, used = await self._company_at(words, at, longest=longest)
            if used and found is None and depth == 0:
                return [], text
            if used and found is not None:
                if found not in tickers:
                    tickers.append(found)
                rest.append("|")
            else:
                rest.append(words[at])
            at += used or 1
        return tickers, " ".join(rest)

    async def _company_at(self, words: list[str], at: int, *, longest: bool) -> tuple[str | None, int]:
        """A company named from a word on, and how many words name it; (None, n) for a name no tool knows."""
        if not self._may_name(words[at]):
            return None, 0
        bare = _bare(words[at])
        named = bare[:1].isupper() or bare[:1].isdigit() or at == 0
        certain: list[tuple[str, int]] = []
        near: list[tuple[str, int]] = []
        for length in range(_name_length(words, at), 0, -1):
            name = _bare(" ".join(words[at : at + length]))
            answer = await self._session.call("find_company", text=name)
            matches = answer["matches"] if isinstance(answer, dict) else []
            if matches and matches[0]["certain"]:
                certain.append((matches[0]["ticker"], length))
            elif len(matches) == 1 and matches[0]["matched_by"] == "near" and (named or length > 1):
                near.append((matches[0]["ticker"], length))
        if certain:  # a slip in a further word belongs to the name
            same = [one for one in [*near, *certain] if one[0] == certain[0][0]]
            return max(same, key=lambda one: one[1]) if longest else certain[-1]
        if near:
            return near[0]
        quoted = at > 0 and words[at - 1] in ("'", '"')
        unknown = (at > 0 and bare[:1].isupper()) or words[at].endswith(("'s", "’s"))
        unknown = unknown and not quoted
        return None, 1 if unknown and len(bare) > 2 and not bare.isupper() else 0

    def _may_name(self, word: str) -> bool:
        bare = _bare(word).casefold()
        if not bare or not bare[0].isalnum() or len(bare) < 3:
            return False
        if bare in _FILLERS and not word.isupper():  # can, and CAN
            return False
        return bare not in self._vocabulary and bare not in _COMMON


def _with_nouns(question: str) -> str:
    """The question with nouns for verbs that name a measure."""
    for verb, noun in _VERBS.items():
        question = re.sub(rf"\b(?:{verb})\b", noun, question, flags=re.IGNORECASE)
    return question


def _bare(name: str) -> str:
    """A name without the ending of what it owns."""
    return re.sub(r"['’]s?$", "", name)


def _name_length(words: list[str], at: int) -> int:
    """How many words from one on may be one name: up to four, none after one that owns, none twice."""
    length = 0
    while length < 4 and at + length < len(words) and words[at + length][0].isalnum():
        further = words[at + length]
        if length and further.casefold() == words[at + length - 1].casefold():
            break
        if length and words[at].istitle() and further in ("mining", "digital"):  # Hut 8 mining sales
            break
        length += 1
        if _bare(words[at + length - 1]) != words[at + length - 1]:
            break
    return length


def _words(text: str) -> list[str]:
    """Words, and marks as words of their own."""
    return re.findall(r"[\w][\w&'’./-]*[\w'’]|\w|[^\w\s]", text)


def _candidates(words: list[str], *, whole: bool) -> Iterator[Phrase]:
    """Runs of words between marks that may name a measure, the longest first.

    If the whole text has one measure, its words may also stand apart: runs without fillers and across marks.
    """
    runs: list[list[int]] = [[]]
    for at, word in enumerate(words):
        if word[0].isalnum():
            runs[-1].append(at)
        elif runs[-1]:
            runs.append([])
    if whole:
        runs.append([at for run in runs for at in run])
        runs += [[at for at in run if words[at].casefold() not in _FILLERS - _OF_MEASURES] for run in runs]
    found: dict[tuple[int, ...], Phrase] = {}
    for run in runs:
        for length in range(1, min(len(run), _LONGEST) + 1):
            for start in range(len(run) - length + 1):
                at = run[start : start + length]
                ends = {words[at[0]].casefold(), words[at[-1]].casefold()}
                if not ends & (_FILLERS - _OF_MEASURES) and not {words[n].casefold() for n in at} <= _FILLERS:
                    found[tuple(at)] = Phrase(" ".join(words[n] for n in at), at[0], at[-1] + 1)
    yield from (found[at] for at in sorted(found, key=lambda at: (-len(at), at)))


def _taken(at: int, phrases: list[Phrase]) -> bool:
    return any(phrase.start <= at < phrase.end for phrase in phrases)


def _in_brackets(words: list[str]) -> set[int]:
    """Where words stand in round brackets."""
    depth, inside = 0, set()
    for at, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if depth:
            inside.add(at)
    return inside


def _carries_nothing(word: str) -> bool:
    return not word[0].isalnum() or word.casefold() in _FILLERS


def _stem(word: str) -> str:
    """A word without its ending: mine, mined and mining are one."""
    if word in ("hold", "holds", "holding"):
        return "held"
    return re.sub(r"(?:ing|ed|es|e|s)$", "", word) if len(word) > 3 else word
