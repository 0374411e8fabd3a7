"""The command line as people meet it: its exit code, what it prints where, in both languages.

A process is started where the process is the matter: each exit code once, streams, the seed of hashes.
"""

import json
import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from inside import Ran, tracker
from projects import copy_of, edit

from tracker.cli import plain_day
from tracker.read.days import parse_day

ROOT = Path(__file__).parent.parent
SHOWCASE = ROOT / "tests" / "showcase"
SEEN = ("--project", str(SHOWCASE), "--as-of", "20/10/2024")
COMMANDS = sorted(path.stem for path in (ROOT / "tracker" / "commands").glob("[a-z]*.py"))
ENGLISH = re.compile(r"\b(the|is|are|not one of|requires|unexpected|argument|Usage|Error|Options|Show|default)\b")
VIETNAMESE = re.compile(r"\b(không|hãy|lệnh|Lệnh|Tùy chọn|Cách dùng|phải|của)\b")


def process(*words: str, program: tuple[str, ...] = ("-m", "tracker"), **environment: str) -> Ran:
    """One run as a process of its own, off a terminal, in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment}
    done = subprocess.run([sys.executable, *program, *words], capture_output=True, cwd=ROOT, env=env, check=False)
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.mark.parametrize(("words", "code"), [(("status", *SEEN), 0), (("check", *SEEN), 1), (("check", "--forma", "json"), 2)])
def test_a_process_says_and_ends_as_a_run_within_ours(words: tuple[str, ...], code: int):
    ran = process(*words)
    assert ran.code == code
    assert ran == tracker(*words), "what the other tests see is what people see"


WRONG = {
    "no such option": (("check", "--forma", "json"), "--format"),
    "no such command": (("stats",), "status"),
    "not a choice": (("check", "--fail-on", "grave"), "error, warning, note, never"),
    "not an action": (("rules", "tset"), "list, test, docs"),
    "not a table": (("export", "standing"), "standings"),
    "no value": (("check", "--as-of"), "--as-of"),
    "not a day": (("check", "--as-of", "31/02/2023"), "31/02/2023"),
    "not a date at all": (("status", "--as-of", "mai"), "mai"),
    "too many words": (("check", "plans"), "plans"),
    "nothing to explain": (("explain",), "WHAT"),
    "explains nothing": (("explain", "report-mising", *SEEN), "report-missing"),
    "no such unit": (("check", "--unit", "bdvt", *SEEN), "bdvtu"),
    "no such plan": (("status", "--plan", "12-KHH", *SEEN), "12-KH"),
    "no such rule": (("check", "--select", "report-mising", *SEEN), "report-missing"),
    "no such rule to leave out": (("check", "--ignore", "nothing-*", *SEEN), "nothing-*"),
    "no project": (("status", "--project", "docs"), "docs"),
    "cannot write": (("status", "-o", "docs/no/such/file", *SEEN), "docs/no/such/file"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", list(WRONG))
def test_wrong_usage_is_exit_2_and_says_what_to_do_in_the_language(name: str, language: str):
    arguments, named = WRONG[name]
    ran = tracker(*arguments, TRACKER_LANG=language)
    assert ran.code == 2
    assert ran.out == ""
    assert named in ran.err
    said, see, *rest = ran.err.rstrip("\n").splitlines()
    assert rest == [], "two lines, no traceback"
    assert said.startswith({"vi": "Lệnh chưa đúng: ", "en": "Wrong usage: "}[language])
    assert re.search(r"tracker( [a-z]+)? --help$", see)
    if language == "en":
        assert not VIETNAMESE.search(ran.err)
    elif name != "cannot write":  # the reason is the system's own
        assert not ENGLISH.search(ran.err.replace(" is ", ""))


@cache
def helps(language: str) -> dict[str, str]:
    """The help of every command. The texts of options are fixed with the import, so each language has its process."""
    code = "import sys\nfrom tracker.cli import start\nfor name in sys.argv[2:]: print(start([*name.split(), '--help']), end='\\f', flush=True)"
    ran = process(f"--lang={language}", "", *COMMANDS, program=("-c", code))
    assert (ran.code, ran.err) == (0, "")
    *pages, end = ran.out.split("0\f")
    assert end == ""
    return dict(zip(["", *COMMANDS], pages, strict=True))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_speaks_both_languages_all_through(command: str):
    vi, en = helps("vi")[command], helps("en")[command]
    assert vi.startswith(f"Cách dùng: tracker {command}".rstrip())
    assert en.startswith(f"Usage: tracker {command}".rstrip())
    assert not VIETNAMESE.search(en)
    assert not ENGLISH.search(re.sub(r"\[[^\]]*\]", "", vi))
    options = r"(?:^|[ ,])(-{1,2}[a-z][a-z-]*)"
    assert sorted(set(re.findall(options, vi))) == sorted(set(re.findall(options, en)))
    if not command:
        assert process("--help") == Ran(0, vi, "")
        assert all(re.search(rf"^  {name}  ", vi, re.MULTILINE) for name in COMMANDS)


def test_without_a_command_it_helps_and_exits_2():
    ran = process()
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("Cách dùng: tracker")
    assert "không có lệnh" not in ran.err


def test_version():
    assert re.fullmatch(r"tracker [0-9]+\.[0-9]+\.[0-9]+\n", process("--version").out)


@pytest.mark.parametrize(("threshold", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_findings_at_or_above_the_threshold_are_exit_1(threshold: str, code: int):
    ran = tracker("check", *SEEN, "--fail-on", threshold)
    assert ran.code == code
    assert ran.err == ""


def test_findings_below_the_threshold_are_exit_0():
    arguments = ("check", *SEEN, "--select", "report-late", "--format", "json")
    found = json.loads(tracker(*arguments).out)["summary"]["severities"]
    assert found["error"] == 0
    assert found["warning"] > 0
    assert tracker(*arguments, "--fail-on", "error").code == 0
    assert tracker(*arguments, "--fail-on", "warning").code == 1


def test_status_is_exit_0_however_the_plan_stands():
    ran = tracker("status", *SEEN)
    assert ran.code == 0
    assert ran.err == ""
    assert "12-KH" in ran.out


def test_broken_input_is_exit_2_and_the_rest_is_judged(tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path)
    edit(copy / "actuals" / "2024" / "bdt.yaml", "date: 28/3/2024", "date: 31/02/2024")
    ran = tracker("check", "--project", str(copy), "--as-of", "20/10/2024", "--fail-on", "never", "--format", "json")
    assert ran.code == 2
    place = re.match(r"actuals/2024/bdt\.yaml:[0-9]+:[0-9]+: .*31/02/2024", ran.err)
    assert place, ran.err
    report = json.loads(ran.out)
    assert [problem["file"] for problem in report["problems"]] == ["actuals/2024/bdt.yaml"]
    assert report["summary"]["obligations"] == json.loads(tracker("check", *SEEN, "--format", "json").out)["summary"]["obligations"]
    assert report["findings"]


def test_two_runs_give_the_same_bytes():
    """Under two seeds of hashes, several commands in each process."""
    commands = [("check", "--format", "json"), ("status",), ("export", "standings"), ("check",)]
    code = "import json, sys\nfrom tracker.cli import start\nfor words in json.loads(sys.argv[1]): print(start(words), flush=True)"
    asked = json.dumps([(*command, *SEEN) for command in commands])
    first, second = (process(asked, program=("-c", code), PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first == second
    assert (first.code, first.err) == (0, "")
    assert re.findall(r"^[0-3]$", first.out, re.MULTILINE) == ["1", "0", "0", "1"]


def test_output_goes_whole_to_the_file(tmp_path: Path):
    file = tmp_path / "page.txt"
    ran = tracker("status", *SEEN, "-o", str(file))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == tracker("status", *SEEN).out
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_the_project_is_found_upwards_from_where_one_stands():
    below = tracker("check", "--as-of", "20/10/2024", "--fail-on", "never", cwd=SHOWCASE / "actuals" / "2024")
    assert below == tracker("check", *SEEN, "--fail-on", "never")


def test_no_colour_and_no_control_characters_off_a_terminal():
    for arguments in (("status", *SEEN), ("status", "--plain", *SEEN), ("check", *SEEN)):
        ran = tracker(*arguments, FORCE_COLOR="", TERM="xterm-256color")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f]", ran.out)


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_the_page_fits_the_width(columns: str):
    lines = tracker("status", *SEEN, COLUMNS=columns).out.splitlines()
    assert max(map(len, lines)) <= int(columns)


def test_a_reader_that_leaves_early_is_no_fault():
    script = f'"{sys.executable}" -m tracker export standings --project "{SHOWCASE}" --as-of 20/10/2024 | head -n 1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_fault_of_ours_is_exit_3_one_line_and_a_traceback_only_when_asked():
    code = "import sys, tracker.door as d; d.load = None; from tracker.cli import start; sys.exit(start(['status']))"
    for debug in ("", "1"):
        env = {**os.environ, "TRACKER_DEBUG": debug, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, env=env, check=False)
        said = done.stderr.decode("utf-8").strip()
        assert done.returncode == 3
        assert "TypeError" in said.splitlines()[-1]
        assert ("Traceback" in said) is bool(debug)
        assert debug or len(said.splitlines()) == 1


def test_an_example_that_comes_out_wrong_is_exit_1_and_a_broken_rule_exit_2(tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path)
    rule = copy / "rules" / "report-late.yaml"
    edit(rule, "where: state = 'done_late'", "where: state = 'done'")
    ran = tracker("rules", "test", "--project", str(copy))
    assert ran.code == 1
    assert "report-late" in ran.out
    edit(rule, "where: state = 'done'", "where: sate = 'done'")
    ran = tracker("rules", "test", "--project", str(copy))
    assert ran.code == 2
    assert re.match(r"rules/report-late\.yaml:[0-9]+:[0-9]+: .*state", ran.err)


@pytest.mark.parametrize(
    "text",
    [
        *(f"{day:02d}/{month:02d}/{year}" for day in (1, 28, 29, 30, 31, 32) for month in (0, 1, 2, 12, 13) for year in (1899, 1900, 2023, 2024, 2199, 2200)),
        *(f"{year}-{month:02d}-{day:02d}" for day in (1, 29, 31) for month in (2, 12, 13) for year in (1899, 2023, 2024, 2200)),
        "1/2/2023", "2023/01/02", "01-02-2023", "01/02/23", "0１/02/2023", "01/02/2023 ", "", "20231020", "//", "01/02/-023", "ngày 15 tháng 3 năm 2022",
    ],
)
def test_a_day_that_is_read_the_short_way_is_the_day_that_the_reader_reads(text: str):
    plain = plain_day(text)
    assert plain is None or plain == parse_day(text)


def test_usual_days_are_read_the_short_way():
    assert plain_day("20/10/2023") == plain_day("2023-10-20") == date(2023, 10, 20)
