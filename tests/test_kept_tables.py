"""Large tables that were read before: the same records, never of other bytes, units or mappings, none that was damaged."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from inside import tracker
from projects import ROOT

from tracker import kept
from tracker.kept import tables
from tracker.kept.tables import Shelf
from tracker.model.project import Project
from tracker.read import columnar, read

pytest.importorskip("polars")
pytest.importorskip("numpy")

UNITS = "units:\n" + "".join(f"  - {{id: x-{n}, name: Xã {n}, kind: xa}}\n" for n in range(4))
PLAN = """\
plan: 1-KH/A
issued: 01/01/2023
period: 2023
tasks:
  - {id: "1", title: Báo cáo, kind: recurring, every: month, for: xa}
  - {id: "2", title: Tập huấn, kind: quantity, target: 3 lớp, for: xa}
"""
HEAD = "unit,task,period,date,doc,quantity,recorded,step,empty,note\n"
ROWS = "".join(
    f"x-{n % 4},1-KH/{1 + n % 2},{'' if n % 2 else '2023-02'},{'quý I/2023' if n == 5 else '5/3/2023'},{n}-BC,{'trên 2 lớp' if n % 2 else ''},6/3/2023,sent,{'có' if n == 3 else ''},ghi chú {n}\n"
    for n in range(12)
)
QUOTED = 'unit,date,task,note\nx-1,5/3/2023,1-KH/2,"hai, ba"\nx-2,6/3/2023,1-KH/2,bốn\n'


def project(folder: Path, **more: str) -> Path:
    files = {"plans/units.yaml": UNITS, "plans/plan.yaml": PLAN, "actuals/a.csv": HEAD + ROWS, "actuals/b.csv": QUOTED, **more}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def said(folder: Path, shelf: Shelf | None) -> tuple[Project, int]:
    """The project as it is read, and how many of its tables were cut into columns for that."""
    with mock.patch.object(columnar, "LARGE", 0), mock.patch.object(columnar, "typed", wraps=columnar.typed) as cut:
        return read(folder, ROOT / "rules", grid="grid", shelf=shelf), cut.call_count


def same(one: Project, other: Project) -> None:
    left, right = (sorted(columnar.unfolded(each.bulk), key=lambda record: record.at) for each in (one, other))
    assert left == right
    assert repr(left) == repr(right)
    assert (one._replace(bulk=()), len(one.bulk)) == (other._replace(bulk=()), len(other.bulk))


def test_the_second_time_no_table_is_cut_and_the_third_only_the_new_one(tmp_path: Path):
    folder, shelf = project(tmp_path / "p"), Shelf(tmp_path / "store")
    plain, first = said(folder, None)
    kept_first, cut = said(folder, shelf)
    assert (first, cut, len(plain.bulk), plain.problems) == (2, 2, 2, ())
    again, cut = said(folder, shelf)
    assert cut == 0
    for one in (kept_first, again):
        same(one, plain)
    assert len(columnar.unfolded(again.bulk)) == 14
    project(folder, **{"actuals/c.csv": HEAD + "x-1,1-KH/1,2023-03,5/4/2023,77-BC,,,,,\n"})
    third, cut = said(folder, shelf)
    assert (cut, len(third.bulk)) == (1, 3)
    same(third, said(folder, None)[0])


MAPPING = "tables:\n  - {files: a.csv, values: {task: {1-KH/1: 1-KH/2}}}\n"


@pytest.mark.parametrize("change", [
    {"actuals/a.csv": HEAD + ROWS.replace("3-BC", "4-BC", 1)}, {"actuals/a.csv": HEAD + ROWS + "x-0,1-KH/1,2023-05,7/6/2023,,,,,,\n"},
    {"plans/units.yaml": UNITS + "  - {id: x-9, name: Xã 9, kind: xa}\n"}, {"plans/units.yaml": UNITS.replace("id: x-3,", "id: x-3m, formerly: [x-3],")},
    {"actuals/m.tables.yaml": MAPPING}, {"plans/plan.yaml": PLAN.replace('id: "2"', 'id: "3", formerly: [1-KH/2]')},
])  # fmt: skip
def test_what_a_table_is_made_of_is_in_its_name(change: dict[str, str], tmp_path: Path):
    folder, shelf = project(tmp_path / "p"), Shelf(tmp_path / "store")
    said(folder, shelf)
    project(folder, **change)
    for _ in range(2):
        same(said(folder, shelf)[0], said(folder, None)[0])


def test_another_file_of_the_same_bytes_has_its_own_places(tmp_path: Path):
    folder, shelf = project(tmp_path / "p", **{"actuals/z.csv": HEAD + ROWS}), Shelf(tmp_path / "store")
    for _ in range(2):
        same(said(folder, shelf)[0], said(folder, None)[0])


def test_another_program_reads_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder, shelf = project(tmp_path / "p"), Shelf(tmp_path / "store")
    said(folder, shelf)
    monkeypatch.setattr(tables, "program", lambda: "another")
    assert said(folder, shelf)[1] == 2


@pytest.mark.parametrize("rows", ["x-0,1-KH/1,2023-02,30/2/2023,,,,,,\n", "x-77,1-KH/1,2023-02,3/2/2023,,,,,,\n", "x-0,1-KH/1,2023-02..2023-04,3/5/2023,,,,,,\n", "x-0,1\n"])
def test_a_table_with_a_word_besides_is_read_every_time(rows: str, tmp_path: Path):
    folder, shelf = project(tmp_path / "p", **{"actuals/a.csv": HEAD + ROWS + rows}), Shelf(tmp_path / "store")
    for cut in (2, 1):
        found, count = said(folder, shelf)
        assert count == cut
        same(found, said(folder, None)[0])


SPOILED: list[Callable[[bytes], bytes]] = [
    lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: data[: len(data) // 2], lambda _: b"", lambda data: b"0" + data[1:],
    lambda data: data[:80] + b"9" + data[81:], lambda _: sealed(b"\0" * 8), lambda _: sealed((2).to_bytes(8, "big") + b"[]" + b"ARROW1"),
    lambda data: sealed(data.partition(b"\n")[2][:-40]),
]  # fmt: skip


def sealed(payload: bytes) -> bytes:
    from hashlib import sha256

    return sha256(payload).hexdigest().encode() + b"\n" + payload


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_was_damaged_is_made_anew(spoil: Callable[[bytes], bytes], tmp_path: Path):
    folder, shelf = project(tmp_path / "p"), Shelf(tmp_path / "store")
    said(folder, shelf)
    files = sorted((tmp_path / "store").iterdir())
    assert [one.suffix for one in files] == [kept.TABLE] * 2
    for file in files:
        file.write_bytes(spoil(file.read_bytes()))
    found, cut = said(folder, shelf)
    assert cut == 2
    same(found, said(folder, None)[0])
    assert said(folder, shelf)[1] == 0


def test_what_is_written_while_it_is_read_is_not_kept(tmp_path: Path):
    folder, shelf = project(tmp_path / "p"), Shelf(tmp_path / "store")
    cut = columnar.typed

    def late(*args: object, **more: object):
        (folder / "actuals" / "a.csv").write_text(HEAD + ROWS.replace("3-BC", "5-BC"), encoding="utf-8")
        return cut(*args, **more)

    with mock.patch.object(columnar, "LARGE", 0), mock.patch.object(columnar, "typed", late):
        read(folder, ROOT / "rules", grid="grid", shelf=shelf)
    same(said(folder, shelf)[0], said(folder, None)[0])


def test_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "MOST", 3)
    shelf = Shelf(tmp_path / "store")
    for number in range(4):
        said(project(tmp_path / str(number), **{"actuals/a.csv": HEAD + ROWS.replace("-BC", f"-BC{number}")}), shelf)
    assert len([*(tmp_path / "store").iterdir()]) == 3


def test_many_at_once_and_by_the_command(tmp_path: Path):
    folder = project(tmp_path / "p", **{"actuals/a.csv": HEAD + ROWS * 600})
    ask = ("check", "--as-of", "31/12/2023", "--engine", "grid", "--format", "json", "--fail-on", "never", "--project", str(folder))
    plain = tracker(*ask)
    environment = {"XDG_CACHE_HOME": str(tmp_path / "store"), "PATH": "", "PYTHONPATH": str(ROOT)}

    def again(_: int) -> tuple[int, str]:
        done = subprocess.run((sys.executable, "-m", "tracker", *ask, "--cache"), capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        return done.returncode, done.stdout

    with ThreadPoolExecutor(2) as several:
        assert {*several.map(again, range(2))} == {(plain.code, plain.out)}
    assert [*(tmp_path / "store" / "tracker").glob(f"*{kept.TABLE}")]
    assert again(0) == (plain.code, plain.out)


def test_a_store_that_cannot_be_used_changes_nothing(tmp_path: Path):
    (tmp_path / "store").write_text("", encoding="utf-8")
    folder = project(tmp_path / "p")
    for _ in range(2):
        same(said(folder, Shelf(tmp_path / "store"))[0], said(folder, None)[0])
