"""The audit of what is pinned tells free licences from others, and claims nothing it did not check."""

from __future__ import annotations

import subprocess

import pytest

from tools.release import audit


@pytest.mark.parametrize(
    ("licence", "is_free"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD AND Zlib", True),
        ("Artistic License OR GNU General Public License (GPL)", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_is_free_if_one_alternative_is_in_all_its_parts(licence: str, is_free: bool) -> None:
    assert audit.free(licence) is is_free


@pytest.mark.parametrize(
    ("answer", "words", "holes"),
    [
        ("", "NOT CHECKED", []),
        ("<html>", "NOT CHECKED", []),
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', "1 distributions looked up", []),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]}]}',
            "1 known",
            ["a 1: CVE-1"],
        ),
    ],
)
def test_holes_are_claimed_only_if_the_service_answered(
    monkeypatch: pytest.MonkeyPatch, answer: str, words: str, holes: list[str]
) -> None:
    done = subprocess.CompletedProcess([], 1, answer, "the network is closed")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_a, **_k: done)
    told, found = audit._vulnerabilities()
    assert words in told and found == holes
