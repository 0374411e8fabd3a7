"""`tracker match`: what it shows, what it writes and how that is taken back; and what it refuses."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from golden_files import same
from inside import Ran, tracker
from projects import ROOT, judged

from tracker import door
from tracker.lang import words
from tracker.links import sign
from tracker.model.link import Way
from tracker.read import read
from tracker.render.page import render

DAY = date(2023, 10, 1)
UNITS = """units:
  - {id: tinh, name: Tỉnh Khê Sơn, kind: tinh}
  - {id: bdt, name: Ban Dân tộc tỉnh, kind: co-quan-tinh, serves: tinh}
  - {id: bdv, name: Ban Dân vận, kind: co-quan-tinh, serves: tinh}
"""
PLAN = """plan: 14-KH/BDT
period: 2023
issued: 01/01/2023
regimes: {thang: {due_day: 28}}
tasks:
  - {id: "1", title: Hội nghị cung cấp thông tin cho người có uy tín, kind: quantity, for: bdt, target: 5 hội nghị, measure: hoi-nghi}
  - {id: "2", title: Ban hành kế hoạch phối hợp, kind: milestone, for: bdt, due: 31/3/2023, evidence: document}
  - {id: "3", title: Báo cáo tháng, kind: recurring, every: month, regime: thang, for: bdt, evidence: document}
  - id: "4"
    title: Hội nghị phổ biến, giáo dục pháp luật
    kind: quantity
    for: bdt
    selects: {words: pháp luật, counted: hội nghị}
"""
LOG = """unit: bdt
entries:
  - {date: 12/6/2023, title: HN cung cấp TT cho NCUT, quantity: 2 hội nghị, doc: 12-BC/BDT}
  - {id: bc-6, date: 27/6/2023, title: BC tháng 6, doc: 15-BC/BDT}
  - {date: 02/5/2023, title: Phổ biến pháp luật, quantity: 3 hội nghị}
  - {date: 05/5/2023, title: "=1+1 [bold]Trồng cây[/bold] <b>"}
  - {date: 10/01/2023, title: Ban hành KH phối hợp, doc: 01-KH/BDT}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: DAY)
    for file, text in (("plans/units.yaml", UNITS), ("plans/14-KH.yaml", PLAN), ("actuals/2023/bdt.yaml", LOG)):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def match(root: Path, *said: str, **environment: str) -> Ran:
    return tracker("match", *said, cwd=root, **environment)


def links(root: Path) -> str:
    path = root / "actuals" / "links.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def counted(root: Path, day: date = DAY) -> dict[str, int]:
    report = judged(read(root, ROOT / "rules"), day)
    assert report.problems == []
    return {" ".join(one.obligation.key): one.records for one in report.standings if one.records}


INFORMED = "muc-0708ffc001d1d508"


def test_what_is_shown(root: Path):
    for code in ("vi", "en"):
        ran = match(root, "--lang", code)
        assert (ran.code, ran.err) == (0, "")
        same(f"match-{code}.txt", ran.out)
    assert links(root) == ""
    assert counted(root) == {"14-KH/4 bdt 2023": 1}, "what its selector takes is no stray"


def test_the_same_as_json_and_csv(root: Path):
    data = json.loads(match(root, "--format", "json").out)
    assert data["version"] == 1
    found = {one["text"]: one for one in data["entries"]}
    best = found["BC tháng 6"]["candidates"][0]
    assert (found["BC tháng 6"]["record"], best["task"], best["period"], best["why"]) == ("bc-6", "14-KH/3", "2023-06", ["days", "period"])
    assert (found["HN cung cấp TT cho NCUT · hội nghị"]["record"], found["HN cung cấp TT cho NCUT · hội nghị"]["line"]) == (INFORMED, 3)
    rows = list(csv.DictReader(io.StringIO(match(root, "--format", "csv").out.removeprefix("\ufeff"))))
    assert {row["record"]: row["task"] for row in rows if row["rank"] in ("", "1")}["bc-6"] == "14-KH/3"
    assert [row["text"] for row in rows if row["text"].startswith("'=")] == ["'=1+1 [bold]Trồng cây[/bold] <b>"]


def test_accept_one_by_one_and_again(root: Path):
    shown = match(root, "--accept", "bc-6=14-KH/3", "--by", "bdv", "--dry-run")
    assert (shown.code, links(root)) == (0, "")
    ran = match(root, "--accept", "bc-6=14-KH/3", "--accept", f"{INFORMED[:12]}=1:2023", "--by", "bdv", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert "chưa hoàn thành, quá hạn (quá 95 ngày) → hoàn thành đúng hạn" in ran.out
    assert "--take-back" in ran.out
    written = links(root)
    assert written == (
        "links:\n"
        "  - {record: bc-6, task: 14-KH/3, period: 2023-06, unit: bdt, by: bdv, on: 01/10/2023, score: 92}\n"
        f"  - {{record: {INFORMED}, task: 14-KH/1, period: 2023, unit: bdt, by: bdv, on: 01/10/2023, score: 99}}\n"
    )
    assert counted(root) == {"14-KH/1 bdt 2023": 1, "14-KH/3 bdt 2023-06": 1, "14-KH/4 bdt 2023": 1}
    assert counted(root, date(2023, 9, 30)) == {"14-KH/4 bdt 2023": 1}, "a link is not known before its day"
    again = match(root, "--accept", "bc-6=3", "--by", "bdt", "--yes")
    assert (again.code, links(root)) == (0, written)
    assert "bc-6 đã được nối với 14-KH/3" in again.out


def test_in_bulk_only_what_nothing_speaks_against(root: Path):
    log = root / "actuals/2023/bdt.yaml"
    log.write_text(
        LOG
        + "  - {date: 11/01/2023, title: Ban hành kế hoạch phối hợp, doc: 02-KH/BDT}\n"  # hai mục cho một việc
        + "  - {date: 27/7/2023, title: Báo cáo tháng, doc: 18-BC/BDT}\n",  # chưa rõ kỳ
        encoding="utf-8",
    )
    ran = match(root, "--above", "40", "--by", "bdv", "--yes", "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["written"]) == (0, True)
    assert [(one["record"], one["task"], one["period"]) for one in data["links"]] == [
        (INFORMED, "14-KH/1", "2023"),
        ("bc-6", "14-KH/3", "2023-06"),
    ]
    after = json.loads(match(root, "--above", "40", "--by", "bdv", "--yes", "--format", "json").out)
    assert (after["links"], after["written"]) == ([], False)
    assert json.loads(match(root, "--above", "99", "--by", "bdv", "--dry-run", "--format", "json").out)["links"] == []


def test_what_was_accepted_is_taken_back(root: Path):
    match(root, "--accept", "bc-6=3", "--by", "bdv", "--yes")
    first = links(root)
    ran = match(root, "--take-back", "bc-6", "--by", "bdt", "--reason", "nhầm kỳ", "--yes")
    assert ran.code == 0
    assert links(root) == first + "  - {record: bc-6, withdraws: 14-KH/3, unit: bdt, by: bdt, on: 01/10/2023, reason: nhầm kỳ}\n"
    assert "14-KH/3 bdt 2023-06" not in counted(root)
    there = links(root)
    assert match(root, "--take-back", "bc-6", "--by", "bdt", "--yes").code == 0
    assert links(root) == there
    both = match(root, "--take-back", "bc-6", "--take-back", "bc-x", "--by", "bdt", "--yes", "--lang", "en")
    assert (both.code, links(root), "did you mean «bc-6»" in both.err) == (2, there, True)
    assert match(root, "--accept", "bc-6=3:tháng 7/2023", "--by", "bdv", "--yes").code == 0
    assert counted(root)["14-KH/3 bdt 2023-07"] == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(root: Path, language: str):
    match(root, "--accept", "bc-6=3", "--by", "bdv", "--yes")
    before = links(root)
    wishes = ("khong-co=1", "bc-6=1", f"{INFORMED}=9", f"{INFORMED}=3", f"{INFORMED}=3:2023-13", "bc-7=3")
    ran = match(root, *(word for wish in wishes for word in ("--accept", wish)), "--by", "bdv", "--yes", "--lang", language)
    assert (ran.code, ran.out, links(root)) == (2, "", before)
    same(f"match-refused.{language}.txt", ran.err)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--accept", "bc-6=3", "--yes"), "--by"),
        (("--accept", "bc-6=3", "--by", "bdv"), "--yes"),
        (("--accept", "bc-6", "--by", "bdv", "--yes"), "MỤC=NHIỆM_VỤ"),
        (("--accept", "bc-6=3", "--by", "Nguyễn Văn A", "--yes"), "Nguyễn Văn A"),
        (("--take-back", "bc-6", "--above", "50", "--by", "bdv", "--yes"), "--take-back"),
        (("--take-back", "bc-6", "--by", "bdv", "--yes"), "bc-6"),
        (("--accept", "bc-6=3", "--by", "bdv", "--yes", "--reason", "x"), "--reason"),
        (("--accept", "bc-6=3", "--by", "bdv", "--yes", "--format", "csv"), "csv"),
        (("--above", "0", "--by", "bdv", "--yes"), "0"),
    ],
)
def test_what_is_asked_wrongly(root: Path, said: tuple[str, ...], told: str):
    ran = match(root, *said)
    assert (ran.code, ran.out, links(root)) == (2, "", "")
    assert told in ran.err


def test_on_a_terminal_it_asks_one_by_one(root: Path):
    answers = iter(["7", "", "1", ""])
    with (
        mock.patch.object(door, "on_terminal", return_value=True),
        mock.patch("click.prompt", side_effect=answers),
    ):
        ran = match(root, "--by", "bdv")
    assert ran.code == 0
    assert "«7»" in ran.err
    assert [line.split(",")[0] for line in links(root).splitlines()[1:]] == [f"  - {{record: {INFORMED}"]


def test_how_an_entry_came_to_its_task_is_told(root: Path):
    match(root, "--accept", f"{INFORMED}=1", "--by", "bdv", "--yes")
    told = tracker("explain", "14-KH/1:bdt", cwd=root).out
    assert "do bdv chấp nhận ngày 01/10/2023, điểm gợi ý 99/100 (actuals/links.yaml:2:5)" in told
    assert "bộ chọn của nhiệm vụ (selects, plans/14-KH.yaml:" in tracker("explain", "14-KH/4:bdt", cwd=root).out
    report = judged(read(root, ROOT / "rules"), DAY)
    page = " ".join(render(report, words("en"), width=80, color=False, plain=True, horizon=30).split())
    assert "2 name no task: 1 was taken by selectors (selects), 1 by accepted links" in page
    assert "3 entries name no task and are not counted" in page
    summary = json.loads(tracker("check", "--format", "json", "--as-of", "01/10/2023", cwd=root).out)["summary"]
    assert (summary["unkeyed"], summary["strays"]) == ({"selector": 1, "link": 1}, 3)
    rows = list(csv.DictReader(io.StringIO(tracker("export", "actuals", "--format", "csv", "--as-of", "01/10/2023", cwd=root).out)))
    assert sorted(row["named_by"] for row in rows) == ["", "", "", str(Way.LINK), str(Way.SELECTOR)]


def test_a_link_that_is_accepted_is_a_correction_of_what_was_entered(root: Path):
    match(root, "--accept", "bc-6=3", "--by", "bdv", "--yes")
    ran = tracker("diff", "30/9/2023", "01/10/2023", "--format", "json", cwd=root)
    moved = [one for one in json.loads(ran.out)["moved"] if one["task"] == "14-KH/3" and one["period"] == "2023-06"]
    assert [(one["before"], one["after"], one["cause"]) for one in moved] == [("overdue", "done", "correction")]


def test_signs_are_the_same_in_every_version(root: Path):
    # They stand in files that nobody rewrites.
    by_line = {one.at.line: sign(one) for one in read(root, ROOT / "rules").actuals}
    assert by_line[3] == INFORMED


def test_a_link_with_a_remark_and_another_key_beside_it_is_kept(root: Path):
    path = root / "actuals" / "links.yaml"
    path.write_text("# ghi tay\nlinks:\n  - {record: bc-6, task: 14-KH/3, period: 2023-06, by: bdv, on: 20/9/2023}  # đã hỏi\n", encoding="utf-8")
    before = links(root)
    assert match(root, "--accept", f"{INFORMED}=1", "--by", "bdv", "--yes").code == 0
    assert links(root).startswith(before)
    assert len(read(root, ROOT / "rules").links) == 2
