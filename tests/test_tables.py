"""Tables in bulk: a mapping beside them, Parquet, queries; by columns and row by row the same records and problems."""

import json
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from inside import tracker

from tracker.lang import words
from tracker.model.project import Project
from tracker.read import actuals, columnar, read, told
from tracker.read.dialect import as_text
from tracker.render.problems import lines

pl = pytest.importorskip("polars")
UNITS = "units:\n" + "".join(f"  - {{id: x-{n}, name: Xã {n}, kind: xa}}\n" for n in range(5))
PLAN = """plan: 1-KH/A
issued: 01/01/2023
period: 2023
tasks:
  - {id: "1", title: Báo cáo, kind: recurring, every: month, for: xa}
  - {id: "2", title: Tập huấn, kind: quantity, target: 3 lớp, for: xa}
"""


@contextmanager
def by_columns(*, always: bool):
    with mock.patch.object(columnar, "LARGE", 0 if always else 1 << 60):
        yield


def project(folder: Path, files: dict[str, str | bytes], *, large: bool = False, **more: object) -> Project:
    whole = {"plans/units.yaml": UNITS, "plans/plan.yaml": PLAN, **files}
    for name, text in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with by_columns(always=large):
        return read(folder, **more)


def both(folder: Path, files: dict[str, str | bytes]) -> Project:
    """What the two readers say, which is the same."""
    plain, large = project(folder, files), project(folder, files, large=True)
    assert [*plain.actuals] == [*large.actuals]
    assert plain.problems == large.problems
    return large


def codes(project: Project) -> list[str]:
    return [one.code for one in project.problems if not one.code.startswith("project-")]


CELLS = {
    "unit": st.sampled_from(["x-0", "x-1", "x-1 ", "x-9", "", " "]),
    "date": st.sampled_from(["1/2/2023", "2023-02-05", "30/02/2023", "quý I/2023", "", "14/6/23", '"5/6/2023"']),
    "task": st.sampled_from(["1-KH/1", "1-KH/2", "", "9-KH/1"]),
    "period": st.sampled_from(["2023-02", "2023-01..2023-03", "", "kỳ 2", "2023-Q1"]),
    "quantity": st.sampled_from(["1 lớp", "trên 2", "1.5", "", '"1,5"', "2.359"]),
    "recorded": st.sampled_from(["", "1/3/2023", "1/1/2023", "hôm qua"]),
    "note": st.sampled_from(["", " a ", '"a,b"', '"a\nb"', '"a""b"', '"x"y', "ê", "e\u0302", '"', "a,b", '"\n\n"']),
    "empty": st.sampled_from(["", "có", "gộp"]),
    "step": st.sampled_from(["", "sent", "accepted", "sen"]),
    "id": st.sampled_from(["a", "b", "", "a b"]),
    "units": st.sampled_from(["", "x-0;x-2", "x-3|x-9"]),
}


@st.composite
def tables(draw: st.DrawFn) -> str:
    more = draw(st.permutations([key for key in CELLS if key not in {"unit", "date", "id", "units"}]))[: draw(st.integers(0, 5))]
    keys = ["unit", "date", *more, *(["id"] if draw(st.integers(0, 5)) == 0 else [])]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    rows = draw(st.lists(st.tuples(*(CELLS[key] for key in keys)), max_size=12))
    text = [",".join(keys), *(",".join(row) for row in rows)]
    for _ in range(draw(st.integers(0, 2))):
        text.insert(draw(st.integers(1, len(text))), draw(st.sampled_from(["", ",,", "x-0", ",".join(["x-1"] * len(keys)) + ",,", ";"])))
    return end.join(text) + draw(st.sampled_from(["", end]))


MAPPINGS = ["", "constants: {mode: gián tiếp}", "constants: {level: xa, recorded: hôm nay}", "values: {task: {1-KH/1: 1-KH/2, 1-KH/2: }, unit: {x-9: x-0}}", "dates: iso, decimal: point", "dates: mdy, separator: ','"]


@given(tables(), st.sampled_from(MAPPINGS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_by_columns_and_row_by_row_are_the_same(tmp_path_factory, text: str, mapping: str):
    folder = tmp_path_factory.getbasetemp() / "same"
    entry = f"tables:\n  - {{files: xa.csv, {mapping}}}\n" if mapping else "tables: []\n"
    with mock.patch.object(columnar, "BLOCK", 5), mock.patch.object(columnar, "GROUP", 2), mock.patch.object(told, "MOST", 3), mock.patch.object(actuals, "_FEW", 2):
        both(folder, {"actuals/xa.csv": text, "actuals/a.tables.yaml": entry})


EXPORT = """\
Mã xã;Tên;Việc;Ngày;Số lượng;Ghi chú;STT
X0;Xã 0;tập huấn;06/14/2023;"1,234.5 lớp";a;1
X1;Xã 1;tập huấn;2/28/2023;3 lớp;"b
c";2
X9;Xã 9;tập huấn;2/28/2023;3 lớp;;3
X0;Xã 0;tập huấn;14/6/2023;3.5 lớp;;4
X0;Xã 0;tập huấn;6/14/2023;1.234,5;;5
X0;Xã 0;tập huấn;6/14/2023 08:30;-;;6
"""
MAPPING = """\
tables:
  - files: [xuat/*.csv, khac.csv]
    columns: {Mã xã: unit, Tên: , Việc: task, Ngày: date, Số lượng: quantity, Ghi chú: note, STT: }
    constants: {mode: trực tiếp, recorded: 01/12/2023}
    values: {unit: {X0: x-0, X1: x-1}, task: {tập huấn: 1-KH/2}, quantity: {"-": }}
    dates: mdy
    decimal: point
    separator: ";"
    encoding: windows-1258
"""


def encoded(text: str) -> bytes:
    """As a program of Windows writes it: letters with their tone behind them."""
    import unicodedata

    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    apart = "".join(
        char if all(part not in tones for part in unicodedata.normalize("NFD", char))
        else unicodedata.normalize("NFC", "".join(p for p in unicodedata.normalize("NFD", char) if p not in tones))
        + "".join(p for p in unicodedata.normalize("NFD", char) if p in tones)
        for char in text
    )  # fmt: skip
    return apart.encode("windows-1258")


def test_a_mapping_says_what_is_written_otherwise(tmp_path: Path):
    found = both(tmp_path, {"actuals/nam.tables.yaml": MAPPING, "actuals/xuat/a.csv": encoded(EXPORT)})
    assert [(one.unit, one.task, one.when.first.isoformat(), one.note, one.mode, one.at.line) for one in found.actuals] == [
        ("x-0", "1-KH/2", "2023-06-14", "a", "trực tiếp", 2),
        ("x-1", "1-KH/2", "2023-02-28", "b\nc", "trực tiếp", 3),
        ("x-0", "1-KH/2", "2023-06-14", "", "trực tiếp", 8),
    ]
    amounts = [one.quantity for one in found.actuals]
    assert [(str(one.value), one.unit, one.text) for one in amounts if one] == [("1234.5", "lớp", "1,234.5 lớp"), ("3", "lớp", "3 lớp")]
    assert {one.recorded.isoformat() for one in found.actuals} == {"2023-12-01"}
    assert [(one.code, one.place.file[8:], one.place.line, one.place.column) for one in found.problems if not one.code.startswith("project-")] == [
        ("table-none", "nam.tables.yaml", 2, 25),
        ("reference-unit", "xuat/a.csv", 5, 1),
        ("table-day", "xuat/a.csv", 6, 21),
        ("table-number", "xuat/a.csv", 7, 31),
    ]


def test_hundreds_of_bad_rows_are_counted_by_kind(tmp_path: Path):
    bad = ["x-0,31/02/2023,1", "x-8,1/2/2023,1", "x-0,1/2/2023,1.5", "x-0,1/2/2023", ",1/2/2023,", "x-0,1/2/2023,1"]
    text = "unit,date,quantity\n" + "\n".join(bad * 50) + "\n"
    found = both(tmp_path, {"actuals/xa.csv": text})
    assert len(found.actuals) == 50
    told_rows = [one for one in found.problems if one.place.file.endswith(".csv")]
    singly, by_kind = [one for one in told_rows if one.code != "rows-more"], {one.args["kind"]: one for one in told_rows if one.code == "rows-more"}
    assert len(singly) == len({one.place.line for one in singly}) == 100
    rows = {"day": 0, "unit": 1, "number": 2, "cells": 3, "no-unit": 4}
    assert by_kind.keys() == rows.keys()
    for kind, first in rows.items():
        drawn = list(range(2 + first, 302, 6))
        assert by_kind[kind].lines == [(line, line) for line in drawn[20:]]
        assert (by_kind[kind].places, by_kind[kind].place) == (30, ("actuals/xa.csv", drawn[20], 1))
    said = list(lines(found.problems, words("vi")))
    assert any(line.startswith("actuals/xa.csv:122:1: Còn 30 dòng nữa có ngày không đọc được (dòng 122, 128, 134, ") for line in said)
    assert sum("dòng nữa" in line and "188, …; tất cả các dòng: --format json). Hãy " in line for line in said) == 1
    assert said[-2:] == [f"… và {len(found.problems) - 55} chỗ khác; sửa các chỗ trên rồi chạy lại để xem tiếp.", said[-1]]
    assert said[-1].startswith(f"{len(found.problems) - 5 + 150} chỗ không đọc được")


def test_lines_of_bad_rows_that_follow_one_another_are_one_range_and_programs_are_given_all(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(told, "MOST", 2)
    bad = {*range(5, 9), 11, *range(20, 100, 3)}
    rows = ["x-0,31/02/2023" if line in bad else "x-0,1/2/2023" for line in range(2, 101)]
    found = both(tmp_path, {"actuals/xa.csv": "unit,date\n" + "\n".join(rows) + "\n"})
    *singly, more = (one for one in found.problems if one.place.file.endswith(".csv"))
    assert [one.code for one in (*singly, more)] == ["value-no-day", "value-no-day", "rows-more"]
    assert more.args["lines"].startswith("7-8, 11, 20, 23, ")
    assert more.lines == [(7, 8), (11, 11), *((line, line) for line in range(20, 100, 3))]
    assert more.places == len(bad) - 2
    assert "(dòng 7–8, 11, 20, " in words("vi").problem(more)
    assert f"Further rows with a day that cannot be read: {len(bad) - 2} (lines 7–8, 11, 20, " in words("en").problem(more)
    done = tracker("check", "--project", str(tmp_path), "--as-of", "31/12/2023", "-f", "json")
    [told_by_json] = [one for one in json.loads(done.out)["problems"] if one["code"] == "rows-more"]
    assert [told_by_json[key] for key in ("kind", "rows", "line")] == ["day", len(bad) - 2, 7]
    assert told_by_json["lines"] == [[first, last] for first, last in more.lines]


def test_a_row_that_is_wrong_in_two_ways_is_told_under_both(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(told, "MOST", 1)
    found = both(tmp_path, {"actuals/xa.csv": "unit,date,period\nx-0,,\nx-0,31/02/2023,kỳ 2\n,1/2/2023,\n"})
    assert [(one.args["kind"], one.lines) for one in found.problems if one.code == "rows-more"] == [
        ("day", [(3, 3)]), ("period", [(3, 3)]), ("no-unit", [(4, 4)]),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_kind_of_bad_rows_has_its_words(language):
    for kind in told.ORDER:
        said = words(language).refusal("rows-more", {"kind": kind, "rows": "1000", "lines": "4-5, 9"})
        assert "4–5, 9" in said
        assert said.endswith(".")
        assert "{" not in said


@pytest.mark.parametrize("large", [False, True])
def test_parquet_gives_what_the_same_csv_gives(tmp_path: Path, large: bool):
    from datetime import date, datetime
    from decimal import Decimal

    frame = pl.DataFrame(
        {
            "unit": ["x-0", "x-1", "x-7", None], "date": [date(2023, 2, 1), date(2023, 2, 5), date(2023, 2, 5), None],
            "recorded": [datetime.fromisoformat("2023-03-01 09:00"), None, None, None], "quantity": [3.0, 1.234, 2.5, None],
            "people": [Decimal("2359.00"), None, None, None], "empty": [True, False, None, None], "doc": ["1-BC", "e\u0302\u0007", "", None],
            "returns": [8, None, 2, None],
        },
    )  # fmt: skip
    frame.write_parquet(tmp_path / "xa.parquet")
    same = 'unit,date,recorded,quantity,people,empty,doc,returns\nx-0,1/2/2023,1/3/2023,3,2359,có,1-BC,8\nx-1,5/2/2023,,"1,2340",,không,ê ,\nx-7,5/2/2023,,,,,,\n'
    from_csv = project(tmp_path / "a", {"actuals/xa.csv": same})
    from_parquet = project(tmp_path / "b", {"actuals/xa.parquet": (tmp_path / "xa.parquet").read_bytes()}, large=large)
    assert [one[:-2] for one in from_parquet.actuals] == [one[:-2] for one in from_csv.actuals]
    assert [one.at.line for one in from_parquet.actuals] == [1, 2]
    assert [(one.code, one.place) for one in from_parquet.problems if "reference" in one.code] == [
        ("reference-unit-near", ("actuals/xa.parquet", 3, 1)),
    ]
    broken = project(tmp_path / "c", {"actuals/xa.parquet": (tmp_path / "xa.parquet").read_bytes()[:-20]}, large=large)
    assert codes(broken) == ["table-parquet"]


def test_numbers_of_databases_keep_one_reading():
    said = [as_text(value) for value in (8, 1.5, 1.234, 1e6, -0.5, float("nan"), 0.1 + 0.2, True, None, b"a", ["x", 1])]
    assert said == ["8", "1,5", "1,2340", "1000000", "-0,5", "", "0,30000000000000004", "true", "", "a", ("x", "1")]


SQL = """\
tables:
  - sql: {source: "SOURCE", query: "QUERY"}
    constants: {task: 1-KH/2}
"""
GOOD = "SELECT unit, day AS date, n AS quantity FROM log ORDER BY day"


def base(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (folder / "actuals").mkdir(parents=True)
    with duckdb.connect(str(folder / "actuals" / "so.duckdb")) as connection:
        connection.execute("CREATE TABLE log(unit TEXT, day DATE, n DECIMAL(9,2)); INSERT INTO log VALUES ('x-0','2023-02-01',3),('x-9','2023-03-01',1.5)")


def asked(folder: Path, source: str, query: str, environment: dict[str, str] | None) -> Project:
    text = SQL.replace("SOURCE", source).replace("QUERY", query)
    return project(folder, {"actuals/db.tables.yaml": text, "du/lieu.duckdb": (folder / "actuals" / "so.duckdb").read_bytes()}, environment=environment)


def test_a_query_is_run_only_where_it_was_allowed_and_reads_only(tmp_path: Path):
    base(tmp_path)
    source = "duckdb:///du/lieu.duckdb"
    (tmp_path / "actuals" / "mat.csv").write_text("unit,date\n", encoding="utf-8")
    found = asked(tmp_path, source, GOOD, {})
    assert [(one.unit, one.task, str(one.quantity.value), str(one.at)) for one in found.actuals if one.quantity] == [
        ("x-0", "1-KH/2", "3", "actuals/db.tables.yaml#sql-1:1:1"),
    ]
    assert [(one.code, str(one.place)) for one in found.problems if "reference" in one.code] == [
        ("reference-unit-near", "actuals/db.tables.yaml#sql-1:2:1"),
    ]
    outside = str(tmp_path / "plans" / "units.yaml")
    for query, code in {
        GOOD: "sql-off",
        "DELETE FROM log": "sql-select",
        GOOD + "; DROP TABLE log": "sql-select",
        "COPY log TO 'x.csv'": "sql-select",
        "SET enable_external_access = true": "sql-select",
        "ATTACH ':memory:' AS a": "sql-select",
        f"SELECT unit, content AS date FROM log, read_text('{outside}')": "sql-answer",
        "SELECT unit, day AS date FROM read_csv('actuals/mat.csv')": "sql-answer",
        "SELECT nothing FROM log": "sql-answer",
        "SELECT unit FROM log": "csv-column-missing",
    }.items():
        found = asked(tmp_path, source, query, None if code == "sql-off" else {})
        assert code in codes(found), query
        assert not found.actuals
    for where, environment, code in [
        ("duckdb:../so.duckdb", {}, "sql-source"),
        ("postgresql://me:secret@host/db", {}, "sql-source"),
        ("env:DB", {}, "sql-environment"),
        ("env:DB", {"DB": "mysql://x"}, "sql-source"),
        ("duckdb:khong-co.duckdb", {}, "sql-answer"),
    ]:
        assert code in codes(asked(tmp_path, where, GOOD, environment)), where
    assert len(asked(tmp_path, "env:DB", GOOD, {"DB": f"duckdb:{tmp_path}/actuals/so.duckdb"}).actuals) == 1


def test_the_option_allows_queries(tmp_path: Path):
    base(tmp_path)
    asked(tmp_path, "duckdb:du/lieu.duckdb", GOOD.replace(" ORDER", " WHERE unit = 'x-0' ORDER"), None)
    (tmp_path / "actuals" / "so.duckdb").unlink()
    words = ("check", "--as-of", "31/12/2023", "--fail-on", "never", "--lang", "en")
    off, on = tracker(*words, cwd=tmp_path), tracker(*words, "--sql", cwd=tmp_path)
    assert (off.code, on.code, on.err) == (2, 0, "")
    assert "actuals/db.tables.yaml:2:" in off.err
    assert "add --sql" in off.err


WHOLE = MAPPING + "  - sql: {source: duckdb:x.duckdb, query: SELECT 1}\n    constants: {unit: x-0}\n"


@given(st.integers(0, len(WHOLE)), st.integers(0, 40), st.text(alphabet="ab:-[]{}\"'#&*!|>,%@ \n\t1ủ/.*", max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_slip_of_the_pen_in_a_mapping_makes_it_raise(tmp_path_factory, at: int, length: int, inserted: str):
    folder = tmp_path_factory.getbasetemp() / "slip"
    found = project(folder, {"actuals/nam.tables.yaml": WHOLE[:at] + inserted + WHOLE[at + length :], "actuals/xuat/a.csv": encoded(EXPORT)}, environment={})
    assert all(one.place.line >= 1 for one in found.problems)
    assert list(lines(found.problems, words("en")))


def test_a_pattern_never_makes_a_table_of_a_log(tmp_path: Path):
    log = "unit: x-0\nentries:\n  - {task: 1-KH/2, date: 1/2/2023}\n"
    files = {"actuals/a.tables.yaml": "tables:\n  - files: ['**/*', ./]\n", "actuals/x.yaml": log, "actuals/b/c/d.csv": "unit,date\nx-1,2/2/2023\n"}
    found = project(tmp_path, files)
    assert [(one.unit, one.at.file) for one in found.actuals] == [("x-1", "actuals/b/c/d.csv"), ("x-0", "actuals/x.yaml")]
    assert codes(found) == []
