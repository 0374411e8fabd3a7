"""The project as it was at a revision, days of entry from commits, and promises that were changed without a word."""

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import day
from hypothesis import given, settings, strategies as st
from projects import ROOT

from tracker.know import known
from tracker.model.actual import Actual
from tracker.model.project import Project
from tracker.periods import Days
from tracker.read import Revision, read
from tracker.read.git import Commit, commit_of, export
from tracker.read.values import Refusal
from tracker.run import Asked, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
RULES = ROOT / "rules"
ZONE = 420
UNITS = "units:\n  - {id: a, name: Huyện A, kind: huyen}\n  - {id: b, name: Huyện B, kind: huyen}\n"
PLAN = """\
plan: 1-KH/A
issued: 05/01/2024
period: 2024
tasks:
  - {id: "1", title: Hội nghị, kind: milestone, for: huyen, due: 30/6/2024}
  - {id: "2", title: Báo cáo, kind: recurring, every: month, for: huyen, measure: report}
"""
LOG = "unit: a\nentries:\n"


def git(folder: Path, *words: str, when: str = "2024-01-02T10:00:00+07:00") -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.vn", "-c", "init.defaultBranch=main", "-c", "core.autocrlf=false", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(folder: Path, when: str = "2024-01-02T10:00:00+07:00", **files: str) -> str:
    """Write these files (dots in names stand for folders) and commit them; an empty text removes one."""
    for name, text in files.items():
        path = folder / name
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        else:
            path.unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x", when=when)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    git(folder, "init", "-q")
    commit(folder, **{"plans/units.yaml": UNITS, "plans/p.yaml": PLAN, "actuals/a.yaml": LOG + "  - {task: 1-KH/2, period: 2024-01, date: 02/01/2024, doc: 1-BC}\n"})
    return folder


def at(folder: Path, ref: str, into: Path) -> Project:
    found = commit_of(folder, ref, ZONE)
    assert isinstance(found, Commit)
    into.mkdir()
    assert export(folder, found, into) is None
    return read(folder, RULES, revision=Revision(into, found.hash))


def said(project: Project, text: str) -> set[tuple[object, ...]]:
    """What was known by a day, without places, names and days of entry."""
    return {(a.unit, a.task, a.period, a.when, a.doc, a.note) for a in known(project, day(text)).actuals}


def test_a_revision_is_read_as_its_exported_files_are(repository: Path, tmp_path: Path):
    commit(repository, "2024-02-10T09:00:00+07:00", **{"actuals/năm 2024/ghi chép.yaml": "unit: b\nentries:\n  - {task: 1-KH/2, period: 2024-01, date: 31/01/2024, doc: 2-BC}\n"})
    (repository / "actuals" / "a.yaml").write_text("unit: a\nentries: [hỏng\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in sorted(repository.rglob("*")) if path.is_file()}
    now = at(repository, "HEAD", tmp_path / "now")
    shutil.copytree(tmp_path / "now", tmp_path / "copy")
    assert read(tmp_path / "copy", RULES) == now
    assert now.problems == ()
    assert len(now.actuals) == 2
    assert len(at(repository, "HEAD~1", tmp_path / "then").actuals) == 1
    assert {path: path.read_bytes() for path in sorted(repository.rglob("*")) if path.is_file()} == before, "nothing in the folder or the index was touched"


def test_a_project_in_a_folder_of_a_repository(repository: Path, tmp_path: Path):
    inner = repository / "tỉnh" / "dự án"
    shutil.copytree(repository / "plans", inner / "plans")
    shutil.copytree(repository / "actuals", inner / "actuals")
    (inner / "plans" / "link.yaml").symlink_to("../../../plans/p.yaml")
    (inner / "tracker.yaml").write_text("plan_history: none\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "x")
    git(repository, "checkout", "-q", "--detach")
    found = at(inner, "HEAD", tmp_path / "out")
    assert found.problems == ()
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()) == [
        "actuals/a.yaml", "plans/p.yaml", "plans/units.yaml", "tracker.yaml",
    ]


@pytest.mark.parametrize("ref", ["khong-co", "--output=x", "", "HEAD~99", "HEAD:plans", "-n1"])
def test_what_names_no_revision_is_refused(repository: Path, ref: str):
    found = commit_of(repository, ref, ZONE)
    assert isinstance(found, Refusal)
    assert found.code == "git-no-revision"
    assert not (repository / "x").exists()


def test_the_day_is_that_of_the_project(repository: Path):
    commit(repository, "2024-03-01T20:00:00+00:00")
    ours, utc = (commit_of(repository, "HEAD", minutes) for minutes in (ZONE, 0))
    assert isinstance(ours, Commit)
    assert isinstance(utc, Commit)
    assert (ours.day, utc.day) == (date(2024, 3, 2), date(2024, 3, 1))


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    found = commit_of(tmp_path, "HEAD", ZONE)
    assert isinstance(found, Refusal)
    assert found.code == "git-no-repository"
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = commit_of(tmp_path, "HEAD", ZONE)
    assert isinstance(missing, Refusal)
    assert missing.code == "git-missing"


def test_variables_of_another_repository_do_not_lead_astray(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert isinstance(commit_of(repository, "HEAD", ZONE), Commit)


BY_GIT = "recorded: git\n"
FIRST = "  - {task: 1-KH/2, period: 2024-01, date: 30/01/2024, doc: 1-BC}\n"
SECOND = "  - {task: 1-KH/2, period: 2024-02, date: 28/02/2024, doc: 2-BC}\n"


def test_the_commit_says_when_an_entry_was_made(repository: Path):
    commit(repository, "2024-02-05T10:00:00+07:00", **{"tracker.yaml": BY_GIT, "actuals/a.yaml": LOG + FIRST})
    # Moved to another line and file, spelt otherwise, and with a day that its writer claims: the same entry.
    commit(repository, "2024-03-05T10:00:00+07:00", **{"actuals/a.yaml": LOG + SECOND, "actuals/b.yaml": LOG + FIRST.replace("30/01/2024", "2024-01-30, recorded: 30/01/2024")})
    project = read(repository, RULES, today=date(2024, 12, 1))
    assert project.problems == ()
    assert {(a.period, a.recorded) for a in project.actuals if a.doc in {"1-BC", "2-BC"} and a.when.first > date(2024, 1, 2)} == {
        ("2024-01", date(2024, 2, 5)), ("2024-02", date(2024, 3, 5)),
    }


def test_tables_of_the_past_are_read_by_the_mapping_of_now(repository: Path):
    row = "a;2024-01;30/01/2024;1-BC\n"
    old = {"tracker.yaml": BY_GIT, "actuals/nam/xa.csv": "Ma;Ky;Ngay;So\n" + row}
    commit(repository, "2024-02-05T10:00:00+07:00", **old)
    mapping = "tables:\n  - {files: '*/*', columns: {Ma: unit, Ky: period, Ngay: date, So: doc}, constants: {task: 1-KH/2}}\n"
    commit(repository, "2024-03-05T10:00:00+07:00", **{"actuals/bang.tables.yaml": mapping, "actuals/nam/log.yaml": LOG + SECOND})
    project = read(repository, today=date(2024, 4, 1))
    mine = [one for one in project.actuals if one.at.file == "actuals/nam/xa.csv"]
    assert [(one.unit, one.task, one.doc, one.recorded) for one in mine] == [("a", "1-KH/2", "1-BC", date(2024, 2, 5))]
    assert [one for one in project.problems if one.place.file.startswith("actuals")] == []


def test_a_later_edit_is_a_correction_and_not_a_rewriting(repository: Path):
    commit(repository, "2024-02-05T10:00:00+07:00", **{"tracker.yaml": BY_GIT, "actuals/a.yaml": LOG + FIRST})
    commit(repository, "2024-03-10T10:00:00+07:00", **{"actuals/a.yaml": LOG + FIRST.replace("30/01", "05/02")})
    commit(repository, "2024-04-10T10:00:00+07:00", **{"actuals/a.yaml": LOG + SECOND})
    project = read(repository, RULES, today=date(2024, 12, 1))
    def days(text: str) -> list[date]:
        return [a.when.first for a in known(project, day(text)).actuals if a.period == "2024-01"]
    assert days("2024-02-04") == [date(2024, 1, 2)], "the first entry of all"
    assert days("2024-03-09") == [date(2024, 1, 30)]
    assert days("2024-03-10") == [date(2024, 2, 5)]
    assert days("2024-04-10") == []
    assert [a.period for a in known(project, day("2024-04-10")).actuals] == ["2024-02"]
    states = run(project, Asked(Days(day("2024-03-09"), day("2024-03-09")))).standings
    assert next(s.state for s in states if s.obligation.key == ("1-KH/2", "a", "2024-01")) == "done"


def test_an_entry_with_an_id_keeps_it_through_an_edit(repository: Path):
    named = FIRST.replace("doc", "id: e1, doc")
    commit(repository, "2024-02-05T10:00:00+07:00", **{"tracker.yaml": BY_GIT, "actuals/a.yaml": LOG + named})
    commit(repository, "2024-03-10T10:00:00+07:00", **{"actuals/a.yaml": LOG + named.replace("1-BC", "11-BC")})
    commit(repository, "2024-04-10T10:00:00+07:00", **{"actuals/a.yaml": LOG + named.replace("1-BC", "11-BC") + FIRST.replace("doc: 1-BC", "date: 30/01/2024, withdraws: e1").replace("date: 30/01/2024, date", "date")})
    project = read(repository, RULES, today=date(2024, 12, 1))
    assert [a.doc for a in known(project, day("2024-03-09")).actuals] == ["1-BC"]
    assert [(a.doc, a.id) for a in known(project, day("2024-04-09")).actuals] == [("11-BC", "e1")]
    assert not known(project, day("2024-04-10")).actuals


def test_what_is_not_committed_is_of_today(repository: Path):
    commit(repository, "2024-02-05T10:00:00+07:00", **{"tracker.yaml": BY_GIT, "actuals/a.yaml": LOG + FIRST})
    (repository / "actuals" / "a.yaml").write_text(LOG + FIRST.replace("1-BC", "9-BC") + SECOND, encoding="utf-8")
    project = read(repository, RULES, today=date(2024, 3, 20))
    assert {a.doc for a in known(project, day("2024-03-19")).actuals} == {"1-BC"}
    assert {a.doc for a in known(project, day("2024-03-20")).actuals} == {"9-BC", "2-BC"}


def test_a_shallow_clone_is_refused_aloud(repository: Path, tmp_path: Path):
    commit(repository, "2024-02-05T10:00:00+07:00", **{"tracker.yaml": BY_GIT, "actuals/a.yaml": LOG + FIRST})
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "nông"))
    project = read(tmp_path / "nông", RULES, today=date(2024, 3, 20))
    assert [(problem.code, problem.place.file) for problem in project.problems] == [("git-shallow", "tracker.yaml")]
    assert [a.recorded for a in project.actuals] == [date(2024, 1, 30)]


def test_a_task_that_vanishes_from_a_plan_without_a_decision_is_a_finding(repository: Path):
    commit(repository, "2024-01-10T10:00:00+07:00", **{"tracker.yaml": "plan_history: git\n"})
    shorter = PLAN.replace('  - {id: "1", title: Hội nghị, kind: milestone, for: huyen, due: 30/6/2024}\n', "")
    commit(repository, "2024-05-02T10:00:00+07:00", **{"plans/p.yaml": shorter + '  - {id: "3", title: Mới, kind: milestone, for: huyen, due: 31/7/2024}\n'})
    commit(repository, "2024-06-02T10:00:00+07:00", **{"plans/p.yaml": shorter + '  - {id: "3", title: Mới, kind: milestone, for: huyen, due: 31/10/2024}\n'})
    project = read(repository, RULES, today=date(2024, 12, 1))
    assert [(e.task, e.what, e.before, e.after, e.day) for e in project.edits] == [
        ("1-KH/1", "deleted", "Hội nghị", "", date(2024, 5, 2)),
        ("1-KH/3", "due", "31/7/2024", "31/10/2024", date(2024, 6, 2)),
    ]
    def told(text: str) -> list[str]:
        report = run(project, Asked(Days(day(text), day(text))))
        return [one.fingerprint for one in report.findings if one.rule == "plan-edited"]
    assert told("2024-05-01") == []
    assert told("2024-05-02") == ["plan-edited:1-KH/A:1-KH/1:deleted"]
    assert told("2024-12-01") == ["plan-edited:1-KH/A:1-KH/1:deleted", "plan-edited:1-KH/A:1-KH/3:due"]
    assert project.edits[1].at.file == "plans/p.yaml"


def test_what_a_decision_speaks_of_and_drafts_are_no_edits(repository: Path):
    commit(repository, "2024-01-03T10:00:00+07:00", **{"tracker.yaml": "plan_history: git\n", "plans/p.yaml": PLAN.replace("30/6/2024", "31/5/2024")})
    commit(repository, "2024-01-04T10:00:00+07:00", **{"plans/p.yaml": PLAN})
    decided = PLAN.replace("30/6/2024", "31/8/2024") + 'amended:\n  - {task: "1", on: 01/6/2024, document: 5-CV, reason: x, due: 30/9/2024}\n'
    commit(repository, "2024-06-01T10:00:00+07:00", **{"plans/p.yaml": decided})
    project = read(repository, RULES, today=date(2024, 12, 1))
    assert [(e.what, e.decided) for e in project.edits] == [("due", True)]
    assert [one for one in run(project, Asked(Days(day("2024-12-01"), day("2024-12-01")))).findings if one.rule == "plan-edited"] == []


ENTRIES = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers(1, 28), st.sampled_from(("", "x", "y"))), max_size=5)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.lists(ENTRIES, min_size=1, max_size=5))
def test_what_was_known_is_what_the_files_of_that_day_said(tmp_path_factory: pytest.TempPathFactory, versions):
    folder = tmp_path_factory.mktemp("kho")
    git(folder, "init", "-q")
    commit(folder, **{"plans/units.yaml": UNITS, "plans/p.yaml": PLAN, "tracker.yaml": BY_GIT})
    hashes = []
    for number, entries in enumerate(versions):
        lines = [f"  - {{unit: {who}, task: 1-KH/2, period: 2024-{month:02d}, date: {d}/{month}/2024{', note: ' + note if note else ''}}}\n" for who, month, d, note in entries]
        when = (date(2024, 6, 1) + timedelta(days=10 * number)).isoformat()
        hashes.append(commit(folder, f"{when}T10:00:00+07:00", **{"actuals/a.yaml": "entries:\n" + "".join(lines) if lines else "events:\n  - {id: x0, event: x, date: 01/01/2024}\n"}))
    project = read(folder, RULES, today=date(2030, 1, 1))
    for number, name in enumerate(hashes):
        then = at(folder, name, tmp_path_factory.mktemp("x") / "out")
        last = (date(2024, 6, 1) + timedelta(days=10 * number)).isoformat()
        assert said(project, last) == said(then, last), number

        def bag(one: Project, text: str = last) -> list[tuple[object, ...]]:
            return sorted((a.unit, a.task, a.period, a.when, a.note) for a in known(one, day(text)).actuals)

        assert bag(project) == bag(then)
    assert all(isinstance(a, Actual) for a in project.actuals)
