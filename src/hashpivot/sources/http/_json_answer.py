"""JSON of a service, read by the shape it is known to have."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

from hashpivot.core import UnexpectedAnswer

from ._client import Client, Fetched

_MOST = Decimal("1e40")  # no amount of any service is larger; beyond it a few bytes could spell a huge number
_KEYS_SHOWN = 6
_HINT = "the service may have changed, or the address is not that of its API; try a newer hashpivot"
_KINDS = {
    bool: "true or false", str: "a text", int: "a whole number", Decimal: "a number", list: "a list",
    dict: "an object", type(None): "null",
}  # fmt: skip


class JsonAnswer:
    """A value in a service's JSON, and where it stands. What does not have the expected shape is refused.

    Args:
        value: The value; numbers with a point are `Decimal`.
        where: Address of the answer.
        path: Of the value in it, such as `[3].mediantime`; empty for the whole.
    """

    def __init__(self, value: Any, where: str, path: str = "") -> None:
        self.value, self.where, self.path = value, where, path

    def __repr__(self) -> str:
        return f"JsonAnswer({self.where} {self.path or 'whole'}: {_kind(self.value)})"

    @classmethod
    def of(cls, fetched: Fetched) -> JsonAnswer:
        """Parse an answer. Whole numbers are exact, however long (JavaScript's are not, beyond 2^53).

        Raises:
            UnexpectedAnswer: If it is not JSON; a page of HTML is called one.
        """
        try:
            value = json.loads(fetched.body, parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, ArithmeticError, RecursionError):
            got = "a page of HTML" if _is_page(fetched.body) else "something else"
            raise UnexpectedAnswer(
                f"expected JSON, but it gave {got}",
                where=fetched.url,
                hint=_HINT,
            ) from None
        return cls(value, fetched.url)

    def __getitem__(self, key: str | int) -> JsonAnswer:
        """The value under a key of an object, or at a place of a list.

        Raises:
            UnexpectedAnswer: If there is none.
        """
        if isinstance(key, str):
            if not isinstance(self.value, dict):
                self.unexpected("an object")
            if key not in self.value:
                shown = ", ".join(repr(name)[:40] for name in sorted(self.value)[:_KEYS_SHOWN])
                self.unexpected(f"an object with {key!r}", f"one with {shown or 'no key'}")
            return JsonAnswer(self.value[key], self.where, f"{self.path}.{key}".lstrip("."))
        if not isinstance(self.value, list):
            self.unexpected("a list")
        if not -len(self.value) <= key < len(self.value):
            self.unexpected(f"a list with a place {key}", f"one of {len(self.value)}")
        return JsonAnswer(self.value[key], self.where, f"{self.path}[{key}]")

    def get(self, key: str) -> JsonAnswer | None:
        """The value under a key; None if there is none, or it is null.

        Raises:
            UnexpectedAnswer: If this is no object.
        """
        if not isinstance(self.value, dict):
            self.unexpected("an object")
        return self[key] if self.value.get(key) is not None else None

    def members(self) -> list[JsonAnswer]:
        """The values of an object, in its order.

        Raises:
            UnexpectedAnswer: If it is none.
        """
        if not isinstance(self.value, dict):
            self.unexpected("an object")
        return [self[key] for key in self.value]

    def items(self, least: int = 0) -> list[JsonAnswer]:
        """The values of a list.

        Args:
            least: How many it must have at least.

        Raises:
            UnexpectedAnswer: If it is no list, or has fewer.
        """
        if not isinstance(self.value, list):
            self.unexpected("a list")
        if len(self.value) < least:
            self.unexpected(f"a list of at least {least}", f"one of {len(self.value)}")
        return [self[place] for place in range(len(self.value))]

    def text(self) -> str:
        """A text.

        Raises:
            UnexpectedAnswer: If it is none.
        """
        return self.value if isinstance(self.value, str) else self.unexpected("a text")

    def whole(self, least: int | None = None, most: int | None = None) -> int:
        """A whole number, exactly; also one written as text, or with an exponent (1.05e+21).

        Args:
            least: Smallest that can be.
            most: Largest that can be.

        Raises:
            UnexpectedAnswer: If it is none, or cannot be.
        """
        number = self._decimal()
        if number != number.to_integral_value():
            self.unexpected("a whole number")
        value = int(number)
        if (least is not None and value < least) or (most is not None and value > most):
            self.unexpected(
                f"a whole number from {least} to {most if most is not None else 'any'}", f"{value:,}"
            )
        return value

    def number(self, least: float | None = None) -> float:
        """A number, also one written as text.

        Args:
            least: Smallest that can be.

        Raises:
            UnexpectedAnswer: If it is none, not finite, or too small.
        """
        value = float(self._decimal())
        if least is not None and value < least:
            self.unexpected(f"a number of at least {least:g}", f"{value:g}")
        return value

    def unexpected(self, expected: str, got: str = "") -> NoReturn:
        """Refuse the value, with what was expected.

        Args:
            expected: In words.
            got: In words; the kind of the value if not given.

        Raises:
            UnexpectedAnswer: Always.
        """
        place = f" at {self.path}" if self.path else ""
        raise UnexpectedAnswer(
            f"expected {expected}{place}, but it gave {got or _kind(self.value)}",
            where=self.where,
            hint=_HINT,
        )

    def _decimal(self) -> Decimal:
        value = self.value
        if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
            self.unexpected("a number")
        if isinstance(value, str) and len(value) > 60:
            self.unexpected("a number", "a long text")
        try:
            number = Decimal(value)
        except ArithmeticError:
            self.unexpected("a number")
        if not number.is_finite() or not -_MOST <= number <= _MOST:
            self.unexpected("a number", "one out of all bounds")
        return number


def get_json(client: Client, url: str) -> JsonAnswer:
    """Ask for JSON; a body that was cut is asked for again, a page of HTML is not.

    Raises:
        SourceError: As `Client.get`; UnexpectedAnswer if it is not JSON.
    """
    return JsonAnswer.of(client.get(url, whole=is_whole_json))


def post_json(client: Client, url: str, question: object) -> JsonAnswer:
    """Ask by JSON for JSON; otherwise as `get_json`."""
    return JsonAnswer.of(client.post(url, json.dumps(question).encode(), whole=is_whole_json))


def is_whole_json(body: bytes) -> bool:
    """True unless the body is JSON that was cut; a page in its place is whole, and refused later."""
    if _is_page(body):
        return True
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _is_page(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "something else")


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)  # NaN and Infinity are no JSON
