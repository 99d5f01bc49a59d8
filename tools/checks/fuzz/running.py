"""Run cases one by one, or in processes that outlive a case that hangs, eats memory or ends them."""

from __future__ import annotations

import faulthandler
import multiprocessing
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait

from .cases import Aim, Case, case_of
from .demands import Demands, Outcome, most_seconds
from .documents import Documents

_PIECE = 25  # cases a process takes at once
_TELL = 2000  # cases between two words of progress
_PATIENCE, _GRACE = 3, 5.0  # times the bound, and seconds more, after which a process is ended


@dataclass(frozen=True)
class Failure:
    """A case that did not end well."""

    number: int
    words: str
    problem: str


@dataclass
class Result:
    """What came of cases.

    Args:
        outcomes: Outcomes that hold, by word.
        mutations: How often each mutation was in a case that counts.
        failures: Cases that do not hold.
        counted: Cases that altered a document and reached a reader of figures or of text.
        seconds: Processor time.
        resident: The most memory a process took, bytes.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    mutations: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    counted: int = 0
    seconds: float = 0.0
    resident: int = 0

    def add(self, other: Result) -> None:
        """Take in the result of other cases."""
        self.outcomes += other.outcomes
        self.mutations += other.mutations
        self.failures += other.failures
        self.counted += other.counted
        self.seconds += other.seconds
        self.resident = max(self.resident, other.resident)

    @property
    def run(self) -> int:
        """How many cases there were."""
        return sum(self.outcomes.values()) + len(self.failures)


class Fuzzer:
    """Runs cases over documents.

    Args:
        documents: What is mutated.
        seed: Of all cases.
    """

    def __init__(self, documents: Documents, seed: int) -> None:
        self._documents = documents
        self._seed = seed
        self._demands = Demands()

    def case(self, number: int) -> Case:
        """The case of this number."""
        return case_of(self._documents, self._seed, number)

    def run(self, numbers: range) -> Result:
        """What came of these cases."""
        result = Result()
        for number in numbers:
            result.add(self.one(number))
        return result

    def one(self, number: int) -> Result:
        """What came of one case."""
        case = self.case(number)
        bound = max(map(most_seconds, (case.data, case.base.data)))
        _end_after(bound * _PATIENCE + _GRACE)
        started = begun = time.process_time()
        result = Result()
        try:
            self._demands.prepare(case)
            started = time.process_time()
            outcome = self._demands.hold(case, number)
        except Exception as error:
            result.failures.append(Failure(number, case.words, f"{type(error).__name__}: {error}"))
            outcome = Outcome("failed", False)
        else:
            result.outcomes[outcome.word] += 1
        seconds = time.process_time() - started
        if seconds > bound:
            problem = f"took {seconds:.1f} s, {bound:.1f} s are allowed"
            result.failures.append(Failure(number, case.words, problem))
        if outcome.counts:
            result.counted = 1
            result.mutations.update(case.mutations or (Aim.TRUTH,))
        result.seconds = time.process_time() - begun
        result.resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return result


def _end_after(seconds: float) -> None:
    """Let the kernel end this process when it has used so much more processor time; only in a worker."""
    if multiprocessing.parent_process() is not None:
        signal.setitimer(signal.ITIMER_PROF, seconds)  # a limit of all its time drifts from what it measures


class _Worker:
    """A process that runs pieces of cases and reports each."""

    def __init__(self, documents: Documents, seed: int) -> None:
        self._arguments = documents, seed
        self.left: list[int] = []
        self._start()

    def _start(self) -> None:
        self.pipe, inside = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(inside, *self._arguments), daemon=True)
        self._process.start()
        inside.close()

    def give(self, numbers: range) -> None:
        """Let it run these."""
        self.left = list(numbers)
        self.pipe.send(self.left)

    def take(self) -> Result:
        """What came of the next case; if it ended the process, another takes the rest."""
        number = self.left.pop(0)
        try:
            found: Result = self.pipe.recv()
            return found
        except EOFError:
            self._process.join()
            ended = Failure(
                number, "see --first", f"it ended its process (exit code {self._process.exitcode})"
            )
            self._start()
            self.pipe.send(self.left)
            return Result(failures=[ended])

    def stop(self) -> None:
        """End it."""
        self.pipe.close()
        self._process.terminate()
        self._process.join()


def _serve(pipe: Connection, documents: Documents, seed: int) -> None:
    faulthandler.register(signal.SIGPROF, chain=True)  # says where it was when its time was over
    fuzzer = Fuzzer(documents, seed)
    while True:
        try:
            numbers = pipe.recv()
        except EOFError:
            return
        for number in numbers:
            pipe.send(fuzzer.one(number))


def run_at_once(documents: Documents, seed: int, *, jobs: int, target: int, first: int = 0) -> Result:
    """Run cases in several processes, with progress, until so many counted.

    Args:
        documents: What is mutated.
        seed: Of all cases.
        jobs: How many processes.
        target: How many cases must have altered their document and reached a reader.
        first: Number of the first case.
    """
    result = Result()
    workers = [_Worker(documents, seed) for _ in range(jobs)]
    pieces = _pieces(first)
    told = 0
    try:
        while result.counted < target:
            for worker in workers:
                if not worker.left:
                    worker.give(next(pieces))
            for ready in wait([worker.pipe for worker in workers]):
                worker = next(each for each in workers if each.pipe is ready)
                came = worker.take()
                result.add(came)
                for failure in came.failures:
                    print(
                        f"  {failure.number}: {failure.words}: {failure.problem}", file=sys.stderr, flush=True
                    )
            if result.run >= told + _TELL:
                told = result.run
                words = f"{result.run:,} cases, {result.counted:,} count, {len(result.failures)} failed"
                print(words, file=sys.stderr, flush=True)
    finally:
        for worker in workers:
            worker.stop()
    return result


def _pieces(first: int) -> Iterator[range]:
    while True:
        yield range(first, first + _PIECE)
        first += _PIECE
