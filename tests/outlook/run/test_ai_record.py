"""What the bands of AI lines have been worth: the bundled table is the page's, and outlooks say it."""

import csv
from pathlib import Path

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import build_case, outlook
from tools.evaluate.outlook_companies import WITH_REVENUE
from tools.places import ROOT, tables


def test_the_bundled_table_is_that_of_the_method_page() -> None:
    page = Path(ROOT / "docs" / "methods" / "outlook.md").read_text(encoding="utf-8")
    rows = [
        line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith(f"| {WITH_REVENUE}")
    ]
    with (tables("outlook") / "ai_hindcast.csv").open(encoding="utf-8") as file:
        bundled = [
            [
                row["quarters_ahead"],
                row["cases"],
                f"{float(row['covered']):.0%}",
                f"{float(row['above']):.0%}",
            ]
            for row in csv.DictReader(file)
        ]
    assert bundled and bundled == [row[1:5] for row in rows]


def test_outlooks_with_an_ai_line_say_it_and_others_do_not(view: View, network: NetworkHistory) -> None:
    halls = outlook(build_case(view, network, "CORZ")[0], quarters=2, paths=50)
    assert "came above this 80% band" in halls.summary.ai_band
    assert halls.to_dict()["remarks"][0] == halls.summary.ai_band
    miner = outlook(build_case(view, network, "MARA")[0], quarters=2, paths=50)
    assert not miner.summary.ai_band and all("80% band" not in each for each in miner.to_dict()["remarks"])
