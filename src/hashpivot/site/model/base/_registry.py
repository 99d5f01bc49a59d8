"""Kinds of one thing (tariffs, power contracts, loads): a class each, named by `kind` in a site's file."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar

from hashpivot.core import InvalidInput

from ._fields import Fields


class Readable(Protocol):
    """A class that reads itself from one table of a site's file."""

    kind: ClassVar[str]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read the keys of this kind; `kind` itself is read before.

        Raises:
            InvalidSite: If a key is missing or wrong.
        """
        ...


K = TypeVar("K", bound=Readable)


class Kinds(Generic[K]):
    """The classes known by the word that names them.

    Args:
        what: What they are kinds of, for errors.
        default: The kind meant where a table names none; none may be left out if empty.
    """

    def __init__(self, what: str, default: str = "") -> None:
        self._what, self._default = what, default
        self._classes: dict[str, type[K]] = {}

    def register(self, cls: type[K]) -> type[K]:
        """Add a class under its `kind`; works as a decorator.

        Raises:
            InvalidInput: If another class has this kind already.
        """
        if self._classes.setdefault(cls.kind, cls) is not cls:
            raise InvalidInput(f"two classes are the {self._what} kind {cls.kind!r}", hint="rename one")
        return cls

    def unregister(self, kind: str) -> None:
        """Forget a class, such as one a test has registered."""
        del self._classes[kind]

    def read(self, fields: Fields) -> K:
        """Read a table as the kind it names.

        Raises:
            InvalidSite: If the kind is unknown, or a key is missing, wrong or unknown.
        """
        default: Any = {"default": self._default} if self._default else {}
        read = self._classes[fields.choice("kind", tuple(self._classes), **default)].read(fields)
        fields.done()
        return read
