"""The process of a job: `python -m hashpivot.web.shared._child`, begun by `Job` and by nobody else.

It reads what to do from its standard input, and writes steps and outcome to its standard output, pickled.
It ends with its parent, however that ends: then its standard input does.
"""

from __future__ import annotations

import os
import pickle
import sys
from threading import Thread
from typing import IO, Any

from hashpivot.core import HashpivotError

from ._jobs import TooMuchWork

_MOST_BYTES = 4 * 2**30  # addresses, which NumPy and its threads reserve more of than they use
_NICER = 10  # so that pages do not wait for it


def main() -> None:
    """Do one piece of work."""
    given, sent = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is not for the parent
    sys.path[:] = pickle.load(given)
    function, arguments = pickle.load(given)
    Thread(target=_end_with_parent, args=(given,), daemon=True).start()
    _confine()
    _send(sent, *_work(function, arguments, sent))


def _work(function: Any, arguments: tuple[Any, ...], sent: IO[bytes]) -> tuple[str, Any]:
    try:
        return "done", function(*arguments, lambda done, of: _send(sent, "steps", (done, of)))
    except HashpivotError as error:
        return "failed", error
    except MemoryError:
        return "failed", TooMuchWork("it needs more memory than a job may have", hint="ask for less of it")
    except Exception as error:
        return "failed", RuntimeError(f"{type(error).__name__}: {error}")


def _send(sent: IO[bytes], kind: str, value: Any) -> None:
    sent.write(pickle.dumps((kind, value)))
    sent.flush()


def _end_with_parent(given: IO[bytes]) -> None:
    given.read()
    os._exit(1)


def _confine() -> None:
    """Give way to others, and take no more memory than is allowed; where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    os.nice(_NICER)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    main()
