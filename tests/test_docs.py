"""What the documents say is so: commands run, outputs are those printed, paths exist, generated pages are fresh."""

import os
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
from inside import Ran, tracker
from running import program_in

from tracker.check import prepare
from tracker.lang import words
from tracker.model.plan import Kind
from tracker.model.standing import Evidence, State, Window
from tracker.read import read
from tracker.render.rules import page

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n\$ (.*)\n((?:(?!```).*\n)*)```$", README, re.MULTILINE)
COMMANDS = sorted(path.stem for path in (ROOT / "tracker" / "commands").glob("[a-z]*.py"))
QUICK = re.findall(r"^```sh\n(.*?)^```", README[README.index("## Quick start") :], re.MULTILINE | re.DOTALL)


def pasted(text: str, folder: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Lines as somebody pastes them into a shell."""
    env = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "PATH": f"{program_in(tmp_path).parent}:{os.environ['PATH']}"}
    for name in ("TRACKER_LANG", "COLUMNS"):
        env.pop(name, None)
    return subprocess.run(["bash", "-e", "-c", text], capture_output=True, text=True, encoding="utf-8", cwd=folder, env=env, check=False)


def run(line: str, folder: Path = ROOT) -> Ran:
    """A line that is a command of ours and nothing else."""
    assert not re.search(r"[|<>&;$`]", line), "a shell would make something else of it"
    program, *arguments = shlex.split(line)
    assert program == "tracker"
    return tracker(*arguments, cwd=folder)


def lines(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line]


def test_quick_start_is_two_commands_and_the_second_is_what_ci_runs():
    section = README[README.index("## Quick start") : README.index("## Who uses it")]
    assert len(re.findall(r"^```sh$", section, re.MULTILINE)) == 2
    first, second = (block.strip() for block in QUICK[:2])
    assert first.endswith("tracker status")
    assert "--require-hashes -r requirements-dev.txt" in second
    assert second.endswith("&& .venv/bin/python -m pytest -n auto")
    assert "\n" not in first + second


def test_ci_takes_its_commands_from_the_readme():
    path = ROOT / ".ci" / "run"
    assert path.stat().st_mode & stat.S_IXUSR
    text = path.read_text(encoding="utf-8")
    script = next(line for line in text.splitlines() if line.startswith("newcomer=$(")).removeprefix("newcomer=$(").removesuffix(")")
    found = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert found.strip() == QUICK[1].strip()
    assert "pip install" not in text, "the README says how to install"


@pytest.mark.parametrize(("line", "printed"), CONSOLE, ids=[line.split()[1] for line, _ in CONSOLE])
def test_the_worked_example_prints_what_the_readme_shows(line: str, printed: str, tmp_path: Path):
    done = pasted(line, ROOT, tmp_path)
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout == printed


def test_there_are_two_worked_examples():
    assert len(CONSOLE) == 2


@pytest.mark.parametrize("block", QUICK[3:], ids=lambda block: block.split()[1])
def test_every_command_of_the_readme_runs(block: str, tmp_path: Path):
    for name in ("plans", "actuals", "rules", "docs", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    for line in lines(block.replace("-o docs/rules.md", "-o rules.md")):
        done = run(line, tmp_path)
        assert done.code in ({0, 1} if line.startswith("tracker check") else {0}), done.err
        assert done.err == ""
        written = re.search(r" -o (\S+)", line)
        assert (tmp_path / written[1]).stat().st_size > 0 if written else done.out


def test_a_block_of_the_readme_runs_when_it_is_pasted(tmp_path: Path):
    done = pasted(QUICK[2], ROOT, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "".join(run(line).out for line in lines(QUICK[2]))


def test_the_readme_names_every_command_and_exit_code():
    for command in COMMANDS:
        assert re.search(rf"^tracker {command}\b", README, re.MULTILINE), command
    assert re.findall(r"^\| ([0-9]+) \|", README, re.MULTILINE) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_paths_that_a_page_names_exist(path: Path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tracker|tests|docs|plans|actuals|rules|bench|\.ci)/[^`<>* ]*)`", text))
    named |= set(re.findall(r"`([A-Za-z-]+\.(?:md|txt|toml))`", text))
    named -= {"tracker/starter_rules"}  # in the wheel alone
    for one in sorted(named):
        assert (ROOT / one).exists() or (ROOT / "docs" / one).exists(), one
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target


def test_the_tree_in_the_page_about_architecture_is_the_tree():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = text[text.index("## The tree") :].split("```")[1]
    named = {match[1].rstrip("/") for match in re.finditer(r"^  (\S+)  ", tree, re.MULTILINE)}
    there = {p.name for p in (ROOT / "tracker").iterdir() if p.name[0] not in "_." and p.name != "py.typed"} | {"__main__.py"}
    assert named == there - {"__pycache__"}


def test_the_page_about_rules_is_fresh():
    rules = read(ROOT, ROOT / "rules").rules
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert text == page(rules).rstrip("\n") + "\n", "stale: tracker rules docs -o docs/rules.md"
    assert prepare(rules)[1] == ()


@pytest.mark.parametrize(("heading", "kinds"), [("Nine states", State), ("Window", Window), ("Evidence", Evidence), ("Six kinds", Kind)])
def test_the_glossary_has_every_word_of_the_model(heading: str, kinds: type):
    section = GLOSSARY[GLOSSARY.index(f"## {heading}") :].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]*) \|", section, re.MULTILINE))
    assert list(rows) == [str(kind) for kind in kinds]
    key = {State: "state", Window: "window", Evidence: "evidence"}.get(kinds)
    if key is not None:
        assert rows == {str(kind): words("vi")(f"{key}.{kind}") for kind in kinds}, "the words are those of the page"


def test_the_nouns_of_the_glossary_are_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker" / "model").glob("*.py"))
    section = GLOSSARY[GLOSSARY.index("## Nouns") :].split("\n## ")[0]
    nouns = re.findall(r"^\| [^|]+ \| [^|]+ \| `([A-Za-z]+)", section, re.MULTILINE)
    assert len(nouns) > 25
    for noun in nouns:
        assert f"class {noun}" in code, noun


def test_every_library_has_its_reason():
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").casefold()
    for name in ("click", "rich", "pydantic", "PyYAML", "python-dateutil", "holidays", "pyarrow", "hypothesis", "duckdb"):
        assert re.search(rf"^\*\*[0-9-]+ · .*{name.casefold()}", text, re.MULTILINE), name


def test_pins_are_hashed_and_name_no_registry():
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z][a-z0-9-]*)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[^ #\n]", text, re.MULTILINE))
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    assert dict(pins)["python-dateutil"].startswith("2.")
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("click", "pytest", "pytest-xdist", "hypothesis", "duckdb", "ruff", "mypy", "hatchling", "editables", "pyarrow"):
        assert name in dict(pins), name
        assert f'"{name}>=' in declared, name


def test_the_changelog_keeps_its_form():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", text, re.MULTILINE)
    kinds = re.findall(r"^### (.*)$", text, re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
