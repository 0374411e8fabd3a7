"""Deadlines, decisions, cases and papers that go to and fro: from the file that a person writes to the state."""

from datetime import date
from pathlib import Path

import pytest
from builders import day
from projects import ROOT, judged

from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.standing import Evidence, Receipt, Standing, State, Window
from tracker.periods import Days
from tracker.read import read
from tracker.run import Asked, run

UNITS = """\
units:
  - {id: tinh, name: Tỉnh A, kind: tinh}
  - {id: a, name: Huyện A, kind: huyen, parent: tinh}
  - {id: b, name: Huyện B, kind: huyen, parent: tinh}
"""
DOCUMENTS = """\
documents:
  - {number: 49-NQ/TW, date: 30/10/2019, title: Nghị quyết}
"""


def project(folder: Path, tasks: str, log: str = "events:\n  - {id: x0, event: khac, date: 02/01/2024}\n", **files: str) -> Project:
    for name in ("plans", "actuals"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "plans" / "units.yaml").write_text(UNITS, encoding="utf-8")
    (folder / "plans" / "documents.yaml").write_text(DOCUMENTS, encoding="utf-8")
    head = "plan: 1-KH/A\nissued: 02/01/2024\nperiod: 2024\n"
    (folder / "plans" / "p.yaml").write_text(head + tasks, encoding="utf-8")
    (folder / "actuals" / "a.yaml").write_text(log, encoding="utf-8")
    for name, text in files.items():
        (folder / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = read(folder, ROOT / "rules")
    assert found.problems == ()
    return found


def on(found: Project, text: str, known_by: str = "") -> dict[tuple[str, str, str], Standing]:
    report = run(found, Asked(Days(day(text), day(known_by or text))))
    return {(s.obligation.task.id.rpartition("/")[2], s.obligation.unit.id, s.obligation.period.id): s for s in report.standings}


def fired(found: Project, text: str, rule: str) -> list[str]:
    return [one.fingerprint for one in judged(found, day(text)).findings if one.rule == rule]


SIX = """\
tasks:
  - {id: ngay, title: T, kind: milestone, for: tinh, due: 30/6/2024}
  - {id: ky, title: T, kind: milestone, for: tinh, due: quý I/2024}
  - {id: thang, title: T, kind: milestone, for: tinh, due: {months: 1, after: 31/01/2024}}
  - {id: su-kien, title: T, kind: coverage, for: huyen, due: {days: 10, after: thanh-tra}}
  - {id: lam-viec, title: T, kind: milestone, for: tinh, due: {working_days: 3, after: 1-KH/ngay}}
  - {id: dinh-muc, title: T, kind: quantity, for: tinh, every: quarter, target: 2 hội nghị}
  - {id: ky-niem, title: Sơ kết 05 năm, kind: milestone, for: tinh, due: {anniversary: 5, of: 49-NQ/TW}}
"""


def test_all_six_kinds_of_deadline(tmp_path: Path):
    log = """\
unit: tinh
events:
  - {id: thanh-tra-1, event: thanh-tra, date: 10/5/2024, units: [a], recorded: 15/5/2024}
entries:
  - {task: 1-KH/ngay, date: 26/4/2024, doc: 5-BC/A}
  - {task: 1-KH/dinh-muc, date: 05/02/2024, quantity: 2 hội nghị}
  - {task: 1-KH/dinh-muc, date: 05/5/2024, quantity: 1 hội nghị}
  - {task: 1-KH/dinh-muc, date: 2024, quantity: 1 hội nghị}
"""
    found = project(tmp_path, SIX, log)
    before = on(found, "2024-04-25")
    assert {key[0]: s.obligation.due for key, s in before.items() if key[0] in {"ngay", "ky", "thang", "ky-niem"}} == {
        "ngay": day("2024-06-30"), "ky": day("2024-03-31"), "thang": day("2024-02-29"), "ky-niem": day("2024-10-30"),
    }
    for key in (("su-kien", "a", "2024"), ("lam-viec", "tinh", "2024")):
        waiting = before[key]
        assert (waiting.window, waiting.state, waiting.obligation.due, waiting.days_late) == (Window.WAITING, State.UPCOMING, None, 0)
    assert before["lam-viec", "tinh", "2024"].obligation.waits == "1-KH/ngay"
    # 27/4 to 01/5/2024 was off, save 04/5: three working days after 26/4 are 02/5, 03/5 and 04/5.
    after = on(found, "2024-05-05")
    assert after["lam-viec", "tinh", "2024"].obligation.due == day("2024-05-04")
    assert after["lam-viec", "tinh", "2024"].state is State.OVERDUE
    # The inspection of 10/5 was entered on 15/5, for one district alone.
    assert on(found, "2024-05-14")["su-kien", "a", "2024"].window is Window.WAITING
    assert on(found, "2024-05-14", "2024-05-15")["su-kien", "a", "2024"].obligation.due == day("2024-05-20")
    assert on(found, "2024-05-21")["su-kien", "a", "2024"].state is State.OVERDUE
    assert on(found, "2024-12-31")["su-kien", "b", "2024"].window is Window.WAITING
    quotas = on(found, "2024-06-15")
    assert [quotas["dinh-muc", "tinh", f"2024-Q{n}"].state for n in (1, 2, 3)] == [State.DONE, State.OPEN, State.UPCOMING]
    assert quotas["dinh-muc", "tinh", "2024-Q2"].achieved == 1, "what was done some day of 2024 is of no quarter"
    assert fired(found, "2024-12-31", "task-waiting") == ["task-waiting:1-KH/su-kien:b:2024"]


def test_what_waits_when_its_plan_is_closed_is_carried_over(tmp_path: Path):
    found = project(tmp_path, SIX + "closed: {on: 31/12/2024, document: 9-BC/A}\n")
    standing = on(found, "2025-02-01")["su-kien", "a", "2024"]
    assert (standing.window, standing.state, standing.carried_over) == (Window.WAITING, State.UPCOMING, True)


CASES = """\
tasks:
  - {id: dot-xuat, title: Thông tin đột xuất, kind: conditional, for: huyen, case: vu-viec, due: {working_days: 2}, measure: report}
"""


def test_each_case_is_owed_by_itself(tmp_path: Path):
    log = """\
unit: a
events:
  - {id: vu-1, event: vu-viec, date: 07/3/2024, units: [a], recorded: 08/3/2024}
  - {id: vu-2, event: vu-viec, date: 10/6/2024}
entries:
  - {task: 1-KH/dot-xuat, case: vu-1, date: 11/3/2024, doc: 7-BC/A}
  - {task: 1-KH/dot-xuat, case: vu-2, date: 14/6/2024, doc: 8-BC/A}
"""
    found = project(tmp_path, CASES, log)
    assert {key[1:]: s.state for key, s in on(found, "2024-03-06").items()} == {("a", "2024"): State.ONGOING, ("b", "2024"): State.ONGOING}
    later = on(found, "2024-06-20")
    assert {key[1:]: s.state for key, s in later.items()} == {
        ("a", "2024"): State.ONGOING, ("a", "vu-1"): State.DONE, ("a", "vu-2"): State.DONE_LATE,
        ("b", "2024"): State.ONGOING, ("b", "vu-2"): State.OVERDUE,
    }
    assert later["dot-xuat", "a", "vu-2"].days_late == 2
    assert on(found, "2024-06-12")["dot-xuat", "b", "vu-2"].state is State.OPEN


AMENDED = """\
tasks:
  - {id: "1", title: Xây nhà, kind: milestone, for: tinh, due: 31/3/2024}
  - {id: "2", title: Chen giữa, kind: milestone, for: tinh, due: 30/9/2024}
  - {id: "3", title: Mở lớp, kind: quantity, for: tinh, target: 5 lớp, due: 30/11/2024}
  - {id: "4", title: Bỏ, kind: milestone, for: tinh, due: 30/6/2024}
amended:
  - {task: "1", on: 20/3/2024, document: 10-CV/A, reason: Chờ kinh phí, due: 30/6/2024}
  - {task: "1", on: 10/6/2024, recorded: 15/6/2024, document: 20-CV/A, reason: Mưa lũ, due: 30/9/2024}
  - {task: "2", on: 01/4/2024, document: 11-CV/A, reason: Phát sinh, added: true}
  - {task: [3], on: 01/8/2024, document: 30-CV/A, reason: Giảm chỉ tiêu, target: 3 lớp}
  - {task: 1-KH/4, on: 01/5/2024, basis: {inferred: họp giao ban}, reason: Không còn phù hợp, cancelled: true}
"""


def test_a_task_moved_twice_has_three_days_and_two_slips(tmp_path: Path):
    found = project(tmp_path, AMENDED, "unit: tinh\nentries:\n  - {task: 1-KH/1, date: 05/10/2024, doc: 50-BC/A}\n")
    def one(text, known_by=""):
        return on(found, text, known_by)["1", "tinh", "2024"]
    first, second, third = one("2024-03-19"), one("2024-03-20"), one("2024-06-15")
    assert [s.obligation.due for s in (first, second, third)] == [day("2024-03-31"), day("2024-06-30"), day("2024-09-30")]
    assert [s.obligation.moved for s in (first, second, third)] == [0, 1, 2]
    assert one("2024-06-14").obligation.due == day("2024-06-30"), "decided on 10/6, entered on 15/6"
    assert one("2024-06-14", "2024-06-15").obligation.due == day("2024-09-30")
    done = one("2024-12-31")
    assert (done.obligation.first_due, done.obligation.previous_due, done.obligation.slip) == (day("2024-03-31"), day("2024-06-30"), 183)
    assert (done.state, done.days_late, done.days_late_first) == (State.DONE_LATE, 5, 188)
    assert (third.days_late, third.days_late_first) == (0, 76)
    assert one("2024-10-03").days_late_first == 186
    assert fired(found, "2024-12-31", "task-moved") == ["task-moved:1-KH/1:tinh:2024"]
    assert all(s.obligation.task.id != "1-KH/moved" for s in on(found, "2024-12-31").values()), "no rename"


def test_tasks_that_decisions_add_change_or_drop(tmp_path: Path):
    found = project(tmp_path, AMENDED, "unit: tinh\nentries:\n  - {task: 1-KH/3, date: 01/7/2024, quantity: 3 lớp}\n")
    assert sorted(key[0] for key in on(found, "2024-03-31")) == ["1", "3", "4"]
    assert sorted(key[0] for key in on(found, "2024-04-01")) == ["1", "2", "3", "4"]
    assert on(found, "2024-04-01")["2", "tinh", "2024"].obligation.starts == day("2024-04-01")
    assert on(found, "2024-07-31")["3", "tinh", "2024"].state is State.OPEN
    assert on(found, "2024-08-01")["3", "tinh", "2024"].state is State.DONE
    dropped = on(found, "2024-05-01")["4", "tinh", "2024"]
    assert (dropped.state, dropped.reason) == (State.CANCELLED, "Không còn phù hợp")
    assert on(found, "2024-04-30")["4", "tinh", "2024"].state is State.OPEN


def test_adding_a_task_in_the_middle_changes_no_other(tmp_path: Path):
    tasks = AMENDED.split("amended:", maxsplit=1)[0]
    without = "\n".join(line for line in tasks.splitlines() if '"2"' not in line) + "\n"
    def states(text, where):
        return {key: (s.state, s.obligation.due) for key, s in on(project(where, text), "2024-10-01").items() if key[0] != "2"}
    assert states(tasks, tmp_path / "x") == states(without, tmp_path / "y")


def test_a_task_that_was_carried_over_keeps_its_first_day(tmp_path: Path):
    next_year = """\
plan: 2-KH/A
issued: 02/01/2025
period: 2025
tasks:
  - {id: "9", title: Xây nhà (chuyển tiếp), kind: milestone, for: tinh, due: 31/3/2025, carried_from: 1-KH/1}
"""
    closed = "tasks:\n  - {id: '1', title: Xây nhà, kind: milestone, for: tinh, due: 31/01/2025}\n  - {id: '2', title: Không ai nhận, kind: milestone, for: tinh, due: 31/01/2025}\nclosed: {on: 31/12/2024, document: 9-BC/A}\n"
    found = project(tmp_path, closed, q=next_year)
    standings = on(found, "2025-04-10")
    thread = standings["9", "tinh", "2025"]
    assert (thread.obligation.first_due, thread.days_late, thread.days_late_first) == (day("2025-01-31"), 10, 69)
    assert thread.obligation.task.carried_from == "1-KH/1"
    assert standings["1", "tinh", "2024"].obligation.carried_to == "2-KH/9"
    assert fired(found, "2025-04-10", "plan-carried-over") == ["plan-carried-over:1-KH/2:tinh:2024"], "only what nobody took up"


REPORTS = "tasks:\n  - {id: bc, title: Báo cáo, kind: recurring, every: month, for: huyen, measure: report, evidence: document, %s}\n"


def receipts(tmp_path: Path, entries: str, more: str = "grace: 0") -> Project:
    return project(tmp_path, REPORTS % more, f"unit: a\nentries:\n{entries}")


def test_received_is_not_accepted(tmp_path: Path):
    found = receipts(tmp_path, """\
  - {task: 1-KH/bc, period: 2024-02, date: 28/02/2024, doc: 1-BC/A}
  - {task: 1-KH/bc, period: 2024-02, date: 04/3/2024, step: returned, reason: Thiếu biểu 2}
  - {task: 1-KH/bc, period: 2024-02, date: 11/3/2024, doc: 2-BC/A}
  - {task: 1-KH/bc, period: 2024-02, date: 15/3/2024, step: accepted}
  - {task: 1-KH/bc, period: 2024-02, date: 20/3/2024, doc: 3-BC/A}
""")
    def seen(text):
        s = on(found, text)["bc", "a", "2024-02"]
        return s.receipt, s.state, s.evidence, s.days_late
    assert seen("2024-02-28") == (Receipt.SENT, State.DONE, Evidence.ENOUGH, 0)
    assert seen("2024-03-05") == (Receipt.RETURNED, State.OVERDUE, Evidence.RETURNED, 5)
    # Sent again: on time or late goes by the first sending that was not withdrawn.
    assert seen("2024-03-12") == (Receipt.RESENT, State.DONE, Evidence.ENOUGH, 0)
    assert seen("2024-03-16") == (Receipt.ACCEPTED, State.DONE, Evidence.ENOUGH, 0)
    assert seen("2024-03-21") == (Receipt.ACCEPTED, State.DONE, Evidence.MANY, 0)
    assert on(found, "2024-03-05")["bc", "a", "2024-02"].reason == "Thiếu biểu 2"
    assert fired(found, "2024-03-05", "report-returned") == ["report-returned:1-KH/bc:a:2024-02"]
    assert fired(found, "2024-03-12", "report-returned") == []


def test_the_first_that_was_not_withdrawn(tmp_path: Path):
    found = receipts(tmp_path, """\
  - {task: 1-KH/bc, period: 2024-02, date: 28/02/2024, doc: 1-BC/A, id: dau}
  - {task: 1-KH/bc, period: 2024-02, date: 05/3/2024, withdraws: dau}
  - {task: 1-KH/bc, period: 2024-02, date: 11/3/2024, doc: 2-BC/A}
""")
    late = on(found, "2024-03-12")["bc", "a", "2024-02"]
    assert (late.state, late.days_late) == (State.DONE_LATE, 11)


def test_an_empty_report_has_come_and_an_acceptance_alone_is_a_claim(tmp_path: Path):
    found = receipts(tmp_path, """\
  - {task: 1-KH/bc, period: 2024-01, date: 28/01/2024, doc: 1-BC/A, empty: true}
  - {task: 1-KH/bc, period: 2024-02, date: 28/02/2024, step: accepted}
  - {task: 1-KH/bc, period: 2024-03, date: 28/03/2024, step: returned}
""")
    standings = on(found, "2024-04-10")
    assert [standings["bc", "a", f"2024-0{n}"].receipt for n in (1, 2, 3)] == [Receipt.EMPTY, Receipt.ACCEPTED, Receipt.RETURNED]
    assert [standings["bc", "a", f"2024-0{n}"].state for n in (1, 2, 3)] == [State.DONE, State.UNKNOWN, State.OVERDUE]
    assert fired(found, "2024-04-10", "report-empty") == ["report-empty:1-KH/bc:a:2024-01"]


def test_deeds_without_a_report_are_told(tmp_path: Path):
    tasks = REPORTS % "grace: 0" + "  - {id: hn, title: Hội nghị, kind: quantity, for: huyen, target: 9 hội nghị}\n"
    found = project(tmp_path, tasks, "unit: a\nentries:\n  - {task: 1-KH/hn, date: 10/02/2024, quantity: 1 hội nghị}\n  - {task: 1-KH/hn, date: 2024, quantity: 1 hội nghị}\n")
    assert fired(found, "2024-04-10", "report-content-only") == ["report-content-only:1-KH/bc:a:2024-02"]


def test_an_optional_report_is_done_or_not_owed(tmp_path: Path):
    found = receipts(tmp_path, "  - {task: 1-KH/bc, period: 2024-02, date: 05/3/2024, doc: 1-BC/A}\n", "optional: true")
    standings = on(found, "2024-04-10")
    assert [standings["bc", "a", f"2024-0{n}"].state for n in (1, 2, 4, 6)] == [State.EXEMPT, State.DONE_LATE, State.EXEMPT, State.UPCOMING]
    assert fired(found, "2024-04-10", "report-missing") == []


FROZEN = """\
closed:
  on: 30/6/2024
  recorded: 10/7/2024
  known_by: 05/7/2024
  document: 9-BC/A
  figures: {obligations: 24, done: 2, overdue: 9, upcoming: 12, open: 1}
"""


def test_what_comes_after_the_figures_were_published_changes_none(tmp_path: Path):
    entries = """\
  - {task: 1-KH/bc, period: 2024-01, date: 28/01/2024, doc: 1-BC/A}
  - {task: 1-KH/bc, period: 2024-02, date: 28/02/2024, doc: 2-BC/A, recorded: 04/7/2024}
  - {task: 1-KH/bc, period: 2024-03, date: 28/03/2024, doc: 3-BC/A, recorded: 06/7/2024}
  - {task: 1-KH/bc, period: 2024-07, date: 20/7/2024, doc: 4-BC/A}
"""
    found = project(tmp_path, REPORTS % "grace: 0" + FROZEN, f"unit: a\nentries:\n{entries}")
    def report(text, known_by="") -> Report:
        return run(found, Asked(Days(day(text), day(known_by or text))))
    def done(one: Report) -> list[str]:
        return [s.obligation.period.id for s in one.standings if s.state is State.DONE]
    published = report("2024-07-10")
    assert done(published) == ["2024-01", "2024-02"]
    for text, known_by in (("2024-08-01", ""), ("2026-01-01", ""), ("2024-06-30", "2026-01-01")):
        one = report(text, known_by)
        assert [s.state for s in one.standings] == [s.state for s in published.standings]
    assert [a.period for a in published.late] == ["2024-03"]
    assert [a.period for a in report("2024-08-01").late] == ["2024-03", "2024-07"]
    # Nothing was frozen before that was entered.
    assert done(report("2024-07-09")) == ["2024-01", "2024-02", "2024-03"]
    assert [one.fingerprint for one in report("2024-08-01").findings if one.rule == "plan-late-records"] == ["plan-late-records:1-KH/A"]
    assert date(2024, 6, 30) == next(p.closed for p in found.plans)


@pytest.mark.parametrize("wrong", ["figures: {xong: 1}", "figures: {done: nhiều}", "known_by: hôm qua"])
def test_a_closing_is_read_with_care(tmp_path: Path, wrong: str):
    project(tmp_path, REPORTS % "grace: 0")
    path = tmp_path / "plans" / "p.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"closed: {{on: 30/6/2024, document: 9-BC/A, {wrong}}}\n", encoding="utf-8")
    assert [problem.place.line for problem in read(tmp_path, ROOT / "rules").problems] == [6]
