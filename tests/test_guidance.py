"""Who attended against who there is, guidance that is late or does not fit, and how both are read."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from builders import actual, task
from measured import indicator, q, reading, table
from test_house import run_and_list
from test_read_errors import GALLERY

from tracker.model.document import Document, Guidance, Level, Unsuitable
from tracker.model.project import Project
from tracker.read import read

PEOPLE = indicator("nguoi")


@pytest.mark.parametrize(
    ("people", "there", "expected"),
    [(["gần 1.500 đại biểu"], "820 người", (1500, 820, False)), (["500 người", "400 người"], "820 người", (900, 820, True)),
     (["65 người"], "820 người", (65, 820, False)), (["900 người"], "trên 820 người", (900, 820, False)), (["9 người"], None, (9, None, False))],
)  # fmt: skip
def test_who_attended_is_held_against_who_there_is(people, there, expected):
    tasks = [task("3.7", "quantity", "bdt", audience="nguoi")]
    records = [actual("3.7", "bdt", "2023-05-05", people=q(text)) for text in people]
    figures = [reading("nguoi", there)] if there else []
    (row,) = table("audiences", indicators=[PEOPLE], figures=figures, tasks=tasks, actuals=records)
    assert (row["people"], row["population"], row["certain"]) == expected


def guided(**more) -> Mapping:
    document = Document(
        more.get("number", ""), issuer="Bộ X", issued=more.get("issued"), id="hd-1",
        guidance=Guidance(date(2023, 1, 1), "năm ngân sách", "chính sách Y", None, more.get("flaw"), more.get("holds_up", ())),
    )  # fmt: skip
    (row,) = table("guidance", documents=(document,), tasks=more.get("tasks", ()), as_of="2023-03-31")
    return row


@pytest.mark.parametrize(
    ("number", "issued", "expected"),
    [
        ("", None, (False, 89)), ("1-TT", date(2022, 12, 30), (True, 0)), ("1-TT", date(2023, 1, 1), (True, 0)),
        ("1-TT", date(2023, 1, 2), (True, 1)), ("1-TT", date(2023, 6, 1), (False, 89)), ("1-TT", None, (None, None)),
    ],
)  # fmt: skip
def test_guidance_is_late_from_the_day_on_which_it_was_needed(number, issued, expected):
    row = guided(number=number, issued=issued)
    assert (row["issued"], row["days_late"]) == expected
    assert row["document"] == (number or "hd-1")
    assert row["unsuitable"] is False


def test_guidance_holds_up_the_tasks_that_are_not_done():
    tasks = [task("1.1", owed_by="bdt", due="2023-02-28"), task("1.2", owed_by="bdt", due="2023-02-28")]
    row = guided(holds_up=("14-KH/1.1", "14-KH/1.2", "13-KH/1.1"), tasks=tasks)
    assert (row["held_up"], row["not_done"], row["tasks"]) == (3, 2, "14-KH/1.1, 14-KH/1.2")


def test_guidance_is_unsuitable_from_the_day_on_which_somebody_said_so():
    assert guided(number="1-TT", issued=date(2022, 1, 1), flaw=Unsuitable("thấp", date(2023, 3, 31)))["reason"] == "thấp"
    assert guided(number="1-TT", issued=date(2022, 1, 1), flaw=Unsuitable("thấp", date(2023, 4, 1)))["unsuitable"] is False
    assert guided(number="1-TT", issued=date(2022, 1, 1), flaw=Unsuitable("thấp"))["unsuitable"] is True


BESIDE = """documents:
  - {number: 01/2023/TT-X, issuer: Bộ X, date: 05/4/2023, level: central, needed_by: 01/01/2023, needed_for: năm ngân sách, policy: vốn,
     unsuitable: {reason: thấp, on: 06/5/2023, replaced_by: hd-2}, holds_up: [14-KH/1.1, 14-KH/9.9]}
  - {id: hd-2, issuer: Bộ X}
"""
MEASURES = """indicators:
  - {id: chung, title: Tỷ lệ chung}
  - {id: ty-le, title: Tỷ lệ, better: lower, compare: [chung, zzz], numerator: ho-ngheo, denominator: ho, parts: [a, b], task: 14-KH/1.1, target: "5%"}
  - {id: ho, title: Hộ, inside: ho-ngheo, near: ty-le, named: II.2, cumulative: true, additive: true, difference: [ty-le, ho]}
"""
LOG = """unit: bdt
figures:
  - {id: f-1, indicator: ho, title: Hộ, quantity: 5 hộ, date: 2023}
  - {id: f-2, indicator: hox, title: Hộ, quantity: 5 hộ, date: 2023}
"""


def reads(tmp_path: Path) -> Project:
    folder = tmp_path / "p"
    for path in sorted(GALLERY.joinpath("base").rglob("*.yaml")):
        target = folder / path.relative_to(GALLERY / "base")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in (("plans/van-ban.yaml", BESIDE), ("plans/them.yaml", MEASURES), ("actuals/2023/so.yaml", LOG)):
        folder.joinpath(name).write_text(text, encoding="utf-8")
    plans = folder / "plans" / "ke-hoach.yaml"
    more = '  - {id: "1.3", title: Hội nghị, kind: milestone, for: bdt, audience: ho}\n  - {id: "1.4", title: Lớp, kind: milestone, for: bdt, audience: hop}\n'
    plans.write_text(plans.read_text(encoding="utf-8") + more, encoding="utf-8")
    return read(folder)


def test_what_names_something_is_kept_and_what_names_nothing_is_told_and_left_out(tmp_path: Path):
    found = reads(tmp_path)
    told = {(problem.place.file, problem.code, problem.args["text"]) for problem in found.problems}
    assert told == {
        ("plans/them.yaml", "reference-indicator", "zzz"),
        ("plans/them.yaml", "reference-indicator", "a"),
        ("plans/them.yaml", "reference-indicator", "b"),
        ("actuals/2023/so.yaml", "reference-indicator-near", "hox"),
        ("plans/ke-hoach.yaml", "reference-indicator-near", "hop"),
        ("plans/van-ban.yaml", "reference-task-near", "14-KH/9.9"),
    }
    assert all(problem.place.line > 1 and problem.place.column > 1 for problem in found.problems)
    rate = next(one for one in found.indicators if one.id == "ty-le")
    assert (rate.compare, rate.numerator, rate.denominator, rate.parts, rate.task) == (("chung",), "ho-ngheo", "ho", (), "14-KH/1.1")
    whole = next(one for one in found.indicators if one.id == "ho")
    assert (whole.inside, whole.near, whole.named, whole.difference) == ("ho-ngheo", "ty-le", "II.2", ("ty-le", "ho"))
    assert (whole.cumulative, whole.additive, rate.target, rate.cumulative) == (True, True, q("5%"), False)
    assert [figure.indicator for figure in found.figures] == ["ho", ""]
    assert [task.audience for plan in found.plans for task in plan.tasks if task.title in {"Hội nghị", "Lớp"}] == ["ho", ""]


def test_a_document_says_why_it_is_waited_for(tmp_path: Path):
    first, second = (one for one in reads(tmp_path).documents if one.issuer == "Bộ X")
    assert first.guidance == Guidance(
        date(2023, 1, 1), "năm ngân sách", "vốn", Level.CENTRAL, Unsuitable("thấp", date(2023, 5, 6), "hd-2"), ("14-KH/1.1",),
    )  # fmt: skip
    assert (second.number, second.id, second.guidance) == ("", "hd-2", None)


@pytest.mark.parametrize("with_indicators", [True, False])
def test_the_shape_of_indicators_is_loaded_only_where_a_file_has_some(tmp_path: Path, with_indicators: bool):
    folder = copytree(GALLERY / "base", tmp_path / "p")
    if not with_indicators:
        (folder / "plans" / "indicators.yaml").unlink()
    code, loaded = run_and_list("status", "--project", str(folder), "--as-of", "31/12/2023")
    assert code == 0
    assert ("tracker.read.shapes.indicators" in loaded) == with_indicators
