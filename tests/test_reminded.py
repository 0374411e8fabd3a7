"""Reminders that went out are logged facts: who was reminded of what, known when, and what rests on it."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from builders import asking, placed, plan, project, task, unit
from golden_files import same
from inside import Ran, tracker
from projects import SHOWCASE, SHOWCASE_DAY, copy_of, judged, showcase

from tracker import door
from tracker.change import View, change
from tracker.draft.causes import offers
from tracker.draft.recipients import addressed, lately
from tracker.draft.remind import reminders
from tracker.draft.writer import writer_of
from tracker.exported import exported
from tracker.know import heard, known
from tracker.model.change import Cause
from tracker.model.draft import Naming
from tracker.model.plan import Kind
from tracker.model.project import Project
from tracker.model.reminder import By
from tracker.model.sent import Channel, Chased, Sent
from tracker.model.standing import State
from tracker.periods import Days
from tracker.run import Asked, judge

BASE = ("--project", str(SHOWCASE), "--as-of", "20/10/2024")
LOG = "actuals/2024/don-doc.yaml"
"""Where reminders are logged."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: SHOWCASE_DAY)
    return copy_of(SHOWCASE, tmp_path / "p")


def remind(root: Path, *more: str) -> Ran:
    return tracker("remind", *more, cwd=root)


def standing(key: str, unit_: str, period: str, day: date = SHOWCASE_DAY, of: Project | None = None):
    report = judged(of or showcase(), day)
    return next(one for one in report.standings if one.obligation.key == (key, unit_, period))


def without_log():
    return showcase()._replace(reminders=())


# What is read, and what it counts for


def test_an_entry_is_a_reminder_for_each_unit_and_period():
    sent = [one for one in showcase().reminders if one.doc == "325-CV/BDVTU"]
    assert [(one.unit, one.task, one.period) for one in sent] == [
        ("bdt", "12-KH/5.1", "2024-04"), ("bdt", "12-KH/5.1", "2024-09"),
        ("tan-an", "12-KH/5.2", "2024-Q3"), ("khe-trung", "12-KH/5.2", "2024-Q3"), ("nam-po", "12-KH/1.2", ""),
    ]  # fmt: skip
    assert {one.by for one in sent} == {"bdvtu"}
    assert {one.how for one in sent} == {Channel.LETTER}
    assert sent[-1].to == "bdt"
    assert sent[0].at.file == LOG
    assert sent[0].at.line == 9


def test_a_letter_and_a_call_of_one_office_on_one_day_are_one_reminder():
    chased = standing("12-KH/5.1", "bdt", "2024-04").chased
    assert (len(chased.sent), chased.times, chased.last) == (3, 2, date(2024, 10, 10))


def test_an_entry_counts_from_its_day_and_is_known_from_the_day_of_entry():
    at = {day: standing("12-KH/5.1", "bdt", "2024-04", date(2024, 10, day)).chased.times for day in (1, 2, 3, 9, 10)}
    assert at == {1: 0, 2: 0, 3: 1, 9: 1, 10: 2}
    assert standing("12-KH/5.1", "bdt", "2024-04", date(2024, 9, 24)).chased == Chased(logged=False), "before the log began"


def test_what_was_taken_back_never_was_once_that_is_known():
    agreement = ("05-CTr/agreement", "tan-ang", "2022-2025")
    assert standing(*agreement, date(2024, 10, 12)).chased.times == 1
    assert standing(*agreement, date(2024, 10, 13)).chased.times == 0
    later = Days(date(2024, 10, 12), SHOWCASE_DAY)
    assert all(one.id != "dd-1012" for one in known(showcase(), later.known_by).reminders)
    assert any(one.id == "dd-1012" for one in heard(showcase(), later.known_by).reminders)


def test_a_correction_takes_the_place_of_what_it_corrects():
    wrong = next(one for one in showcase().reminders if one.id == "dd-1011")
    right = wrong._replace(id="dd-2", corrects="dd-1011", period="2024-Q3", recorded=date(2024, 10, 15))
    given = showcase()._replace(reminders=(*showcase().reminders, right))
    assert standing("12-KH/5.2", "tan-an", "2024-Q3", date(2024, 10, 14), given).chased.times == 1
    assert standing("12-KH/5.2", "tan-an", "2024-Q3", of=given).chased.times == 2
    assert not [one for one in judged(given, SHOWCASE_DAY).findings if one.rule == "task-reminder-stray"]


def test_without_a_period_it_is_of_all_that_was_open_that_day():
    sent = Sent("bdt", "12-KH/5.1", date(2024, 5, 2), date(2024, 5, 2), by="bdvtu")
    report = judged(without_log()._replace(reminders=(sent,)), SHOWCASE_DAY)
    monthly = [one for one in report.standings if one.obligation.task.id == "12-KH/5.1"]
    reached = {one.obligation.period.id for one in monthly if one.chased.times}
    assert "2024-04" in reached, "overdue"
    for one in monthly:
        done = one.done is not None and one.done.last < sent.on
        assert (one.obligation.period.id in reached) == (one.obligation.starts <= sent.on and not done)


def test_nothing_is_said_where_nobody_logs_reminders():
    report = judged(without_log(), SHOWCASE_DAY)
    assert {one.chased for one in report.standings} == {Chased(logged=False)}
    assert report.reminders_since is None
    assert not [one for one in report.findings if "remind" in one.rule]
    told = [one.name for one in offers(writer_of(report, Naming.SHORT))]
    assert not [name for name in told if "remind" in name]
    _, columns, rows = exported(without_log(), Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY)), "standings")
    at = [column.name for column in columns].index("reminders")
    assert {row[at] for row in rows} == {None}
    assert not exported(without_log(), Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY)), "overdues")[2]


def test_silence_counts_from_the_first_reminder_that_was_logged():
    day = Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY))
    _, columns, rows = exported(showcase(), day, "overdues")
    names = [column.name for column in columns]
    watched = {row[names.index("task")]: row[names.index("watched")] for row in rows}
    assert watched["05-CTr/agreement"] == (SHOWCASE_DAY - date(2024, 9, 25)).days
    assert watched["12-KH/1.9"] == 5
    assert "10-KH/1.1" not in watched, "its figures were published before anybody logged a reminder"
    found = [one for one in judged(showcase(), SHOWCASE_DAY).findings if one.rule == "task-not-reminded"]
    assert [one.fingerprint.partition(":")[2] for one in found] == [
        "05-CTr/agreement:tan-ang:2022-2025", "12-KH/1.6:bdt:2024", "12-KH/2.1:bdt:2024",
    ]  # fmt: skip


def test_the_log_as_a_table():
    _, columns, rows = exported(showcase(), Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY)), "reminders")
    names = [column.name for column in columns]
    stray = [row for row in rows if row[names.index("role")] == "stray"]
    assert [(row[names.index("unit")], row[names.index("period")]) for row in stray] == [("tan-an", "2024-03")]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert len(rows) == sum(bool(one.unit) for one in known(showcase(), SHOWCASE_DAY).reminders) == 13


def test_causes_are_offered_with_their_figures_and_never_chosen():
    report = judged(showcase(), SHOWCASE_DAY)
    found = {(one.name, one.slots[1].text): one for one in offers(writer_of(report, Naming.SHORT)) if "remind" in one.name}
    slots = {slot.name: slot.text for slot in found["not_reminded", PLAN_OF_2024].slots}
    overdue = [one for one in report.standings if one.state is State.OVERDUE and one.obligation.plan.id == PLAN_OF_2024]
    assert slots["count"] == f"{sum(not one.chased.sent for one in overdue):02}"
    assert slots["all"] == f"{len(overdue):02}"
    ahead = {slot.name: slot.text for slot in found["not_reminded_ahead", PLAN_OF_2024].slots}
    assert (ahead["count"], ahead["all"]) == ("04", "04"), "of what fell due since reminders are logged"
    told = {slot.name: slot.text for slot in found["reminded", PLAN_OF_2024].slots}
    assert (told["office"], told["times"], told["count"], told["all"]) == ("Ban Dân vận Tỉnh ủy", "07", "05", "08")
    assert all(place.file == LOG for place in found["reminded", PLAN_OF_2024].places)


PLAN_OF_2024 = "12-KH/BDVTU-BDT"


def test_who_was_chased_since_is_a_change_with_its_cause():
    fresh = Sent("bdt", "12-KH/1.6", SHOWCASE_DAY, SHOWCASE_DAY, by="bdvtu")
    late = Sent("bdt", "12-KH/2.1", date(2024, 10, 15), SHOWCASE_DAY, by="bdvtu")
    after = showcase()._replace(reminders=(*showcase().reminders, fresh, late))
    then, now = (Asked(Days(day, day), select=("task-not-reminded",)) for day in (date(2024, 10, 19), SHOWCASE_DAY))
    made = change(View(showcase(), then), View(after, now))
    assert {one.finding.fingerprint.split(":")[1]: one.cause for one in made.resolved} == {
        "12-KH/1.6": Cause.NEW, "12-KH/2.1": Cause.BACKDATED,
    }  # fmt: skip


# To whom


def test_the_body_that_leads_has_to_chase():
    found = reminders(judged(showcase(), SHOWCASE_DAY).standings, showcase().units, 14)
    led = addressed(found, By.LEAD, showcase().units, SHOWCASE_DAY)
    order = {unit_.id: number for number, unit_ in enumerate(showcase().units)}
    assert [one.to for one in led] == sorted((one.to for one in led), key=lambda to: order.get(to, 99))
    assert len(led) == sum(max(1, len(one.standing.obligation.task.lead)) for one in found)
    for one in led:
        assert one.to in (one.standing.obligation.task.lead or ("",))
    units = addressed(found, By.UNIT, showcase().units, SHOWCASE_DAY)
    assert [one._replace(to="") for one in units] == list(found)


def test_the_office_of_a_place_is_who_serves_it_or_does_the_work_instead():
    places = [
        unit("a"), unit("b", facts={"has_ethnic_office": False}), unit("c"),
        unit("ban-a", "ban", serves="a"), unit("phong-a", "phong", serves="a"), unit("cu-a", "phong", serves="a", closed="2023-01-31"),
    ]  # fmt: skip
    fact = places[1].facts["has_ethnic_office"][0]._replace(counterpart="vp-b")
    places[1] = places[1]._replace(facts={"has_ethnic_office": (fact,)})
    for partners, wanted in (((), ["ban-a", "phong-a"]), (("phong-a",), ["phong-a"])):
        owed = task("1", Kind.MILESTONE, due="2023-03-31", partners=partners)
        made = judge(project(plan(owed), placed(*places), ()), asking("2023-06-01"))[0].standings
        to = {}
        for one in addressed(reminders(made, places, 0), By.OFFICE, places, date(2023, 6, 1)):
            to.setdefault(one.about, []).append(one.to)
        assert to == {"a": wanted, "b": ["vp-b"], "c": ["c"]}


def test_what_was_asked_for_lately_is_left_out(root: Path):
    found = reminders(judged(showcase(), SHOWCASE_DAY).standings, showcase().units, 14)
    for days, last in ((10, date(2024, 10, 10)), (11, date(2024, 10, 9)), (0, SHOWCASE_DAY)):
        kept = lately(found, days, SHOWCASE_DAY)
        assert all(one.standing.chased.last is None or one.standing.chased.last <= last for one in kept)
        assert {one.standing.obligation.key for one in found if one.standing.chased.last is None} <= {one.standing.obligation.key for one in kept}
    done = remind(root, "--unit", "khe-trung", "--again", "11")
    assert (done.code, done.out) == (0, "Tính đến ngày 20/10/2024, không có việc nào phải đôn đốc.\n")
    assert done.err == "Đã bỏ qua 1 việc vì có đôn đốc trong 11 ngày qua.\n"


@pytest.mark.parametrize("by", [str(one) for one in By])
def test_the_texts_as_read(by: str):
    done = tracker("remind", *BASE, "--by", by)
    assert (done.code, done.err) == (0, "")
    same(f"remind-{by}.txt", done.out)


def test_the_table_as_read():
    done = tracker("remind", *BASE, "--by", "lead", "--format", "csv")
    same("remind-lead.csv", done.out)
    same("remind-unit.json", tracker("remind", *BASE, "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
    told = {(row["task"], row["unit"], row["period"]): (row["reminders"], row["reminded"]) for row in rows}
    assert told["12-KH/5.1", "bdt", "2024-04"] == ("2", "2024-10-10")


def test_the_letter_to_those_who_lead_as_read(tmp_path: Path):
    path = tmp_path / "cv.md"
    assert tracker("remind", *BASE, "--by", "lead", "--format", "md", "-o", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    same("remind-letter-lead.md", text)
    assert "Kính gửi: Ban Dân vận Tỉnh ủy; Ban Dân tộc tỉnh." in text
    assert "có 15 việc của 08 cơ quan" in text, "what goes to two of them is one thing"
