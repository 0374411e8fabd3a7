"""Reminders: each unit is reminded of what it owes and of nothing else, worst first, in a text that can be sent."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from inside import tracker
from projects import SHOWCASE, SHOWCASE_DAY, judged, showcase

from tracker.draft.remind import COLUMNS, reason, reminders, table
from tracker.lang import languages, words
from tracker.model.reminder import Why
from tracker.model.standing import State

BASE = ("--project", str(SHOWCASE), "--as-of", "20/10/2024")


def found(within: int = 14):
    return reminders(judged(showcase(), SHOWCASE_DAY).standings, showcase().units, within)


def test_who_is_overdue_is_reminded_and_who_is_done_is_not():
    standings = judged(showcase(), SHOWCASE_DAY).standings
    reminded = {one.standing.obligation.key for one in found()}
    for standing in standings:
        owed = standing.obligation.plan.close is None and not standing.obligation.task.optional
        if standing.state is State.OVERDUE and owed:
            assert standing.obligation.key in reminded
        if standing.state in (State.DONE, State.DONE_LATE, State.EXEMPT, State.CANCELLED, State.UPCOMING):
            assert standing.obligation.key not in reminded
    assert {one.why for one in found()} >= {Why.OVERDUE, Why.UNCLEAR, Why.COMING}
    assert all(one.standing.obligation.plan.close is None for one in found())


def test_the_days_ahead_decide_what_is_coming():
    at = {within: [one.standing.days_left for one in found(within) if one.why is Why.COMING] for within in (0, 4, 5, 14)}
    assert max(at[4]) < 5 <= max(at[5])
    assert max(at[14]) <= 14
    assert len(at[0]) < len(at[5]) <= len(at[14])


def test_the_optional_is_never_asked_for():
    standing = next(one.standing for one in found() if one.why is Why.OVERDUE)
    task = standing.obligation.task._replace(optional=True)
    assert reason(standing._replace(obligation=standing.obligation._replace(task=task)), 14) is None
    assert reason(standing, 14) is Why.OVERDUE


def test_units_stand_in_official_order_and_the_worst_comes_first():
    order = [unit.id for unit in showcase().units]
    units = [one.standing.obligation.unit.id for one in found()]
    assert [order.index(id_) for id_ in units] == sorted(order.index(id_) for id_ in units)
    mine = [one for one in found() if one.standing.obligation.unit.id == "bdt"]
    assert [list(Why).index(one.why) for one in mine] == sorted(list(Why).index(one.why) for one in mine)
    late = [one.standing.days_late for one in mine if one.why is Why.OVERDUE]
    assert late == sorted(late, reverse=True)


def test_the_text_of_one_unit():
    done = tracker("remind", *BASE, "--unit", "bdt")
    assert done.code == 0
    assert done.out.startswith("Kính gửi: Ban Dân tộc tỉnh\nTính đến ngày 20/10/2024, theo 12-KH/BDVTU-BDT, còn 08 việc ")
    assert "\nĐã quá hạn (04 việc):\n- Báo cáo tháng; tháng 04/2024; hạn 25/04/2024; quá hạn 178 ngày; đã đôn đốc 02 lần, lần cuối 10/10/2024.\n" in done.out
    assert "- Hội nghị cung cấp thông tin cho người có uy tín; hạn 30/09/2024; quá hạn 20 ngày; đã ghi nhận 3/5 hội nghị.\n" in done.out
    assert "4.700/4.800" not in done.out, "trên 4.700 is not 4.700"
    assert done.out.count("\n- ") == 8
    assert "---" not in done.out


@pytest.mark.parametrize("code", languages())
def test_all_texts_have_as_many_lines_as_there_are_reminders(code):
    done = tracker("remind", *BASE, "--lang", code)
    assert done.code == 0
    assert done.out.count("\n- ") == len(found())
    assert done.out.count("\n---\n") + 1 == len({one.standing.obligation.unit.id for one in found()})
    assert "{" not in done.out.replace("{unit} “", "")


def test_nothing_to_remind_of_is_said():
    done = tracker("remind", *BASE, "--as-of", "01/01/2020")
    assert (done.code, done.out) == (0, "Tính đến ngày 01/01/2020, không có việc nào phải đôn đốc.\n")


def test_the_tables_hold_the_same(tmp_path):
    done = tracker("remind", *BASE, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert [row["task"] for row in rows] == [one.standing.obligation.task.id for one in found()]
    done = tracker("remind", *BASE, "--format", "xlsx", "-o", str(tmp_path / "r.xlsx"))
    assert done.code == 0
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet["A1"].value == words("vi")("remind.title")
    assert sheet.max_row == 4 + len(rows)
    due = [column.name for column in COLUMNS].index("due") + 1
    assert [cell.value.date() if cell.value else None for (cell,) in sheet.iter_rows(min_row=5, min_col=due, max_col=due)] == [row[due - 1] for row in table(found())]
    assert isinstance(table(found())[0][due - 1], date)


@pytest.mark.parametrize("code", languages())
def test_every_column_has_a_heading(code):
    assert {column.name for column in COLUMNS} <= set(words(code).table["column"])


def letter(path, *more: str):
    return tracker("remind", *BASE, "--format", path.suffix[1:], "-o", str(path), *more)


def test_the_letter_has_the_form_of_one(tmp_path):
    assert letter(tmp_path / "cv.md").code == 0
    text = (tmp_path / "cv.md").read_text(encoding="utf-8")
    assert "Số …… -CV/BDVTU-BDT" in text
    assert "**V/v đôn đốc thực hiện Kế hoạch số 12-KH/BDVTU-BDT**" in text
    assert "\n# " not in text, "a letter has no name of its kind"
    assert "Kính gửi: Ban Dân vận Tỉnh ủy; Ban Dân tộc tỉnh; " in text
    assert "[CẦN BỔ SUNG: thời hạn gửi kết quả]" in text
    plan = [one for one in found() if one.standing.obligation.plan.id == "12-KH/BDVTU-BDT"]
    assert f"có {len(plan)} việc của 08 cơ quan" in text
    assert text.count("\n| ") >= len(plan)


def test_in_word_what_a_letter_is_about_stands_beside_the_place_and_day(tmp_path):
    import docx

    for profile in ("party-2018", "party-2026", "state-2020"):
        path = tmp_path / f"{profile}.docx"
        assert letter(path, "--profile", profile).code == 0
        document = docx.Document(str(path))
        cell = document.tables[0].rows[1].cells[0]
        subject = cell.paragraphs[-1]
        assert subject.text == "V/v đôn đốc thực hiện Kế hoạch số 12-KH/BDVTU-BDT"
        assert all(bool(run.italic) is profile.startswith("party") for run in subject.runs)
        assert "Công văn" in " ".join(paragraph.text for paragraph in document.paragraphs), "the annex names it"
        assert not any(paragraph.text.startswith("V/v") for paragraph in document.paragraphs)
        first = path.read_bytes()
        assert letter(path).code == 0, "made again around what people wrote"
        assert letter(path, "--profile", profile, "--overwrite").code == 0
        assert path.read_bytes() == first


def test_a_letter_is_about_one_plan_and_about_something(tmp_path):
    done = letter(tmp_path / "a.md", "--plan", "12-KH", "--plan", "11-KH")
    assert done.code == 2
    assert "12-KH/BDVTU-BDT" in done.err
    done = letter(tmp_path / "b.md", "--plan", "10-KH")
    assert done.code == 2
    assert "--within" in done.err
    assert list(tmp_path.iterdir()) == []
