"""Where people run it: the GitLab jobs, the hooks, and the page about them, whose snippets work when they are pasted."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from inside import tracker
from projects import ROOT, SHOWCASE, copy_of, edit
from running import program_in, repository_in
from test_git import commit, git

from tracker.cli import cli
from tracker.read import read

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab" / "tracker.gitlab-ci.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return program_in(tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return repository_in(tmp_path)


def options(name: str) -> set[str]:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None, name
    return {option for param in found.params for option in (*param.opts, *param.secondary_opts) if option.startswith("-")}


def words_of(text: str) -> list[str]:
    """The command lines of tracker in a text."""
    joined = re.sub(r"\n\s+(?=-f )", " ", text)
    return re.findall(r"(?:^|[`\s])(tracker (?:check|history|baseline|rules)\b[^`\n]*)", joined)


def texts(node: Any) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts(value)]
    return [str(node)]


LINES = sorted({line for source in (PAGE, *texts([GITLAB, HOOKS, SNIPPETS])) for line in words_of(source)})


@pytest.mark.parametrize("line", LINES)
def test_every_option_that_is_named_exists(line: str):
    _, command, *rest = shlex.split(line.split(" || ", maxsplit=1)[0].rstrip(".,;:"), comments=True)
    assert {word.partition("=")[0] for word in rest if word.startswith("-")} <= options(command)
    formats = next(param.type for param in cli.get_command(click.Context(cli), "check").params if "--format" in param.opts)
    named = {after.partition(":")[0] for word, after in pairwise(rest) if word == "-f"}
    assert command != "check" or named <= set(getattr(formats, "names", ()))


def test_every_option_of_the_page_and_the_action_exists():
    known = options("check") | options("history") | options("baseline")
    inside = PAGE + "\n".join(texts(ACTION))
    lines = [line for line in inside.splitlines() if not re.search(r"\b(git|pip)\b", line.replace(".git", ""))]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", "\n".join(lines)))
    assert len(named) >= 10
    assert named <= known
    shown = PAGE[PAGE.index("| option | meaning |") :].split("\n\n")[0]
    for name in set(re.findall(r"^\| `(-[^ `]+)", shown, re.MULTILINE)):
        assert name in options("check")
    promised = re.findall(r"`([a-z]+)`", shown[shown.index("write this format") :])
    formats = next(param.type for param in cli.get_command(click.Context(cli), "check").params if "--format" in param.opts)
    assert set(promised) == set(getattr(formats, "names", ()))
    passed = {f"--{name}" for name in ("as-of", "fail-on", "fail-on-new", "lang", "project", "since", "format")}
    assert passed <= options("check")


def test_snippets_use_what_the_action_and_the_template_offer():
    assert len(SNIPPETS) == 6
    used = [step for snippet in SNIPPETS for job in snippet.get("jobs", {}).values() for step in job["steps"]]
    tracked = [step for step in used if step.get("uses", "").startswith("OWNER/tracker@")]
    assert len(tracked) == 2
    for step in tracked:
        assert set(step["with"]) <= set(ACTION["inputs"])
    checkouts = [step for step in used if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["fetch-depth"] for step in checkouts] == [0, 0]
    assert {hook["id"] for hook in HOOKS} == {hook["id"] for snippet in SNIPPETS for repo in snippet.get("repos", ()) for hook in repo["hooks"]}
    named = set(re.findall(r"\bsteps\.tracker\.outputs\.([a-z-]+)", PAGE))
    assert named <= set(ACTION["outputs"])
    assert {name for snippet in SNIPPETS for name in map(str, snippet) if name.startswith("tracker-")} <= set(GITLAB)
    assert "`" + "`, `".join(name for name in ACTION["inputs"] if name in {"project", "as-of", "since", "fail-on", "fail-on-new"}) + "`" in PAGE


def test_the_waiver_of_the_page_can_be_read_and_waives(tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path / "tinh")
    text = next(text for text in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) if text.startswith("waivers:"))
    (copy / "rules" / "waivers").mkdir(exist_ok=True)
    (copy / "rules" / "waivers" / "mt.yaml").write_text(text, encoding="utf-8")
    project = read(copy)
    assert project.problems == ()
    [waiver] = [one for one in project.waivers if one.at.file == "rules/waivers/mt.yaml"]
    for day, waived in (("10/10/2024", True), ("11/10/2024", False)):
        done = tracker("check", "--project", str(copy), "--as-of", day, "--select", "report-missing", "-f", "json")
        found = {one["fingerprint"]: one["waived_until"] for one in json.loads(done.out)["findings"]}
        assert found["report-missing:12-KH/5.1:bdt:2024-04"] == (waiver.expires.isoformat() if waived else None)


def run_job(job: dict[str, Any], program: Path, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The job's script as GitLab's shell runs it: line by line, up to the first that fails."""
    values = {**GITLAB[".tracker"]["variables"], "TRACKER_PROJECT": "tinh", "TRACKER_FAIL_ON": "error", **more}
    env = {**os.environ, **values, "PYTHONPATH": str(ROOT), "PATH": f"{program.parent}:{os.environ['PATH']}"}
    lines = [re.sub(r"tracker check ", "tracker check --as-of 20/10/2024 ", line) for line in job["script"]]
    return subprocess.run(["bash", "-eo", "pipefail", "-c", "\n".join(lines)], cwd=folder, env=env, capture_output=True, check=False)


@needs_git
def test_the_jobs_of_gitlab(program: Path, repository: Path):
    base = git(repository, "rev-parse", "HEAD")
    (repository / "README").write_text("x", encoding="utf-8")
    commit(repository, "2024-10-14T10:00:00+07:00")
    done = run_job(GITLAB["tracker-merge-request"], program, repository, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert (done.returncode, done.stderr) == (0, b"")
    reports = GITLAB[".tracker"]["artifacts"]["reports"]
    assert set(reports) == {"codequality", "junit"}
    for file in GITLAB[".tracker"]["artifacts"]["paths"]:
        assert (repository / file).stat().st_size > 0
        (repository / file).unlink()
    assert set(reports.values()) <= set(GITLAB[".tracker"]["artifacts"]["paths"])
    done = run_job(GITLAB["tracker-scheduled"], program, repository)
    assert (done.returncode, done.stderr) == (1, b"")
    assert (repository / reports["codequality"]).stat().st_size > 0
    assert run_job(GITLAB["tracker-merge-request"], program, repository, CI_MERGE_REQUEST_DIFF_BASE_SHA="0" * 40).returncode == 2


@needs_git
def test_the_night_keeps_its_line_and_pushes_it(program: Path, tmp_path: Path):
    """The step of the page, in a clone of a repository that takes pushes; a second night of the same day adds nothing."""
    step = next(step for snippet in SNIPPETS for job in snippet.get("jobs", {}).values() for step in job["steps"] if "run" in step)
    git(tmp_path, "init", "-q", "--bare", "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "kho")
    copy_of(SHOWCASE, tmp_path / "kho")
    commit(tmp_path / "kho", "2024-10-13T10:00:00+07:00")
    git(tmp_path / "kho", "push", "-q", "-u", "origin", "main")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{program.parent}:{os.environ['PATH']}", "GITHUB_SHA": "abc123", "HOME": str(tmp_path)}
    for _ in range(2):
        done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path / "kho", env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    assert git(tmp_path / "origin.git", "rev-list", "--count", "main") == "2"
    line = json.loads(git(tmp_path / "origin.git", "show", "main:history.jsonl"))
    assert line["commit"] == "abc123"
    assert len(line["new"]) == line["verdicts"]["broken"] + line["verdicts"]["unknown"] + line["verdicts"]["waived"]


def test_gitlab_asks_for_what_to_install():
    first = GITLAB[".tracker"]["before_script"][0]
    assert subprocess.run(["bash", "-c", first], env={"PATH": os.environ["PATH"]}, capture_output=True, check=False).returncode == 2
    assert subprocess.run(["bash", "-c", first], env={"PATH": os.environ["PATH"], "TRACKER_INSTALL": "x"}, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_let_findings_pass_and_stop_what_cannot_be_read(hook: dict[str, Any], tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path / "tinh")
    command = [sys.executable, "-m", *shlex.split(hook["entry"])]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, cwd=copy, env=env, capture_output=True, check=False).returncode == 0
    edit(copy / "rules" / "report-late.yaml", "where: state = 'done_late'", "where: sate = 'done_late'")
    assert subprocess.run(command, cwd=copy, env=env, capture_output=True, check=False).returncode == 2
    watched = re.compile(hook["files"])
    assert watched.search("tinh/rules/report-late.yaml")
    assert watched.search("rules/waivers/a.yaml")
    assert not watched.search("docs/ci.md")
    assert bool(watched.search("actuals/2024/bdt.yaml")) is bool(watched.search("tracker.yaml")) is (hook["id"] == "tracker-check")
