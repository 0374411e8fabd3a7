"""Where people run it: the GitHub action's script as a runner calls it, the GitLab jobs, the hooks, and the page about them."""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml
from projects import ROOT, SHOWCASE, copy_of, edit
from test_git import commit, git

from tracker.cli import cli
from tracker.read import read

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SCRIPT = ROOT / "ci" / "github" / "run.sh"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab" / "tracker.gitlab-ci.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = [yaml.safe_load(text) for text in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)]


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    summary: str
    outputs: dict[str, str]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """tracker as one file that can be run."""
    path = tmp_path / "bin" / "tracker"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The invented province in a folder of a repository, committed a week before the day that is judged."""
    folder = tmp_path / "kho"
    (folder / "tinh").mkdir(parents=True)
    copy_of(SHOWCASE, folder / "tinh")
    git(folder, "init", "-q")
    commit(folder, "2024-10-13T10:00:00+07:00")
    return folder


def act(program: Path, folder: Path, *, event: str = "schedule", **given: str) -> Ran:
    files = {name: program.parent / name for name in ("summary", "output", "path")}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    env = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TRACKER": str(program), "RUNNER_TEMP": str(program.parent)}
    env |= {"GITHUB_STEP_SUMMARY": str(files["summary"]), "GITHUB_OUTPUT": str(files["output"]), "GITHUB_PATH": str(files["path"])}
    env |= {"GITHUB_EVENT_NAME": event, "INPUT_PROJECT": "tinh", "INPUT_AS_OF": "20/10/2024", "INPUT_FAIL_ON": "error", **given}
    done = subprocess.run(["bash", str(SCRIPT)], cwd=folder, env=env, capture_output=True, check=False)
    outputs = dict(line.split("=", 1) for line in files["output"].read_text(encoding="utf-8").splitlines())
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode(), files["summary"].read_text(encoding="utf-8"), outputs)


def change(folder: Path) -> None:
    """Take a record away: the report of March is missing again."""
    log = folder / "tinh" / "actuals" / "2024" / "bdt.yaml"
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "period: 2024-03" not in line]
    assert len(kept) < len(lines)
    log.write_text("".join(kept), encoding="utf-8")


@needs_git
def test_a_change_that_brings_nothing_is_green_on_a_day_on_which_much_lapsed(program: Path, repository: Path):
    base = git(repository, "rev-parse", "HEAD")
    (repository / "README").write_text("x", encoding="utf-8")
    commit(repository, "2024-10-14T10:00:00+07:00")
    ran = act(program, repository, event="pull_request", BASE_SHA=base, INPUT_SARIF_FILE="out.sarif", INPUT_FORMAT="  json:a b.json \n\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.outputs == {"exit-code": "0", "since": base, "sarif-file": "out.sarif"}
    assert "20/10/2024" in ran.summary
    assert (repository / "out.sarif").stat().st_size > 0
    assert (repository / "a b.json").stat().st_size > 0
    assert "::error" not in ran.out
    night = act(program, repository)
    assert (night.code, night.outputs["exit-code"], night.outputs["since"]) == (1, "1", "")
    assert "::error file=tinh/plans/" in night.out


@needs_git
def test_a_change_is_red_for_what_it_brought(program: Path, repository: Path):
    base = git(repository, "rev-parse", "HEAD")
    change(repository)
    commit(repository, "2024-10-14T10:00:00+07:00")
    ran = act(program, repository, event="pull_request", BASE_SHA=base, INPUT_FAIL_ON="warning")
    assert (ran.code, ran.err) == (1, "")
    assert "report-missing" in ran.out
    assert re.search(r"^::(error|warning) file=tinh/plans/12-KH-2024\.yaml,line=[0-9]+", ran.out, re.MULTILINE)
    assert "report-missing" in ran.summary
    assert act(program, repository, event="pull_request", BASE_SHA=base, INPUT_FAIL_ON="never").code == 0


@needs_git
def test_what_others_brought_meanwhile_is_not_held_against_a_change(program: Path, repository: Path):
    base = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "-b", "change")
    (repository / "README").write_text("x", encoding="utf-8")
    commit(repository, "2024-10-14T10:00:00+07:00")
    git(repository, "checkout", "-q", "main")
    change(repository)
    main = commit(repository, "2024-10-15T10:00:00+07:00")
    asked = {"event": "pull_request", "BASE_SHA": base, "INPUT_FAIL_ON": "warning"}
    # The head of the branch, and the merge of it that GitHub makes.
    git(repository, "checkout", "-q", "change")
    ran = act(program, repository, **asked | {"BASE_SHA": main})
    assert (ran.code, ran.outputs["since"]) == (0, base)
    git(repository, "checkout", "-q", "--detach", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "x", "change", when="2024-10-16T10:00:00+07:00")
    merge = git(repository, "rev-parse", "HEAD")
    ran = act(program, repository, GITHUB_REF="refs/pull/1/merge", GITHUB_SHA=merge, **asked)
    assert (ran.code, ran.outputs["since"]) == (0, main)
    # Somebody who checks out the head of a branch gets what both sides share, though that head is a merge, too.
    ran = act(program, repository, GITHUB_REF="refs/pull/1/merge", GITHUB_SHA="0" * 40, **asked)
    assert (ran.code, ran.outputs["since"]) == (1, base)
    assert act(program, repository, **asked, INPUT_SINCE=base).code == 1
    ran = act(program, repository, **asked, INPUT_SINCE="none")
    assert (ran.code, ran.outputs["since"]) == (1, "")


@needs_git
def test_without_its_base_a_change_is_not_judged(program: Path, repository: Path, tmp_path: Path):
    base = git(repository, "rev-parse", "HEAD")
    (repository / "README").write_text("x", encoding="utf-8")
    commit(repository, "2024-10-14T10:00:00+07:00")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    ran = act(program, tmp_path / "shallow", event="pull_request", BASE_SHA=base)
    assert (ran.code, ran.outputs) == (2, {})
    assert re.fullmatch(r"::error title=tracker::.*fetch-depth: 0.*\n", ran.out)
    ran = act(program, repository, event="pull_request")
    assert ran.code == 2
    assert "since" in ran.out


def test_what_cannot_be_read_is_exit_2_and_said(program: Path, tmp_path: Path):
    folder = tmp_path / "kho"
    (folder / "tinh").mkdir(parents=True)
    copy_of(SHOWCASE, folder / "tinh")
    edit(folder / "tinh" / "actuals" / "2024" / "bdt.yaml", "date: 28/3/2024", "date: 31/02/2024")
    ran = act(program, folder, INPUT_FAIL_ON="never")
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert "31/02/2024" in ran.err
    assert "exit code 2" in ran.out
    # Outside a repository, too, the rest is judged.
    assert act(program, folder, INPUT_PROJECT="nowhere").code == 2


@pytest.mark.parametrize("name", ["INPUT_PROJECT", "INPUT_AS_OF", "INPUT_SINCE", "INPUT_FAIL_ON", "INPUT_ARGS", "INPUT_FORMAT", "INPUT_LANG", "INPUT_SARIF_FILE", "BASE_SHA", "INPUT_INSTALL"])
@pytest.mark.parametrize("text", ["$(touch pwned)", "`touch pwned`", '"; touch pwned; "', "x\ntouch pwned", "--help; touch pwned", "a' ; touch pwned #"])
def test_no_input_is_read_as_a_command(program: Path, tmp_path: Path, name: str, text: str):
    # Anything that takes the arguments as they come will do here.
    program.write_text('#!/bin/sh\nprintf "[%s]\\n" "$@"\n', encoding="utf-8")
    ran = act(program, tmp_path, event="pull_request", **{"BASE_SHA": "", name: text})
    assert ran.code in {0, 2}
    assert not list(tmp_path.rglob("pwned"))
    if name in {"INPUT_AS_OF", "INPUT_FAIL_ON", "INPUT_LANG"} and "\n" not in text:
        option = name.removeprefix("INPUT_").lower().replace("_", "-")
        ran = act(program, tmp_path, **{name: text})
        assert f"[--{option}={text}]" in ran.out


def test_arguments_come_one_a_line(program: Path, tmp_path: Path):
    program.write_text('#!/bin/sh\nprintf "[%s]\\n" "$@"\nexit 3\n', encoding="utf-8")
    ran = act(program, tmp_path, INPUT_ARGS="--max=report-*=3\r\n\n  --by=owner  \n--select=a b", INPUT_FAIL_ON_NEW="warning", INPUT_AS_OF="")
    assert ran.code == 3
    assert ran.out.split("\n::error")[0].splitlines()[-4:] == ["[markdown:" + str(program.parent / "summary") + "]", "[--max=report-*=3]", "[--by=owner]", "[--select=a b]"]
    assert "[--fail-on-new=warning]" in ran.out
    assert "as-of" not in ran.out
    assert "exit code 3" in ran.out


def test_it_installs_what_was_asked_for(program: Path, tmp_path: Path):
    """With a Python that only writes down what it is told."""
    tool, told = program.parent, tmp_path / "told"
    (tool / "python3").write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{told}"\ncase "$2" in venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "{program}" "$3/bin/tracker";; esac\n', encoding="utf-8")
    (tool / "python3").chmod(0o755)
    (tmp_path / "tinh").mkdir()
    copy_of(SHOWCASE, tmp_path / "tinh")
    for asked, installed in (("", str(ROOT)), ("git+https://example.vn/x@v1", "git+https://example.vn/x@v1"), ("$(touch pwned)", "$(touch pwned)")):
        told.unlink(missing_ok=True)
        ran = act(program, tmp_path, TRACKER="", INPUT_INSTALL=asked, INPUT_FAIL_ON="never", PATH=f"{tool}:{os.environ['PATH']}")
        assert (ran.code, ran.err) == (0, "")
        assert told.read_text(encoding="utf-8").splitlines()[-1] == f"-m pip install --quiet -- {installed}"
    assert not list(tmp_path.rglob("pwned"))
    assert (tool / "path").read_text(encoding="utf-8").strip().endswith("/bin")


def test_every_input_of_the_action_reaches_the_script():
    script = SCRIPT.read_text(encoding="utf-8")
    assert SCRIPT.stat().st_mode & stat.S_IXUSR
    setup, step = ACTION["runs"]["steps"]
    assert re.fullmatch(r"actions/setup-python@[0-9a-f]{40}", setup["uses"])
    assert "${{" not in step["run"], "an input in a command can be a command"
    handed = {name: value for name, value in step["env"].items() if name.startswith("INPUT_")}
    for name, value in handed.items():
        assert value == "${{ inputs." + name.removeprefix("INPUT_").lower().replace("_", "-") + " }}"
    taken = {f"INPUT_{name.upper().replace('-', '_')}" for name in ACTION["inputs"]} - {"INPUT_PYTHON_VERSION"}
    assert set(handed) == taken == set(re.findall(r"\bINPUT_[A-Z_]+", script))
    for name, output in ACTION["outputs"].items():
        assert f'"{name}=$' in script
        assert output["value"] == "${{ steps.check.outputs." + name + " }}"


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


def test_the_waiver_of_the_page_can_be_read_and_waives(tmp_path: Path, program: Path):
    copy = copy_of(SHOWCASE, tmp_path / "tinh")
    text = next(text for text in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) if text.startswith("waivers:"))
    (copy / "rules" / "waivers").mkdir(exist_ok=True)
    (copy / "rules" / "waivers" / "mt.yaml").write_text(text, encoding="utf-8")
    project = read(copy)
    assert project.problems == ()
    [waiver] = [one for one in project.waivers if one.at.file == "rules/waivers/mt.yaml"]
    for day, waived in (("10/10/2024", True), ("11/10/2024", False)):
        done = subprocess.run([str(program), "check", "--project", str(copy), "--as-of", day, "--select", "report-missing", "-f", "json"], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
        found = {one["fingerprint"]: one["waived_until"] for one in json.loads(done.stdout)["findings"]}
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
