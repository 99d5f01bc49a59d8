"""The error for an answer in another shape than we know, where it is not JSON."""

from __future__ import annotations

from hashpivot.core import UnexpectedAnswer


def changed(url: str, what: str) -> UnexpectedAnswer:
    """The error for a list, feed or table that has changed.

    Args:
        url: Whose answer.
        what: What is otherwise, in words.
    """
    return UnexpectedAnswer(
        f"the answer has another shape than we know: {what}",
        where=url,
        hint="the service may have changed; a newer hashpivot may know it, else please report it",
    )
