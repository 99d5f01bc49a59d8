"""Find every command line that README.md and docs/*.md show.

    python -m tools.commands.extract [ROOT]     # list them, one a line, with their places

A command line is `hashpivot ...` or `python -m hashpivot ...` in a fenced block or in inline code. The help
of every command that docs/cli.md has a heading for is one too. Joined commands (`a && b`) are one line of
several steps.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^\s*(```|~~~)\s*(\w*)")
_SHELLS = frozenset({"", "sh", "bash", "shell", "console", "text"})
_HELP_PAGE = "cli.md"
_HELP_HEADING = re.compile(r"^## (hashpivot(?: [a-z]+)*)$")
_INLINE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_LEAD = re.compile(r"^(?:\$\s+|time\s+|[A-Z_]+=\S+\s+)+")
_DESCRIPTION = re.compile(r"\s{2,}\S.*$|\s+#\s.*$")
_STEP = re.compile(r"\s+&&\s+")
_PROGRAM = re.compile(r"^(?:\S*/)?(?:hashpivot|python3? -m hashpivot)(?=\s)")
_TOOL = re.compile(r"^(?:\S*/)?(?:python3?|pytest)\s+\S")


@dataclass(frozen=True)
class ShownLine:
    """One command line of a document.

    Args:
        place: File and line number, such as `docs/methods/site.md:8`.
        steps: Its commands, in order, without prompt, comment and folder of the program.
    """

    place: str
    steps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The line as one would type it."""
        return " && ".join(self.steps)

    @property
    def ours(self) -> tuple[str, ...]:
        """The steps that call hashpivot."""
        return tuple(step for step in self.steps if _PROGRAM.match(step))


def documents(root: Path) -> list[Path]:
    """README.md and the pages of docs/, folders inside included."""
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def shown_lines(root: Path = ROOT) -> list[ShownLine]:
    """Every command line of hashpivot in the documents under a root, in their order."""
    return [line for line in all_lines(root) if line.ours]


def tool_lines(root: Path = ROOT) -> list[ShownLine]:
    """Command lines of other programs that the documents show: `python scripts/...`, benchmarks, pytest."""
    return [line for line in all_lines(root) if not line.ours]


def all_lines(root: Path) -> list[ShownLine]:
    """Both kinds."""
    return [line for page in documents(root) for line in page_lines(page, root)]


def page_lines(page: Path, root: Path) -> list[ShownLine]:
    """The command lines of one page."""
    name = page.relative_to(root).as_posix()
    text = page.read_text(encoding="utf-8")
    found = [*_help_commands(page, text), *_commands(text)]
    return [ShownLine(f"{name}:{number}", steps) for number, steps in sorted(found, key=lambda row: row[0])]


def _help_commands(page: Path, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    if page.name != _HELP_PAGE:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HELP_HEADING.match(line):
            yield number, (f"{heading[1]} --help",)


def _commands(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Commands of fenced shell blocks, then those of inline code outside them."""
    language: str | None = None
    prose: list[str] = []
    carried = ""
    for number, line in enumerate(text.splitlines(), 1):
        fence = _FENCE.match(line)
        prose.append("" if fence or language is not None else line)
        if fence:
            language = None if language is not None else fence[2]
        elif language in _SHELLS and (whole := carried + line.strip()).endswith("\\"):
            carried = whole.removesuffix("\\")  # goes on in the next line, where it counts
        elif language in _SHELLS:
            carried = ""
            if steps := _steps(whole):
                yield number, steps
    yield from _inline_commands("\n".join(prose))


def _inline_commands(prose: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Inline code can run over the end of a line."""
    for span in _INLINE.finditer(prose):
        steps = _steps(re.sub(r"\s+", " ", span[1]))
        if steps:
            yield prose.count("\n", 0, span.start()) + 1, steps


def _steps(line: str) -> tuple[str, ...]:
    """The commands of a line; none if it starts no program of ours or of Python's."""
    bare = _DESCRIPTION.sub("", _LEAD.sub("", line.strip()))
    steps = tuple(_without_folder(step) for step in _STEP.split(bare))
    return steps if any(_PROGRAM.match(step) or _TOOL.match(step) for step in steps) else ()


def _without_folder(step: str) -> str:
    """`.venv/bin/hashpivot season` -> `hashpivot season`."""
    return re.sub(r"^\S*/(?=(?:hashpivot|python3?)\s)", "", step)


def main(argv: list[str] | None = None) -> None:
    """List every command line under a root, then those of other programs."""
    arguments = sys.argv[1:] if argv is None else argv
    root = Path(arguments[0]) if arguments else ROOT
    for title, lines in (("hashpivot", shown_lines(root)), ("other programs", tool_lines(root))):
        print(f"{len(lines)} lines of {title}")
        for line in lines:
            print(f"  {line.place:24} {line.text}")


if __name__ == "__main__":
    main()
