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

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_PERIODS = [
    rf"\b(?:ytd|year[ -]to[ -]date)\s+q[1-4]\s+{_YEAR}",
    rf"\b(?:(?:fiscal|calendar)\s+)?(?:fq[1-4]|f?[1-4]q|q[1-4])\s*(?:of\s+)?(?:fy|fiscal)?\s*'?(?:{_YEAR}|\d\d)\b",
    rf"\b{_YEAR}\s*-?q[1-4]\b",
    rf"\b(?:{_ORDINAL}\s+)?(?:fiscal\s+)?quarter\s+ended\s+(?:\d+\s+{_MONTH}|{_MONTH}\s+\d\d?,?|{_MONTH})\s+{_YEAR}",
    rf"\b(?:three|six|nine|twelve)\s+months\s+ended\s+(?:\d+\s+{_MONTH}|{_MONTH}\s+\d\d?,?|{_MONTH})\s+{_YEAR}",
    rf"\b{_ORDINAL}\s+(?:fiscal\s+)?(?:quarter|half)\s+(?:of\s+)?(?:fiscal\s+)?{_YEAR}",
    rf"\bfirst\s+(?:six|nine)\s+months\s+of\s+(?:fiscal\s+)?{_YEAR}",
    rf"\b(?:\d\d?\s+{_MONTH}|{_MONTH}\s+\d\d?,)\s+{_YEAR}",
    rf"\b{_MONTH}\s+{_YEAR}",
    rf"\b(?:(?:fiscal|full|calendar)\s+year|year[ -]end|fiscal|calendar|fy|cy)\s*(?:{_YEAR}|\d\d)\b",
    rf"\b{_YEAR}\b",
]  # fmt: skip
_LEADING = (
    r"(?:\b(?:at|in|for|on|of|during|by|from|to|and|between|against)?\s*(?:the\s+)?(?:all of|end of)?\s*)"
)
_FILLERS = frozenset(
    """
    a an the of in at on for by from to and or its it was were is are be been did do does what whats
    which how much many give me tell us have had has hold held earn earned make made spend spent
    book booked report reported get got take took pay paid come came as per with between than year
    all end quarter big size own pool within percent percentage difference ratio compared combined
    total
    """.split()  # noqa: SIM905
)
_SKIPPED = {"pool", "hold", "held", "total", "per", "own"}  # fillers that may belong to a measure


class Session(Protocol):
    """What the client needs of a session."""

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any] | str:
        """The structured answer of a tool, or the words of its error."""


@dataclass
class Found:
    """What was taken out of a question."""

    companies: list[tuple[int, str]]
    periods: list[str]
    rest: str


class ScriptedClient:
    """Answers questions with one number, or with None; `absences` has what was then said to be absent.

    Args:
        session: Where tools are called.
        tools: Their schemas, as `list_tools` gives them.
    """

    def __init__(self, session: Session, tools: list[dict[str, Any]]) -> None:
        self._session = session
        self.absences: list[tuple[str, dict[str, Any]]] = []
        figure = next(tool for tool in tools if tool["name"] == "figure")
        said = figure["inputSchema"]["properties"]["measure"]["description"]
        names = said.partition("Names: ")[2].strip(". ").split(", ")
        self._names = names
        lines = figure["inputSchema"]["properties"]["line"]["description"].partition(": ")[2].strip(". ")
        self._vocabulary = {word for name in [*names, *lines.split(", ")] for word in name.split("_")}
        self._vocabulary |= {
            "revenues",
            "btc",
            "hashrate",
            "sales",
            "coins",
            "mine",
            "mined",
            "ai",
            "net",
            "loss",
        }

    async def answer(self, question: str) -> float | None:
        """The number asked for; None if the tools have none."""
        self.absences = []
        text, periods = _take_periods(question)
        companies, text = await self._take_companies(text)
        if not companies or not periods:
            return None
        operation = _operation(text)
        if operation is None and len(periods) > 1 and len(companies) == 1:
            operation = "change"
        if operation == "growth" and len(periods) == 1:
            periods.insert(0, _year_before(periods[0]))
        if operation is None:
            return await self._number(companies[0], text, periods[0])
        return await self._computed(operation, companies, periods, text)

    async def _computed(
        self, operation: str, companies: list[str], periods: list[str], text: str
    ) -> float | None:
        parts = _parts(operation, text)
        if len(companies) > 1:
            asked = [(company, text, periods[0]) for company in companies[:2]]
        elif len(periods) > 1:
            asked = [(companies[0], parts[min(n, len(parts) - 1)], periods[n]) for n in (0, 1)]
        elif len(parts) > 1:
            asked = [(companies[0], part, periods[0]) for part in parts[:2]]
        else:
            return None
        numbers = [await self._number(*one) for one in asked]
        if any(number is None for number in numbers):
            return None
        one, two = (float(number) for number in numbers if number is not None)
        if len(periods) > 1 and len(companies) == 1 and operation in ("change", "growth"):
            earlier, later = (one, two) if _order(periods[0]) <= _order(periods[1]) else (two, one)
            return later - earlier if operation == "change" else later / earlier - 1
        return {
            "change": one - two,
            "minus": one - two,
            "growth": one / two - 1 if two else None,
            "sum": one + two,
            "ratio": one / two if two else None,
        }[operation]

    async def _number(self, company: str, measure: str, period: str) -> float | None:
        """The amount of the longest phrase of a text that is a measure."""
        for phrase in _phrases(measure):
            answer = await self._session.call("figure", company=company, measure=phrase, period=period)
            if isinstance(answer, str):
                if "measure is called" in answer or "line is called" in answer or "kept by line" in answer:
                    continue
                return None
            numbers = [amount for amount in answer["amounts"] if amount["status"] == "number"]
            missing = [amount for amount in answer["amounts"] if amount["status"] == "absent"]
            self.absences += [(answer["company"]["ticker"], amount) for amount in missing]
            if len(numbers) != 1:
                return None
            return float(numbers[0]["value"])
        named = self._named(measure)
        return await self._number(company, named, period) if named and named != measure else None

    def _named(self, text: str) -> str | None:
        """The measure of the schema whose words, whatever their endings, all stand in a text; the longest."""
        stems = {_stem(word) for word in re.findall(r"[a-z]+", text.casefold())}
        stems |= {"bitcoin"} if "btc" in stems else set()
        fits = [name for name in self._names if {_stem(word) for word in name.split("_")} <= stems]
        return max(fits, key=len, default=None)

    async def _take_companies(self, text: str) -> tuple[list[str], str]:
        """The companies named, in order, and the text without them."""
        tickers: list[str] = []
        words = re.findall(r"[\w&'’.-]+|[^\w\s]", text)
        at = 0
        rest: list[str] = []
        while at < len(words):
            found, used = await self._company_at(words, at)
            if used:
                if found is None:
                    return [], text
                if found not in tickers:
                    tickers.append(found)
                at += used
            else:
                rest.append(words[at])
                at += 1
        return tickers, " ".join(rest)

    async def _company_at(self, words: list[str], at: int) -> tuple[str | None, int]:
        """A company named from a word on, and how many words name it; (None, n) for a name no tool knows."""
        if not self._may_name(words[at], first=at == 0):
            return None, 0
        longest = 0
        while longest < 4 and at + longest < len(words) and re.match(r"[\w&]", words[at + longest]):
            longest += 1
            if re.search(r"['’]s?$", words[at + longest - 1]):
                break
        named = words[at][:1].isupper() or words[at][:1].isdigit() or at == 0
        near: tuple[str | None, int] = (None, 0)
        for length in range(longest, 0, -1):
            name = re.sub(r"['’]s?$", "", " ".join(words[at : at + length]))
            answer = await self._session.call("find_company", text=name)
            matches = answer["matches"] if isinstance(answer, dict) else []
            if matches and matches[0]["certain"]:
                same = near[0] == matches[0]["ticker"]
                return near if same else (matches[0]["ticker"], length)
            if len(matches) == 1 and named and not near[1]:
                near = matches[0]["ticker"], length
        if near[1]:
            return near
        bare = re.sub(r"['’]s?$", "", words[at])
        unknown = (at > 0 and bare[:1].isupper()) or re.search(r"['’]s$", words[at]) is not None
        return None, 1 if unknown and len(bare) > 2 and not bare.isupper() else 0

    def _may_name(self, word: str, *, first: bool) -> bool:
        bare = re.sub(r"['’]s?$", "", word).casefold()
        if bare in _FILLERS or bare in self._vocabulary or len(bare) < 3 or bare in _COMMON:
            return False
        return word[:1].isupper() or word[:1].isdigit() or first or len(word) > 3


_COMMON = frozenset(
    """
    change difference growth share gross operating depreciation shares engineering impairment
    remaining cash fleet interest stockholders six nine months self mining self-mining percent
    year-on-year year add combined ratio revenue net sga sg&a r&d ebitda adjusted hpc total dividend
    eps mwh capex cik
    """.split()  # noqa: SIM905
)


def _take_periods(question: str) -> tuple[str, list[str]]:
    """The periods of a question in order, and the question without them."""
    spans: list[tuple[int, int, str]] = []
    masked = question
    for pattern in _PERIODS:
        for match in re.finditer(pattern, masked, flags=re.IGNORECASE):
            spans.append((match.start(), match.end(), question[match.start() : match.end()]))
            masked = masked[: match.start()] + "\0" * (match.end() - match.start()) + masked[match.end() :]
    spans.sort()
    text = re.sub(rf"{_LEADING}\0+", " | ", masked, flags=re.IGNORECASE)
    return text, [words for _, _, words in spans]


def _operation(text: str) -> str | None:
    """What is to be computed from two numbers; None if one is asked for."""
    plain = f" {text.casefold()} "
    tests = [
        ("growth", r"percent growth|growth of|grow .*percent|percentage (?:did|growth)|year.on.year"),
        (
            "ratio",
            r"\bshare of (?!r&d)|as a share|percentage of|\bratio\b|gross margin|\bdivided?\b|fraction of"
            r"| over (?!the|\|)|\| over \|",
        ),
        ("sum", r"\bcombined\b|\bsum of|add up|\bplus\b|\btogether\b"),
        ("minus", r"\bminus\b|\bless\b"),
        ("change", r"difference|how many more|how much (?:larger|more|bigger)|change \||holdings change"),
    ]
    found = next((name for name, pattern in tests if re.search(pattern, plain)), None)
    return None if found == "change" and "fair value" in plain else found


def _parts(operation: str, text: str) -> list[str]:
    """The measures of a computation, in the order of its operands."""
    plain = re.sub(r"\s+", " ", text)
    if operation == "ratio":
        margin = re.search(r"(?i)(.*)\bgross margin\b(.*)", plain)
        if margin:
            words = re.findall(r"[\w&-]+", f"{margin[1]} {margin[2]}")
            line = " ".join(word for word in words if word.casefold() not in _FILLERS)
            return [f"{line} gross profit", f"{line} revenue"]
        of = re.search(r"(?i)(?:share|fraction) of(.*?)(?:came from|comes from|come from|was|is)(.*)", plain)
        if of:
            whole = of[1] if "total" in of[1].casefold() else f"total {of[1]}"
            return [f"{of[2]} revenue", whole]
        for words in (r"as a (?:share|percentage) of", r"\bdivided? by\b", r"\bover\b", r" to "):
            split = re.split(words, re.sub(r"(?i)\bratio of\b|.*:\s*divide\b", "", plain), maxsplit=1)
            if len(split) == 1 and words == r"\bdivided? by\b":
                split = (
                    re.split(r" by ", re.sub(r"(?i).*\bdivide\b", "", plain), maxsplit=1)
                    if "divide" in plain
                    else split
                )
            if len(split) == 2 and all(list(_phrases(part)) for part in split):
                return _with_measure(split)
        return [plain]
    words = {"sum": r"\band\b|\bplus\b", "minus": r"\bminus\b|\bless\b"}.get(operation)
    split = (
        re.split(f"(?i){words}", re.sub(r"(?i)add up|combined", "", plain), maxsplit=1) if words else [plain]
    )
    useful = [part for part in split if list(_phrases(part))]
    return _with_measure(useful) if len(useful) > 1 else useful or [plain]


def _with_measure(parts: list[str]) -> list[str]:
    """Lend the measure that only the last part names to the first: `cloud and colocation revenue`."""
    if (
        "revenue" in parts[1].casefold()
        and len(list(_phrases(parts[0])))
        and "revenue" not in parts[0].casefold()
    ):
        short = max(_phrases(parts[0]), key=len).split()
        if short and short[-1].casefold() in ("cloud", "colocation", "hosting", "mining"):
            return [f"{parts[0]} revenue", parts[1]]
    return parts


def _phrases(text: str) -> Iterator[str]:
    """Runs of words that may name a measure, the longest first."""
    runs = [re.findall(r"[\w&'’-]+", run) for run in re.split(r"[|,:;?()]| - ", text)]
    whole = [word for run in runs for word in run]
    runs += [[word for word in run if word.casefold() not in _FILLERS - _SKIPPED] for run in runs]
    candidates: list[list[str]] = []
    for run in [*runs, whole]:
        for length in range(min(len(run), 7), 0, -1):
            candidates += [run[at : at + length] for at in range(len(run) - length + 1)]
    seen = set()
    for words in sorted(candidates, key=len, reverse=True):
        if all(word.casefold() in _FILLERS for word in words):
            continue
        if words[0].casefold() in _FILLERS - _SKIPPED or words[-1].casefold() in _FILLERS - _SKIPPED:
            continue
        phrase = " ".join(words)
        if phrase not in seen:
            seen.add(phrase)
            yield phrase


def _stem(word: str) -> str:
    """A word without its ending: mine, mined and mining are one."""
    if word in ("hold", "holds", "holding"):
        return "held"
    return re.sub(r"(?:ing|ed|es|e|s)$", "", word) if len(word) > 3 else word


def _year_before(period: str) -> str:
    return re.sub(r"(?:19|20)\d\d|\d\d$", lambda match: str(int(match[0]) - 1), period, count=1)


def _order(period: str) -> tuple[int, int, int]:
    """When a period is, to tell the earlier of two."""
    plain = period.casefold()
    year = re.search(r"(?:19|20)\d\d|\d\d$", plain)
    quarter = re.search(r"q([1-4])|([1-4])q", plain)
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    month = next((n for n, name in enumerate(months, 1) if name in plain), 0)
    number = int(quarter[1] or quarter[2]) if quarter else 0
    return int(year[0]) % 100 if year else 0, number, month
