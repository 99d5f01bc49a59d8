"""Run cases in an environment and keep what they print and write, so that nothing runs twice.

A store is a folder. `runs/ID/` holds one case: `result.json`, `out-1.txt`, `err-1.txt` and so on, `files/`.
`inputs/` holds what commands made for other commands.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from .bindings import SERVICES, Made, lay, source_of
from .cases import Case
from .environment import Environment, Ran, run, service

_HOME = "home/"  # an input so named is laid in HASHPIVOT_HOME


@dataclass(frozen=True)
class Result:
    """What a case did: its steps, and the files it wrote by name."""

    steps: tuple[Ran, ...]
    files: dict[str, Path]


@dataclass
class Runner:
    """Runs cases in one environment.

    Args:
        environment: Where.
        store: The folder results are kept in.
        day: The day the commands take for today; the real one if empty.
        before: The store of the before side, whose files some cases begin with; its own if None.
    """

    environment: Environment
    store: Path
    day: str = ""
    before: Path | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def run_all(self, cases: Sequence[Case], jobs: int = 1) -> None:
        """Run those cases that have no result yet."""
        todo = [case for case in cases if not self.has(case)]
        print(f"{len(cases)} cases, {len(todo)} to run, in {self.environment.bin}", file=sys.stderr)
        with ThreadPoolExecutor(jobs) as pool:
            running = [pool.submit(self._run_and_name, case) for case in todo]
            for number, done in enumerate(as_completed(running), 1):
                print(f"  {number}/{len(todo)} {done.result()}", file=sys.stderr)

    def _run_and_name(self, case: Case) -> str:
        result = self.run_case(case)
        statuses = " ".join(str(step.status) for step in result.steps)
        return f"{sum(step.seconds for step in result.steps):.1f}s [{statuses}] {case.text}"

    def has(self, case: Case) -> bool:
        """Whether a case has run."""
        return self._result_file(case).is_file()

    def run_case(self, case: Case) -> Result:
        """Run a case in a fresh folder and keep what it did."""
        with tempfile.TemporaryDirectory(prefix="commands-") as name, ExitStack() as services:
            folder, home = Path(name) / "work", Path(name) / "home"
            folder.mkdir()
            home.mkdir()
            for file in case.inputs:
                self._lay(file, folder, home)
            held = {path: path.read_bytes() for path in _files(folder)}
            addresses = {
                address: services.enter_context(
                    service(SERVICES[address].name, self.environment, Path(name), self.day)
                )
                for address in case.services
            }
            steps = [self._step(step, addresses, folder, home) for step in case.steps]
            written = [path for path in _files(folder) if held.get(path) != path.read_bytes()]
            self._keep(case, steps, folder, written)
        return self.result(case)

    def result(self, case: Case) -> Result:
        """What a case did when it ran."""
        folder = self._result_file(case).parent
        kept = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        steps = []
        for number, step in enumerate(kept["steps"], 1):
            out, err = (_read(folder / f"{stream}-{number}.txt") for stream in ("out", "err"))
            steps.append(Ran(step["command"], step["status"], out, err, step["seconds"]))
        written = folder / "files"
        return Result(tuple(steps), {p.relative_to(written).as_posix(): p for p in _files(written)})

    def _step(self, step: str, addresses: dict[str, str], folder: Path, home: Path) -> Ran:
        command = step
        for address, real in addresses.items():
            command = command.replace(address, real)
        return run(self.environment, command, folder, home, self.day)

    def _keep(self, case: Case, steps: list[Ran], folder: Path, written: list[Path]) -> None:
        kept = self._result_file(case).parent
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for number, step in enumerate(steps, 1):
            (kept / f"out-{number}.txt").write_text(step.out, encoding="utf-8", newline="")
            (kept / f"err-{number}.txt").write_text(step.err, encoding="utf-8", newline="")
        for path in written:
            target = kept / "files" / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        answer = {
            "case": case.to_dict(),
            "steps": [
                {"command": of, "status": step.status, "seconds": step.seconds}
                for of, step in zip(case.steps, steps, strict=True)
            ],
        }
        (kept / "result.json").write_text(json.dumps(answer, indent=1), encoding="utf-8")

    def _result_file(self, case: Case) -> Path:
        return self.store / "runs" / case.id / "result.json"

    def _lay(self, name: str, folder: Path, home: Path) -> None:
        in_home = name.startswith(_HOME)
        target = home / name.removeprefix(_HOME) if in_home else folder / Path(name).name
        source = source_of(name)
        if isinstance(source, Made):
            shutil.copyfile(self._made(name, source), target)
        else:
            lay(source, target)

    def _made(self, name: str, source: Made) -> Path:
        """A file that a command makes, made once a store."""
        with self._lock:
            if source.before and self.before:
                return self.before / "inputs" / name
            kept = self.store / "inputs" / name
            if not kept.is_file():
                kept.parent.mkdir(parents=True, exist_ok=True)
                self._make(name, source, kept)
            return kept

    def _make(self, name: str, source: Made, kept: Path) -> None:
        with tempfile.TemporaryDirectory(prefix="commands-") as temporary:
            folder, home = Path(temporary) / "work", Path(temporary) / "home"
            folder.mkdir()
            home.mkdir()
            for file in source.inputs:
                self._lay(file, folder, home)
            done = run(self.environment, source.command, folder, home, self.day)
            made = home / name.removeprefix(_HOME) if name.startswith(_HOME) else folder / name
            if done.status or not made.is_file():
                raise SystemExit(f"{source.command} made no {name}: {done.err}")
            shutil.copyfile(made, kept)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()
