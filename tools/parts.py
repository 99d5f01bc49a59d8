"""Everything that is generated: packaged tables and sections of pages, and how each is written and checked.

A part is a module with a function `make() -> Made`: the text or bytes of every file (by path) and every
section of a page (by name) that it writes. A module whose result cannot be compared text by text, or only a
sample of it in the time CI has, has a function `problems() -> list[str]` as well; the check calls that.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from importlib import import_module
from pathlib import Path

from .places import ROOT
from .sections import alike, put, section

Made = dict[Path | str, str | bytes]
_SHOWN_LINES = 8


@dataclass(frozen=True)
class Part:
    """Something generated.

    Args:
        name: What it is called on the command line and in the marks of its sections.
        module: The module that makes it, below `tools`.
        seconds: About how long it takes; the check starts the longest first.
        slack: How far numbers may be off in a check: simulations differ in the last digits between machines.
        long: Left out of `check` unless named, because it takes minutes.
        shares: Parts with the same name here stand on the same work, which a check does once.
    """

    name: str
    module: str
    seconds: float = 1
    slack: float = 0
    long: bool = False
    shares: str = ""

    @property
    def command(self) -> str:
        """The command that brings it up to date."""
        return f"python -m tools write {self.name}"

    def make(self) -> Made:
        """Everything it writes, by path or section name."""
        made: Made = import_module(f"tools.{self.module}").make()
        return made

    def write(self) -> list[str]:
        """Bring everything up to date; return what changed."""
        changed = []
        for target, content in self.make().items():
            if held(target) != content:
                _write(target, content)
                changed.append(shown(target))
        return changed

    def problems(self) -> list[str]:
        """What is out of date, one paragraph each; empty if nothing is."""
        module = import_module(f"tools.{self.module}")
        if hasattr(module, "problems"):
            own: list[str] = module.problems()
            return own
        return self.differences()

    def differences(self) -> list[str]:
        """Where what is written differs from all that is made now, one paragraph each."""
        return [text for target, content in self.make().items() if (text := self._problem(target, content))]

    def _problem(self, target: Path | str, content: str | bytes) -> str:
        before = held(target)
        if isinstance(before, str) and isinstance(content, str):
            return "" if alike(before, content, self.slack) else difference(target, before, content)
        return "" if before == content else shown(target)


def held(target: Path | str) -> str | bytes | None:
    """What stands there now: the bytes of a packed file, else text; None if there is nothing."""
    if isinstance(target, str):
        return section(target).text
    if not target.exists():
        return None
    return target.read_bytes() if target.suffix == ".gz" else target.read_bytes().decode("utf-8")


def shown(target: Path | str) -> str:
    """A target as a reader finds it: a path, or a page and the name of a section."""
    if isinstance(target, Path):
        return str(target.relative_to(ROOT))
    return f"{section(target).page.relative_to(ROOT)} ({target})"


def _write(target: Path | str, content: str | bytes) -> None:
    if isinstance(target, str):
        assert isinstance(content, str)
        put(target, content)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def difference(target: Path | str, before: str, after: str) -> str:
    """What of a target is out of date: the first lines that differ."""
    lines = unified_diff(before.splitlines(), after.splitlines(), "written", "made now", lineterm="", n=0)
    return "\n".join([shown(target), *(f"    {line[:160]}" for line in list(lines)[:_SHOWN_LINES])])


# In the order in which they are written: tables first, then what is measured with them.
PARTS = (
    Part("figures", "bundle.figures", 3),
    Part("debt-instruments", "bundle.debt", 12),
    Part("guidance-tables", "bundle.guidance", 9),
    Part("network", "bundle.network"),
    Part("power", "bundle.power", 5),
    Part("machines", "bundle.machines"),
    Part("nowcast-parameters", "bundle.nowcast_parameters", 5),
    Part("nowcast-record", "evaluate.nowcast_record", 13),
    Part("nowcast-tables", "evaluate.nowcast_tables", 2),
    Part("nowcast-check", "evaluate.nowcast_check", 18, slack=3),
    Part("nowcast-rivals", "evaluate.nowcast_rivals", 2),
    Part("halving", "evaluate.halving", 4),
    Part("line-rules", "evaluate.line_rules", 4),
    Part("corpus", "evaluate.corpus", 60, long=True),
    Part("targets", "evaluate.targets", 7),
    Part("made-up-targets", "evaluate.made_up", 1),
    Part("outlook-market", "evaluate.outlook_market", 300, long=True, slack=3),
    Part("outlook-companies", "evaluate.outlook_companies", 20, slack=3, shares="hindcast"),
    Part("outlook-statements", "evaluate.outlook_statements", 5, slack=3, shares="hindcast"),
    Part("outlook-guided", "evaluate.outlook_guided", 15, slack=3, shares="hindcast"),
    Part("outlook-delays", "evaluate.outlook_delays"),
    Part("fleet-trends", "evaluate.fleet_trends"),
    Part("outlook-rents", "evaluate.outlook_rents"),
    Part("site-policies", "evaluate.site_policies", 20),
    Part("site-minimum", "evaluate.site_minimum", 5),
    Part("site-credits", "evaluate.site_credits", 2),
    Part("site-learned", "evaluate.site_learned", 600, long=True),
    Part("site-nowcast", "evaluate.site_nowcast", 4),
    Part("table-descriptors", "bundle.table_descriptors"),
    Part("notice", "docs.notice"),
    Part("sbom", "release.sbom"),
    Part("rubric", "docs.rubric"),
    Part("coverage-page", "docs.coverage_page", 5),
    Part("cli", "docs.command_line"),
    Part("transcripts", "docs.transcripts", 15, slack=3),
    Part("notebooks", "docs.notebooks", 20),
    Part("house", "docs.house"),
    Part("api", "docs.api", 3),
    Part("outlook-company-pages", "docs.outlook_companies", 25, slack=0.02, long=True),
)
BY_NAME = {part.name: part for part in PARTS}
