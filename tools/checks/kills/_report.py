"""What came of killing a command again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class KillReport:
    """What came of killing a command again and again.

    Args:
        kills: How often it was killed, by how.
        early: How many of them came before its first write.
        late: How often it had ended before it was killed; not counted as a kill.
        held: Pieces (filings, cases, tables) that were there after kills, and whole.
        runs: How often it was begun again and ran to its end.
        problems: What was wrong.
    """

    kills: Counter[str] = field(default_factory=Counter)
    early: int = 0
    late: int = 0
    held: int = 0
    runs: int = 0
    problems: list[str] = field(default_factory=list)

    def __add__(self, other: KillReport) -> KillReport:
        return KillReport(
            self.kills + other.kills,
            self.early + other.early,
            self.late + other.late,
            self.held + other.held,
            self.runs + other.runs,
            self.problems + other.problems,
        )

    def __str__(self) -> str:
        ways = ", ".join(f"{count} {way}" for way, count in sorted(self.kills.items()))
        return (
            f"{self.kills.total()} kills ({ways}; {self.early} before the first write), {self.held:,} pieces "
            f"held after them, {self.runs} runs to the end: {len(self.problems)} problems"
        )
