"""The licence of packaged tables, and how a descriptor names their sources."""

from __future__ import annotations

LICENSES = [
    {
        "name": "Apache-2.0",
        "path": "https://www.apache.org/licenses/LICENSE-2.0",
        "title": "Apache License 2.0",
    }
]
"""The licence of every table we ship: our selection and arrangement of facts."""

FACTS_ONLY = "none stated; facts only"
"""Of a copy whose repository states no licence: single facts were read from it, no selection or text."""


def sources(*found: tuple[str, str, str]) -> list[dict[str, str]]:
    """The `sources` of a descriptor: what was read, the GitHub repository of the copy, its licence."""
    return [
        {"title": f"{what} (licence of the copy: {licence})", "path": f"https://github.com/{repository}"}
        for what, repository, licence in found
    ]
