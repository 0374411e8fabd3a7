"""What `tracker remind --sent` writes: once, behind what is there, and taken back by one more entry."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given as drawn, settings, strategies as st
from inside import Ran, tracker
from projects import SHOWCASE, SHOWCASE_DAY, copy_of, judged, showcase

from tracker import door
from tracker.draft.recipients import addressed
from tracker.draft.remind import reminders
from tracker.draft.sent import Sending, entries
from tracker.know import known
from tracker.model.reminder import By
from tracker.model.sent import Channel, Sent
from tracker.read import read

LOG = "actuals/2024/don-doc.yaml"
"""Where reminders are logged."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: SHOWCASE_DAY)
    return copy_of(SHOWCASE, tmp_path / "p")


def remind(root: Path, *more: str) -> Ran:
    return tracker("remind", *more, cwd=root)


def test_what_was_sent_is_logged_once(root: Path):
    before = (root / LOG).read_bytes()
    sent = ("--unit", "bdt", "--sent", "--how", "letter", "--doc", "400-CV/BDVTU")
    dry = remind(root, *sent, "--dry-run")
    assert (dry.code, (root / LOG).read_bytes()) == (0, before)
    done = remind(root, *sent)
    assert done.code == 0
    assert done.out == dry.out
    assert done.err.splitlines()[1:] == dry.err.splitlines()[1:], "what was shown is what was written"
    after = (root / LOG).read_bytes()
    assert after.startswith(before)
    now = read(root)
    assert now.problems == ()
    report = judged(now, SHOWCASE_DAY)
    asked = reminders(report.standings, now.units, 14)
    mine = [one.standing for one in asked if one.about == "bdt"]
    assert all(one.chased.last == SHOWCASE_DAY for one in mine)
    assert len(mine) == done.out.count("\n- ")
    again = remind(root, *sent)
    assert again.err == "8 việc đã có trong sổ: cùng ngày, cùng cơ quan, cùng cách thức; không ghi lại.\n"
    assert (root / LOG).read_bytes() == after
    assert "đã đôn đốc 03 lần, lần cuối 20/10/2024" in again.out
    assert "Đôn đốc actuals/2024/don-doc.yaml" in tracker("explain", "12-KH/5.1:bdt:2024-04", cwd=root).out


def test_a_reminder_is_taken_back_by_one_more_entry(root: Path):
    assert remind(root, "--unit", "khe-trung", "--sent", "--how", "phone").code == 0
    added = [one for one in read(root).reminders if one.on == SHOWCASE_DAY]
    assert len(added) == 1
    text = (root / LOG).read_text(encoding="utf-8")
    dry = remind(root, "--undo", added[0].id, "--dry-run")
    assert (dry.code, (root / LOG).read_text(encoding="utf-8")) == (0, text)
    done = remind(root, "--undo", added[0].id)
    assert (done.code, done.err) == (0, f"Đã ghi vào {LOG} việc rút lại lần đôn đốc {added[0].id}.\n")
    assert (root / LOG).read_text(encoding="utf-8").startswith(text)
    assert all(one.on != SHOWCASE_DAY for one in known(read(root), SHOWCASE_DAY).reminders)
    assert "từ trước" in remind(root, "--undo", added[0].id).err
    near = remind(root, "--undo", added[0].id[:-1])
    assert near.code == 2
    assert added[0].id in near.err
    remind(root, "--unit", "khe-trung", "--sent", "--how", "phone")
    assert len({one.id for one in read(root).reminders if one.on == SHOWCASE_DAY and one.by}) == 2, "and sent after all"


def test_a_new_log_is_begun_and_people_s_own_is_kept(root: Path):
    (root / LOG).unlink()
    done = remind(root, "--unit", "khe-trung", "--sent", "--how", "zalo", "--on", "19/10/2024", "--from", "Ban Dân tộc")
    assert done.code == 0
    text = (root / LOG).read_text(encoding="utf-8")
    head, entry = text.splitlines()
    assert head == "reminders:"
    assert entry.startswith("  - {date: 19/10/2024, by: bdt, how: zalo, unit: khe-trung, task: 12-KH/5.2, periods: 2024-Q3, recorded: 20/10/2024, id: bdt-2024-10-19-")
    (root / LOG).write_bytes(b"# c\xe1\xbb\xa7a t\xc3\xb4i\r\nreminders: []\r\nevents: []\r\n")
    assert remind(root, "--unit", "khe-trung", "--sent").code == 0
    raw = (root / LOG).read_bytes()
    assert raw.startswith(b"# c\xe1\xbb\xa7a t\xc3\xb4i\r\nreminders:\r\n  - {date: 20/10/2024, by: bdvtu, unit: khe-trung")
    assert raw.endswith(b"}\r\nevents: []\r\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--how", "phone", "--doc", "1-CV"), "--how, --doc"),
        (("--dry-run",), "--dry-run"),
        (("--sent", "--on", "21/10/2024"), "21/10/2024"),
        (("--sent", "--from", "bdvt"), "bdvtu"),
        (("--sent", "--doc", "a\u202eb"), "U+202E"),
        (("--sent", "--doc", " "), "doc"),
        (("--sent", "--undo", "x"), "--undo"),
        (("--sent", "--plan", "05-CTr", "--plan", "12-KH", "--plan", "06-KH", "--how", "fax"), "letter"),
    ],
)  # fmt: skip
def test_what_cannot_be_logged_is_refused_before_anything_is_written(root: Path, words: tuple[str, ...], told: str):
    before = (root / LOG).read_bytes()
    done = remind(root, *words, "-o", str(root / "out.txt"))
    assert done.code == 2
    assert told in done.err
    assert (root / LOG).read_bytes() == before
    assert not (root / "out.txt").exists()


def test_hostile_text_is_one_value(root: Path):
    doc = "[x] }, {by: bdt} # & =1+1 \"'\u2028<b>"
    assert remind(root, "--unit", "khe-trung", "--sent", "--how", "letter", "--doc", doc.replace("\u2028", " ")).code == 0
    (new,) = [one for one in read(root).reminders if one.on == SHOWCASE_DAY]
    assert new.doc == doc.replace("\u2028", " ")
    shown = tracker("explain", "12-KH/5.2:khe-trung:2024-Q3", cwd=root).out
    assert new.doc in shown


def test_nobody_reminds_itself_and_who_does_not_lead_was_not_reminded():
    asked = reminders(judged(showcase(), SHOWCASE_DAY).standings, showcase().units, 14)
    led = addressed(asked, By.LEAD, showcase().units, SHOWCASE_DAY)
    logged = entries(led, (), (), Sending(SHOWCASE_DAY, "bdvtu"))
    assert logged.itself
    assert all((entry.get("to") or entry["unit"]) != "bdvtu" for entry in logged.entries)
    nobody = [led[0]._replace(to="")]
    assert entries(nobody, (), (), Sending(SHOWCASE_DAY, "bdvtu"))[1:] == (0, 0, 1, 0)


ASKED = addressed(reminders(judged(showcase(), SHOWCASE_DAY).standings, showcase().units, 14), By.UNIT, showcase().units, SHOWCASE_DAY)


@drawn(st.sets(st.integers(0, len(ASKED) - 1)), st.sampled_from(list(Channel)), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_however_it_is_logged_in_parts_it_is_logged_once(first: set[int], how: Channel, back: int):
    sending = Sending(SHOWCASE_DAY - timedelta(days=back), "bdvtu", how)
    taken: list[str] = []
    sent: list[Sent] = []
    for part in ([one for number, one in enumerate(ASKED) if number in first], ASKED, ASKED):
        logged = entries(part, sent, taken, sending)
        assert logged.fresh + logged.there + logged.itself == len({one.standing.obligation.key for one in part})
        for entry in logged.entries:
            taken.append(str(entry["id"]))
            periods = entry.get("periods", entry.get("case", ""))
            sent += (
                Sent(str(entry["unit"]), str(entry["task"]), sending.on, sending.on, "bdvtu", period, how=how)
                for period in ((periods,) if isinstance(periods, str) else periods)
            )
    assert len(set(taken)) == len(taken)
    assert logged.entries == []
    keys = [(one.unit, one.task, one.period) for one in sent]
    assert len(set(keys)) == len(keys)


