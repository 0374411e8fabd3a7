"""Bad input never hides the good: what is broken is told with its place and remedy, the rest is judged, the exit is 2."""

import json
import subprocess
import sys

import pytest
from inside import tracker
from projects import REAL_DAY, ROOT, copy_of, edit, judged, real

from tracker.lang import languages, words
from tracker.read import read


def check(folder, *arguments):
    return tracker("check", "--as-of", "2023-12-31", *arguments, cwd=folder)


@pytest.fixture
def folder(tmp_path):
    return copy_of(ROOT, tmp_path)


def test_a_misspelt_field_in_one_rule(folder):
    edit(folder / "rules" / "report-missing.yaml", "where: state = 'overdue'", "where: statee = 'overdue'")
    done = check(folder, "--format", "json")
    assert done.code == 2
    whole = json.loads(done.out)
    (problem,) = whole["problems"]
    line = (folder / "rules" / "report-missing.yaml").read_text(encoding="utf-8").splitlines()[problem["line"] - 1]
    assert problem["file"] == "rules/report-missing.yaml"
    assert line[problem["column"] - 1 :].startswith("statee")
    for code in languages():
        assert "statee" in problem["message"][code]
        assert "state" in problem["message"][code].replace("statee", "")
    others = {f.fingerprint for f in judged(real(), REAL_DAY).findings if f.rule != "report-missing"}
    assert {finding["fingerprint"] for finding in whole["findings"]} == others


@pytest.mark.parametrize("code", languages())
def test_the_place_the_line_and_a_caret_are_shown(folder, code):
    edit(folder / "rules" / "report-missing.yaml", "where: state = 'overdue'", "where: statee = 'overdue'")
    told = check(folder, "--lang", code).err.splitlines()
    assert told[0].startswith("rules/report-missing.yaml:")
    assert told[1].strip() == "where: statee = 'overdue'"
    assert told[2].strip() == "^^^^^^"
    assert told[2].index("^") == told[1].index("statee")


def test_a_word_that_the_column_cannot_hold(folder):
    edit(folder / "rules" / "report-missing.yaml", "where: state = 'overdue'", "where: state = 'overdu'")
    changed = read(folder, None)
    (problem,) = judged(changed, REAL_DAY).problems
    for code in languages():
        assert "overdue" in words(code).problem(problem)


def test_a_condition_of_a_task_that_cannot_be_read_makes_all_its_units_unknown(folder):
    edit(folder / "plans" / "08-CTr-2022.yaml", "applies: has_ethnic_office = TRUE", "applies: has_ethnic_ofice = TRUE")
    report = judged(read(folder, None), REAL_DAY)
    (problem,) = report.problems
    assert str(problem.place).startswith("plans/08-CTr-2022.yaml:")
    assert "has_ethnic_office" in words("vi").problem(problem)
    agreements = [s for s in report.standings if s.obligation.task.id == "08-CTr/agreement"]
    assert {s.state for s in agreements} == {"unknown"}
    assert len(agreements) == 9


def test_every_problem_of_every_file_in_one_run(folder):
    edit(folder / "rules" / "report-missing.yaml", "where: state = 'overdue'", "where: statee = 'overdue'")
    edit(folder / "plans" / "08-CTr-2022.yaml", "kind: coverage", "kind: coverag")
    edit(folder / "actuals" / "2023" / "bdt.yaml", "unit: bdt\n", "unit: bdtt\n")
    (folder / "actuals" / "2023" / "x.yaml").write_text("unit: bdvtu\n\tentries: []\n", encoding="utf-8")
    done = check(folder)
    told = done.err
    for place in ("rules/report-missing.yaml:", "plans/08-CTr-2022.yaml:", "actuals/2023/bdt.yaml:", "actuals/2023/x.yaml:2:1:"):
        assert place in told
    assert done.code == 2
    assert "report-missing" not in done.out
    assert "gần 4.152" in done.out


def test_exit_codes(folder):
    assert check(folder).code == 1
    assert check(folder, "--fail-on", "never").code == 0
    assert check(folder, "--select", "document-*").code == 0
    assert check(folder, "--select", "document-*", "--fail-on", "warning").code == 1
    assert check(folder, "--select", "document-*", "--fail-on", "note", "--ignore", "document-*").code == 0
    assert check(folder, "--select", "documnt-*").code == 2
    assert check(folder, "--format", "json").code == check(folder, "--lang", "en").code == 1


def test_a_fault_of_ours_is_one_line_and_exit_3(folder, monkeypatch, capsys):
    from tracker import cli, run

    def fails(*_arguments):
        raise RuntimeError("boom")

    monkeypatch.setattr(run, "judge", fails)
    monkeypatch.chdir(folder)
    assert cli.start(["check"]) == 3
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    assert "Traceback" not in told
    assert len(told.splitlines()) == 1


def test_no_file_among_the_rules_is_passed_over_in_silence(folder):
    (folder / "rules" / "own.py").write_text("RULE = 1\n", encoding="utf-8")
    done = check(folder)
    assert done.code == 2
    assert "rules/own.py:1:1:" in done.err


def test_nothing_to_read_is_said_and_is_not_fine(tmp_path):
    done = check(tmp_path)
    assert done.code == 2
    (tmp_path / "plans").mkdir()
    done = check(tmp_path)
    assert done.code == 2
    assert done.err


def test_output_to_a_file_and_to_one_that_cannot_be_written(folder, tmp_path):
    target = tmp_path / "report.json"
    assert check(folder, "--format", "json", "-o", str(target)).code == 1
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == 1
    done = check(folder, "--format", "json", "-o", str(tmp_path / "no" / "such" / "folder.json"))
    assert done.code == 2
    assert "Traceback" not in done.err


def test_hostile_text_acts_on_nothing(folder):
    path = folder / "actuals" / "2023" / "hostile.yaml"
    title = "::error::x ##[error]y [bold]z[/bold] {unit} =1+1"
    path.write_text(f'unit: bdvtu\nentries:\n  - {{date: 01/6/2023, title: "{title}", note: x}}\n', encoding="utf-8")
    text = check(folder).out
    page = tracker("status", "--plan", "14-KH", cwd=folder, width=60).out
    # A runner trims each line before it looks for a command.
    assert not [line for line in (text + page).splitlines() if line.strip().startswith(("::", "##["))]
    assert "::error::x" in page
    assert "\x1b" not in text


def test_characters_that_hide_or_reorder_are_refused_and_shown(folder):
    path = folder / "actuals" / "2023" / "hidden.yaml"
    path.write_text("unit: bdvtu\nentries:\n  - {date: 01/6/2023, title: a\u202eb, doc: 1-BC/X}\n", encoding="utf-8")
    shown = check(folder).out
    assert "\\u202e" in shown
    assert "\u202e" not in shown
    edit(folder / "plans" / "08-CTr-2022.yaml", "kind: coverage", "kind: coverage\u202e")
    done = check(folder)
    assert done.code == 2
    assert "plans/08-CTr-2022.yaml:" in done.err
    assert "\u202e" not in done.err


@pytest.mark.parametrize("closing", [">&-", "> /dev/full"])
def test_an_output_that_takes_nothing_is_trouble_and_not_a_finding(folder, closing):
    line = f"'{sys.executable}' -m tracker status {closing}"
    done = subprocess.run(["/bin/sh", "-c", line], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 2, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"stdout" in done.stderr


def test_a_reader_that_leaves_is_no_fault(folder):
    line = f"'{sys.executable}' -m tracker status | head -1"
    done = subprocess.run(["/bin/sh", "-c", line], cwd=folder, capture_output=True, check=False)
    assert done.stderr == b""
