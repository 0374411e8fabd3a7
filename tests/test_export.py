"""Tables for other programs: one row per obligation, the same in every format, harmless in a spreadsheet."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from projects import SHOWCASE_DAY, edited, judged, showcase

from tracker.exported import exported
from tracker.model.table import Column, Type
from tracker.model.tables import RULES, TABLES
from tracker.periods import Days
from tracker.render.table import formats, renderer
from tracker.run import Asked

ASKED = Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY))
EXPORTED = [name for name in TABLES if name != RULES.name]


@pytest.mark.parametrize("table", EXPORTED)
def test_every_table_has_the_columns_and_types_that_it_declares(table):
    problems, columns, rows = exported(edited(), ASKED, table)
    assert problems == []
    assert rows
    kinds = {Type.TEXT: str, Type.CHOICE: str, Type.TRUTH: bool, Type.DATE: date}
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            if value is None:
                assert column.nullable, column
            elif column.type is Type.NUMBER:
                assert not isinstance(value, bool | float | str), column
            else:
                assert isinstance(value, kinds[column.type]), (column, value)
            if column.type is Type.CHOICE and value is not None and column.name != "state":
                assert value in column.values, (column, value)


def test_standings_are_one_row_per_obligation_with_its_state():
    _, columns, rows = exported(showcase(), ASKED, "standings")
    names = [column.name for column in columns]
    report = judged(showcase(), SHOWCASE_DAY)
    assert [row[names.index("state")] for row in rows] == [s.state for s in report.standings]
    assert "unknown" in {row[names.index("state")] for row in rows}
    for name in ("plan", "task", "kind", "unit", "period", "starts", "due", "target", "measure", "achieved", "share",
                 "actuals", "last_date", "state", "days_late", "due_soon", "unverified", "carried_over", "file", "line"):  # fmt: skip
        assert name in names


def test_csv_and_json_say_the_same():
    _, columns, rows = exported(showcase(), ASKED, "standings")
    as_csv = renderer("csv")(columns, rows)
    assert as_csv.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(as_csv.decode("utf-8-sig"))))
    objects = json.loads(renderer("json")(columns, rows))
    assert len(table) == len(objects) == len(rows)
    for line, entry in zip(table, objects, strict=True):
        for name, value in entry.items():
            written = "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)
            assert line[name].removeprefix("'") == written


def test_parquet_keeps_types():
    pq = pytest.importorskip("pyarrow.parquet")
    _, columns, rows = exported(showcase(), ASKED, "standings")
    table = pq.read_table(io.BytesIO(renderer("parquet")(columns, rows)))
    assert table.num_rows == len(rows)
    assert str(table.schema.field("due").type) == "date32[day]"
    assert str(table.schema.field("due_soon").type) == "bool"
    due = [column.name for column in columns].index("due")
    assert table.column("due").to_pylist() == [row[due] for row in rows]


@pytest.mark.parametrize("table", EXPORTED)
def test_every_table_is_written_in_every_format_and_parquet_gives_it_back(table):
    pq = pytest.importorskip("pyarrow.parquet")
    _, columns, rows = exported(edited(), ASKED, table)
    read = pq.read_table(io.BytesIO(renderer("parquet")(columns, rows)))
    types = {Type.DATE: "date32[day]", Type.TRUTH: "bool", Type.NUMBER: "decimal128(38, 6)"}
    assert [(field.name, str(field.type)) for field in read.schema] == [(one.name, types.get(one.type, "string")) for one in columns]
    for row, back in zip(rows, read.to_pylist(), strict=True):
        for value, given in zip(row, back.values(), strict=True):
            assert given == value or abs(given - value) < Decimal("0.000001"), "nulls are nulls, days days"
    text = renderer("csv")(columns, rows).decode("utf-8-sig")
    assert sum(1 for _ in csv.reader(io.StringIO(text))) == len(json.loads(renderer("json")(columns, rows))) + 1 == len(rows) + 1


def test_the_name_of_a_file_that_is_no_text_stops_no_format():
    pq = pytest.importorskip("pyarrow.parquet")
    columns, rows = (Column("file", Type.TEXT, ""),), [["actuals/\udcff.yaml"]]
    shown = "actuals/\\udcff.yaml"
    assert renderer("csv")(columns, rows).decode("utf-8-sig").splitlines()[1] == shown
    assert shown in renderer("json")(columns, rows).decode()
    assert pq.read_table(io.BytesIO(renderer("parquet")(columns, rows))).to_pylist() == [{"file": shown}]


def test_text_that_a_spreadsheet_would_run_is_quoted():
    columns = (Column("title", Type.TEXT, ""), Column("n", Type.NUMBER, ""))
    written = renderer("csv")(columns, [["=1+1", -5], ["- gạch đầu dòng", 2], ["＝1", 3], ["@x", 4]]).decode("utf-8-sig")
    assert written.splitlines()[1:] == ["'=1+1,-5", "'- gạch đầu dòng,2", "'＝1,3", "'@x,4"]


def test_the_formats_are_those_of_the_folder():
    assert formats() == ("csv", "json", "parquet", "xlsx")
