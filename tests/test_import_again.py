"""The same log under another name is the same log; another log is not; what could be either is said."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from inside import Ran, tracker
from openpyxl import Workbook, load_workbook
from projects import ROOT, SHOWCASE, logs_of

from tracker import door
from tracker.model.actual import Actual
from tracker.read import read

HEAD = ["Mã", "Đơn vị", "Ngày thực hiện", "Số lượng", "Ghi chú"]
ROWS = [
    ["12-KH/2.1", "bdt", "15/8/2024", "3 hội nghị", "tại Tân An"],
    ["12-KH/2.5", "bdt", "20/8/2024", "1 đoàn", ""],
    ["12-KH/1.7", "bdvtu", "21/8/2024", "", "đã xong"],
]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "today", lambda: date(2024, 12, 1))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return logs_of(SHOWCASE, tmp_path / "project")


def workbook(path: Path, *rows: list[str], sheet: str = "Sổ") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save(path)
    return path


def taken(project: Path, path: Path, *words: str) -> Ran:
    return tracker("import", str(path), "--project", str(project), "--yes", "--lang", "en", *words)


def counts(ran: Ran) -> list[int]:
    """New, changed, unchanged, refused, waiting."""
    found = re.search(r"rows?: ([0-9]+) new, ([0-9]+) changed, ([0-9]+) unchanged, ([0-9]+) refused, ([0-9]+) ", ran.out)
    assert found is not None, ran.out + ran.err
    return list(map(int, found.groups()))


def recorded(project: Path) -> list[Actual]:
    return [one for one in read(project, ROOT / "rules").actuals if one.id.startswith("nhap-")]


def test_a_copy_under_another_name_changes_nothing(tmp_path: Path, project: Path):
    first = workbook(tmp_path / "so-theo-doi.xlsx", *ROWS)
    assert counts(taken(project, first)) == [3, 0, 0, 0, 0]
    copied = Path(shutil.copy(first, tmp_path / "so-theo-doi (1).xlsx"))
    ran = taken(project, copied)
    assert counts(ran) == [0, 0, 3, 0, 0]
    assert "so-theo-doi (1).xlsx is the imported file so-theo-doi.xlsx under another name" in ran.out
    assert ran.code == 0
    again = load_workbook(copied)
    again.properties.title = "lưu lại"
    again.save(tmp_path / "ban-cuoi.xlsx")
    ran = taken(project, tmp_path / "ban-cuoi.xlsx")
    assert counts(ran) == [0, 0, 3, 0, 0], "other bytes, the same rows"
    assert "another version of so-theo-doi.xlsx" in ran.out
    assert len(recorded(project)) == 3


def test_a_version_under_another_name_goes_on_in_the_log_of_the_first(tmp_path: Path, project: Path):
    taken(project, workbook(tmp_path / "so.xlsx", *ROWS))
    more = [*ROWS[:2], [*ROWS[2][:4], "có biên bản"], ["12-KH/2.1", "bdt", "01/9/2024", "1 hội nghị", ""]]
    later = workbook(tmp_path / "so-ban-cuoi.xlsx", *more)
    ran = taken(project, later)
    assert counts(ran) == [1, 0, 2, 0, 1]
    assert ran.code == 1
    assert re.search(r"Sổ!4: Taken for a correction of entry nhap-\S+, imported from so\.xlsx", ran.out)
    assert counts(taken(project, later, "--accept-doubts")) == [0, 1, 3, 0, 0]
    assert {one.at.file for one in recorded(project)} == {"actuals/2024/nhap-so.yaml"}
    assert counts(taken(project, later)) == [0, 0, 4, 0, 0], "its own rows are known under the first name"
    third = workbook(tmp_path / "so-ban-cuoi-that.xlsx", *more, ["12-KH/2.1", "bdt", "02/9/2024", "1 hội nghị", ""])
    assert counts(taken(project, third)) == [1, 0, 4, 0, 0]
    assert "is taken for another version of so.xlsx" in taken(project, third).out
    gone = taken(project, workbook(tmp_path / "so-rut-gon.xlsx", *more[:2]))
    assert counts(gone) == [0, 0, 2, 0, 0]
    assert "1 entry that came from this file is not in it any more" in gone.out, "what the first had is named"


def test_another_log_is_another_log(tmp_path: Path, project: Path):
    taken(project, workbook(tmp_path / "thang-8.xlsx", *ROWS))
    other = [["12-KH/2.1", "bdt", "15/9/2024", "2 hội nghị", ""], ["12-KH/2.5", "bdt", "20/9/2024", "1 đoàn", ""]]
    ran = taken(project, workbook(tmp_path / "thang-9.xlsx", *other))
    assert counts(ran) == [2, 0, 0, 0, 0]
    assert "version" not in ran.out
    said = taken(project, workbook(tmp_path / "thang-8b.xlsx", *ROWS), "--same-as", "none")
    assert counts(said) == [3, 0, 0, 0, 0], "who says that it is another log is believed"
    assert counts(taken(project, tmp_path / "thang-8b.xlsx")) == [0, 0, 3, 0, 0]


def test_somebody_says_of_which_file_it_is_a_version(tmp_path: Path, project: Path):
    taken(project, workbook(tmp_path / "so.xlsx", *ROWS))
    changed = workbook(tmp_path / "khac.xlsx", *([*row[:4], "sửa"] for row in ROWS))
    assert counts(taken(project, changed, "--same-as", "so.xlsx")) == [0, 0, 0, 0, 3]
    wrong = taken(project, changed, "--same-as", "sp.xlsx")
    assert wrong.code == 2
    assert "so.xlsx, none" in wrong.err
    several = tracker("import", str(changed), str(tmp_path / "so.xlsx"), "--project", str(project), "--same-as", "so.xlsx")
    assert several.code == 2


def test_a_sheet_of_another_name_is_the_same_sheet(tmp_path: Path, project: Path):
    taken(project, workbook(tmp_path / "so.xlsx", *ROWS))
    ran = taken(project, workbook(tmp_path / "so.xlsx", *ROWS, sheet="Sổ 2024"))
    assert counts(ran) == [0, 0, 3, 0, 0]
    assert "so.xlsx: the imported sheet Sổ has another name now" in ran.out


def test_another_day_under_the_same_name_may_be_another_deed(tmp_path: Path, project: Path):
    taken(project, workbook(tmp_path / "bao-cao.xlsx", *ROWS[:1]))
    next_month = workbook(tmp_path / "bao-cao.xlsx", ["12-KH/2.1", "bdt", "15/9/2024", "2 hội nghị", ""])
    ran = taken(project, next_month)
    assert counts(ran) == [0, 0, 0, 0, 1]
    assert re.search(r"Sổ!C2: Taken for a correction of the day of entry nhap-\S+, from 15/08/2024 to 15/09/2024", ran.out)
    assert len(recorded(project)) == 1
    assert counts(taken(project, next_month, "--accept-doubts")) == [0, 1, 0, 0, 0]


def test_one_file_under_two_names_at_once_is_refused(tmp_path: Path, project: Path):
    first = workbook(tmp_path / "a.xlsx", *ROWS)
    second = shutil.copy(first, tmp_path / "b.xlsx")
    ran = tracker("import", str(first), str(second), "--project", str(project), "--yes", "--lang", "en")
    assert ran.code == 2
    assert "a.xlsx and b.xlsx are one file" in ran.err
    assert recorded(project) == []


def test_entries_of_before_keep_their_names(tmp_path: Path, project: Path):
    log = project / "actuals" / "2024" / "nhap-so.yaml"
    taken(project, workbook(tmp_path / "so.xlsx", ROWS[0]))
    # As the program wrote it when names began with the file's own: an id is for ever.
    assert "id: nhap-460ca041-404036-cfc1fff6}" in log.read_text(encoding="utf-8")
