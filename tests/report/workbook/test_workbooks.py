from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import (
    Absence,
    Companies,
    Figure,
    Line,
    Missing,
    NoData,
    PlainLocator,
    Quarter,
    Source,
    TextFact,
    UnwritableFile,
)
from hashpivot.formula import FormulaError
from hashpivot.ledger import Figures, View
from hashpivot.report import lines_workbook, season_workbook, write_season_workbook
from hashpivot.report.shared import league_order, pivot_of, plain, season_message
from hashpivot.report.shared.formats import metric_title
from hashpivot.season import Answer, CompanySeason, Season, group_revenue, season

from ..conftest import QUARTERS

openpyxl = pytest.importorskip("openpyxl", reason="needs openpyxl to read workbooks back")

BLUE, GREY = "FF0000FF", "FF7F7F7F"
REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'!)?([A-Z]{1,3}\d+)(?::([A-Z]{1,3}\d+))?")

Books = dict[str, tuple[Any, Any]]


def load(content: bytes) -> tuple[Any, Any]:
    """The workbook twice: with formulas, with the values beside them."""
    return openpyxl.load_workbook(BytesIO(content)), openpyxl.load_workbook(BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def books(seasons: dict[str, Season]) -> Books:
    return {quarter: load(season_workbook(held)) for quarter, held in seasons.items()}


@pytest.fixture(params=QUARTERS)
def quarter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def cells(book: Any) -> Iterator[Any]:
    return (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def colour(cell: Any) -> str:
    return str(cell.font.color.rgb) if cell.font.color else ""


def row_of(sheet: Any, title: str, *, after: str = "") -> int:
    """The first row of that title, below the heading `after`."""
    titles = [str(cell.value) for cell in sheet["A"]]
    return titles.index(title, titles.index(after) if after else 0) + 1


def column_of(sheet: Any, quarter: str) -> str:
    return str(next(cell.column_letter for cell in sheet[5] if cell.value == quarter))


def test_a_sheet_for_season_companies_checks_and_sources(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    tickers = [company.ticker for company in seasons[quarter].companies]
    assert books[quarter][0].sheetnames == ["Season", *tickers, "Checks", "Sources"]


def test_every_formula_has_its_value_and_no_error(books: Books, quarter: str) -> None:
    formulas, values = books[quarter]
    count = 0
    for cell in cells(formulas):
        value = values[cell.parent.title][cell.coordinate].value
        assert not (isinstance(value, str) and value.startswith("#")), (cell.parent.title, cell.coordinate)
        if cell.data_type == "f":
            count += 1
            assert value is not None, (cell.parent.title, cell.coordinate)
    assert count > 300


def test_every_number_carries_a_trace(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    """Blue numbers name their source, grey ones their method, formulas end in such numbers."""
    formulas, _ = books[quarter]
    traced: dict[tuple[str, str], bool] = {}

    def follow(sheet: str, address: str) -> bool:
        key = sheet, address
        if key not in traced:
            traced[key] = False
            traced[key] = ends_well(formulas[sheet][address], sheet)
        return traced[key]

    def ends_well(cell: Any, sheet: str) -> bool:
        if cell.data_type == "f":
            found = REFERENCE.findall(cell.value)
            return bool(found) and all(
                follow(other.replace("''", "'") or sheet, address)
                for other, first, last in found
                for address in (spread(formulas[other or sheet], first, last) if last else [first])
            )
        if cell.data_type == "n":
            return bool(cell.comment) or (cell.hyperlink is not None and colour(cell) == BLUE)
        return cell.value is not None

    for company in seasons[quarter].companies:
        for cell in cells([formulas[company.ticker]]):
            if cell.data_type in "fn":
                assert follow(company.ticker, cell.coordinate), (company.ticker, cell.coordinate, cell.value)


def spread(sheet: Any, first: str, last: str) -> list[str]:
    return [cell.coordinate for row in sheet[first:last] for cell in row if cell.value is not None]


def test_colours_tell_reported_from_computed(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    formulas, _ = books[quarter]
    for company in seasons[quarter].companies:
        for cell in cells([formulas[company.ticker]]):
            if cell.data_type == "n":
                assert colour(cell) in (BLUE, GREY)
            elif cell.data_type == "f":
                assert colour(cell) == "FF000000"


def _heading(sheet: Any, answer: Answer, above: int) -> int:
    """The row of an answer's headline below another row; two answers may have the same headline."""
    return next(n for n, c in enumerate(sheet["A"], 1) if n > above and c.value == answer.headline)


def test_metrics_are_those_of_the_desk(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    formulas, values = books[quarter]
    for company in seasons[quarter].companies:
        sheet, shown = formulas[company.ticker], values[company.ticker]
        at = 0
        for answer in company.answers:
            at = _heading(sheet, answer, at)
            for row, metric in enumerate(answer.metrics, at + 1):
                cell = sheet.cell(row, 3)
                assert sheet.cell(row, 1).value == metric_title(metric.name)
                if isinstance(metric.value, Missing):
                    assert cell.value == metric.value.code.words
                    assert metric.value.reason[:100] in cell.comment.text
                elif not isinstance(metric.value, str):
                    assert shown.cell(row, 3).value == pytest.approx(float(metric.value), rel=1e-9)


def test_a_metric_is_grey_only_where_the_season_states_no_formula(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    formulas, _ = books[quarter]
    live = 0
    for company in seasons[quarter].companies:
        sheet = formulas[company.ticker]
        at = 0
        for answer in company.answers:
            at = _heading(sheet, answer, at)
            for row, metric in enumerate(answer.metrics, at + 1):
                if isinstance(metric.value, int | float):
                    cell = sheet.cell(row, 3)
                    if metric.formula:
                        assert cell.data_type == "f", (company.ticker, metric.name)
                    elif cell.data_type == "n":
                        assert colour(cell) == GREY, (company.ticker, metric.name)
                    live += cell.data_type == "f"
    assert live > 20


def test_fourth_quarter_is_a_formula_over_operands_in_the_sheet(books: Books) -> None:
    """Riot 2024Q4 mining: 321,002,000 for the year less 194,651,000 for nine months."""
    formulas, values = books["2024Q4"]
    sheet, shown = formulas["RIOT"], values["RIOT"]
    cell = sheet[f"{column_of(sheet, '2024Q4')}{row_of(sheet, 'Self-mining')}"]
    first, second = re.fullmatch(r"=([A-Z]+\d+)-([A-Z]+\d+)", cell.value).groups()  # type: ignore[union-attr]
    assert (sheet[first].value, sheet[second].value) == (321_002_000, 194_651_000)
    assert shown[cell.coordinate].value == 126_351_000
    for operand in (first, second):
        assert colour(sheet[operand]) == BLUE
        assert sheet[operand].hyperlink.target.startswith("https://www.sec.gov/")


def test_gross_profit_and_margin_point_at_their_cells(books: Books) -> None:
    sheet = books["2024Q4"][0]["RIOT"]
    column = column_of(sheet, "2024Q3")
    revenue, cost, profit, margin = (
        f"{column}{row_of(sheet, 'Self-mining', after=heading)}"
        for heading in ("Revenue", "Cost of revenue", "Gross profit", "Gross margin")
    )
    assert sheet[profit].value == f"={revenue}-{cost}"
    assert sheet[margin].value == f"={profit}/{revenue}"


@pytest.mark.parametrize(
    ("ticker", "group", "quarter", "rows"),
    [
        ("BTBT", "AI", "2023Q2", [0, "–"]),
        ("CORZ", "AI and chips", "2024Q1", ["–", "–"]),
        ("CLSK", "Other", "2024Q1", ["–"]),
    ],
)
def test_an_amount_typed_into_an_empty_cell_counts_in_its_group(
    books: Books, ticker: str, group: str, quarter: str, rows: list[Any]
) -> None:
    formulas, values = books["2024Q4"]
    sheet, column = formulas[ticker], column_of(formulas[ticker], quarter)
    cell = sheet[f"{column}{row_of(sheet, group, after='Revenue by group')}"]
    assert values[ticker][cell.coordinate].value == 0
    first, last = re.fullmatch(rf"=SUM\({column}(\d+):{column}(\d+)\)", cell.value).groups()  # type: ignore[union-attr]
    assert [sheet[f"{column}{row}"].value for row in range(int(first), int(last) + 1)] == rows


def test_no_recomputed_number_differs_from_the_desk(books: Books, quarter: str) -> None:
    formulas, values = books[quarter]
    assert values["Checks"]["A2"].value == 0
    states = {cell.value for cell in values["Checks"]["H"][4:]}
    assert states <= {"ok", "does not tie"} and "ok" in states
    assert formulas["Checks"]["A2"].value.startswith("=COUNTIF(")


def test_ties_agree_with_the_desk(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    _, values = books[quarter]
    view, found = seasons[quarter].view, 0
    for row in values["Checks"].iter_rows(min_row=5, values_only=True):
        if row[2] == "Lines tie to total revenue":
            assert (row[7] == "ok") == view.quarter_lines(row[0], Quarter.parse(row[1])).ties, row
            found += 1
    assert found > 5


def test_nothing_missing_is_a_number(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    formulas, _ = books[quarter]
    for cell in cells(formulas):
        if cell.value in ("not disclosed", "not derivable", "not applicable") and colour(cell) == GREY:
            assert cell.data_type == "s" and cell.comment.text


def test_league_table_refers_to_the_companies(books: Books, seasons: dict[str, Season], quarter: str) -> None:
    formulas, values = books[quarter]
    season, heads = seasons[quarter], {cell.value: cell.column for cell in formulas["Season"][4]}
    assert len(heads) <= 20
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    for row, (company, _) in enumerate(sorted(pairs, key=league_order), 5):
        assert formulas["Season"].cell(row, 1).value == company.ticker
        cell = formulas["Season"].cell(row, heads["Revenue, USD million"])
        if isinstance(company.revenue, Missing):
            assert cell.comment.text
        else:
            assert cell.value.startswith(f"='{company.ticker}'!")
            assert values["Season"].cell(row, cell.column).value == float(company.revenue.value)
        columns = [heads[f"{answer.question.capitalize()} verdict"] for answer in company.answers]
        verdicts = [formulas["Season"].cell(row, column).value for column in columns]
        assert verdicts == [answer.verdict.replace("_", " ") for answer in company.answers]


def test_the_season_sheet_says_the_message_and_draws_it(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    sheet, message = books[quarter][0]["Season"], season_message(seasons[quarter])
    assert sheet["A1"].value == f"{quarter}: {message.title}"
    assert (sheet["A2"].value or "") == plain(message.caveat)
    drawn = [chart for chart in sheet._charts if chart.series]
    assert drawn and all("'Season'!" in series.val.numRef.f for chart in drawn for series in chart.series)


def test_an_absence_is_its_kind_in_grey_with_what_would_end_it(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    kinds = {kind.words for kind in Absence}
    absent = [cell for cell in cells([books[quarter][0]["Season"]]) if cell.value in kinds]
    assert absent and all(colour(cell) == GREY and cell.comment for cell in absent)
    if any(cell.value == "not in ledger" for cell in absent):
        assert any("(needs " in cell.comment.text for cell in absent)


def test_sources_are_listed_once_with_key_and_grade(books: Books, seasons: dict[str, Season]) -> None:
    rows = list(books["2024Q4"][1]["Sources"].iter_rows(min_row=2, values_only=True))
    known = seasons["2024Q4"].view.sources
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert len({row[9] for row in rows}) == len(rows) > 10
    for row in rows:
        source = known[row[9]]
        assert (row[4], row[5]) == (source.grade, source.known.isoformat())


def test_same_season_same_bytes(seasons: dict[str, Season]) -> None:
    assert season_workbook(seasons["2023Q4"]) == season_workbook(seasons["2023Q4"])


def test_a_number_its_formula_does_not_give_is_an_error(seasons: dict[str, Season]) -> None:
    made = seasons["2024Q4"]
    changed = replace(made, companies=tuple(map(_with_another_share, made.companies)))
    with pytest.raises(FormulaError, match=r"ai_chips_share: the formula .* the season says 0\.123"):
        season_workbook(changed)


def _with_another_share(company: CompanySeason) -> CompanySeason:
    def changed(metric: Any) -> Any:
        known = metric.name == "ai_chips_share" and not isinstance(metric.value, Missing)
        return replace(metric, value=0.123) if known else metric

    answers = (replace(a, metrics=tuple(map(changed, a.metrics))) for a in company.answers)
    return replace(company, answers=tuple(answers))


@pytest.mark.parametrize("ticker", ["RIOT", "CORZ", "BTBT", "CLSK", "IREN"])
def test_lines_of_one_company(seasons: dict[str, Season], ticker: str) -> None:
    view = seasons["2024Q4"].view
    quarters = [view.quarter_lines(ticker, quarter) for quarter in view.quarters(ticker)]
    formulas, values = load(lines_workbook(quarters, view))
    assert formulas.sheetnames == [ticker, "Checks", "Sources"]
    assert values["Checks"]["A2"].value == 0
    sheet = values[ticker]
    for lines in quarters:
        for line, figure in lines.revenue.items():
            cell = sheet[
                f"{column_of(sheet, str(lines.quarter))}{row_of(sheet, line.heading, after='Revenue')}"
            ]
            assert cell.value == float(figure.value)


def test_no_quarter_no_workbook(seasons: dict[str, Season]) -> None:
    with pytest.raises(NoData):
        lines_workbook([], seasons["2024Q4"].view)


ATTACKS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r\n=1",
)


@pytest.fixture(scope="module")
def attacked(network: NetworkHistory) -> Season:
    """One company for each way of starting a formula, in every text it has."""
    sources, figures, names = {}, [], {}
    for number, attack in enumerate(ATTACKS):
        ticker, key = f"={number}[X]:*?\\", f"{attack}{number}"
        names[ticker] = attack
        sources[key] = Source(
            key,
            ticker,
            attack,
            date(2025, 2, 1),
            attack,
            attack,
            attack,
            'javascript:alert("1")',
            name=attack,
        )
        for measure, line, value in (
            ("total_revenue", None, 30),
            ("revenue", Line.SELF_MINING, 10),
            ("revenue", Line.CHIPS, 20),
            ("cost_of_revenue", Line.CHIPS, 5),
            ("capital_expenditure", None, 7),
        ):
            figures.append(
                Figure(
                    ticker, measure, line, date(2024, 10, 1), date(2024, 12, 31), Decimal(value), "usd",
                    attack, key, PlainLocator(attack), date(2025, 2, 1), breakdown="main", note=attack,
                )
            )  # fmt: skip
    remarks = [
        _told(ticker, key, attack) for (key, ticker), attack in zip(_keys(figures), ATTACKS, strict=True)
    ]
    return season(View(Figures(sources, tuple(figures), tuple(remarks))), network, names, Quarter(2024, 4))


def _keys(figures: list[Figure]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((figure.source, figure.ticker) for figure in figures))


def _told(ticker: str, key: str, attack: str) -> TextFact:
    """A contract with an attack for a counterparty, as an added text may tell it."""
    size = dict.fromkeys(("mw_critical_it", "mw", "gpus", "term_years", "value_usd"), "5")
    words = {"role": "provider", "counterparty": attack, "start_text": attack, "excerpt": attack}
    return TextFact(
        ticker,
        key,
        date(2025, 2, 1),
        "contract",
        PlainLocator(attack),
        json.dumps(size | words | {"start": None}),
    )


def test_text_from_filings_is_never_a_formula(attacked: Season) -> None:
    formulas, _ = load(season_workbook(attacked))
    assert len(formulas.sheetnames) == len(ATTACKS) + 3
    assert all(company["growth"].contracts for company in attacked.companies)
    for cell in cells(formulas):
        if cell.data_type == "f":
            assert not re.search(r"HYPERLINK|cmd|@|[|]", re.sub(r"'(?:[^']|'')*'!", "", cell.value)), (
                cell.value
            )
        elif isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t")):
            assert cell.data_type == "s" and cell.quotePrefix, cell.value
        if cell.hyperlink and cell.hyperlink.target:
            assert cell.hyperlink.target.startswith("http")


def test_hostile_season_opens(hostile: Season) -> None:
    formulas, _ = load(season_workbook(hostile))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in formulas.sheetnames)
    for cell in cells(formulas):
        if cell.hyperlink and cell.hyperlink.target:
            assert not cell.hyperlink.target.startswith("javascript")


def test_bad_places_leave_what_was_there(tmp_path: Path, seasons: dict[str, Season]) -> None:
    for place in (tmp_path, tmp_path / "none" / "q.xlsx", tmp_path / ("x" * 300)):
        with pytest.raises(UnwritableFile):
            write_season_workbook(seasons["2023Q4"], place)
    written = write_season_workbook(seasons["2023Q4"], tmp_path / "q.xlsx")
    assert written.read_bytes() == season_workbook(seasons["2023Q4"])
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["q.xlsx"]


def test_a_company_that_another_consolidates_is_not_added_again(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    companies = seasons[quarter].companies
    parents = {ticker: company.consolidated_in for ticker, company in Companies.load().items()}
    here = {company.ticker for company in companies}
    counted = [company for company in companies if parents[company.ticker] not in here]
    sheet = books[quarter][1]["Season"]
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    total = sheet[f"{heads['Revenue, USD million']}{row_of(sheet, 'Total')}"].value
    amounts = [float(c.revenue.value) for c in counted if isinstance(c.revenue, Figure)]
    assert total == pytest.approx(sum(amounts))


def test_the_total_share_is_that_of_the_companies_whose_share_is_known(
    books: Books, seasons: dict[str, Season], quarter: str
) -> None:
    """A company without a breakdown is in the total revenue, and not in the share."""
    companies = seasons[quarter].companies
    pairs = [(company.revenue, group_revenue(company.lines, "ai", "chips").value) for company in companies]
    known = [
        (float(revenue.value), float(pivot))
        for revenue, pivot in pairs
        if isinstance(revenue, Figure) and isinstance(pivot, (int, float))
    ]
    sheet = books[quarter][1]["Season"]
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    total = sheet[f"{heads['AI and chip share']}{row_of(sheet, 'Total')}"].value
    assert total == pytest.approx(sum(pivot for _, pivot in known) / sum(revenue for revenue, _ in known))
