"""The GitHub action: its script, run here as a runner runs it, and the inputs that reach it."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from projects import ROOT, SHOWCASE, copy_of, edit
from running import program_in, repository_in
from test_git import commit, git

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SCRIPT = ROOT / "ci" / "github" / "run.sh"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


class Ran(NamedTuple):
    code: int
    out: str
    err: str
    summary: str
    outputs: dict[str, str]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return program_in(tmp_path)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return repository_in(tmp_path)


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
    """With a Python that only writes down what it is told, and a program that only says that it ran."""
    program.write_text('#!/bin/sh\necho "judged by $0"\n', encoding="utf-8")
    tool, told = program.parent, tmp_path / "told"
    (tool / "python3").write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{told}"\ncase "$2" in venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; cp "{program}" "$3/bin/tracker";; esac\n', encoding="utf-8")
    (tool / "python3").chmod(0o755)
    for asked, installed in (("", str(ROOT)), ("git+https://example.vn/x@v1", "git+https://example.vn/x@v1"), ("$(touch pwned)", "$(touch pwned)")):
        told.unlink(missing_ok=True)
        ran = act(program, tmp_path, TRACKER="", INPUT_INSTALL=asked, INPUT_FAIL_ON="never", PATH=f"{tool}:{os.environ['PATH']}")
        assert (ran.code, ran.err, ran.out) == (0, "", f"judged by {tool}/tracker-venv/bin/tracker\n")
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
