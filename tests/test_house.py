"""The house: which way imports point, who may touch the world, and how long things may be. There are no exceptions."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tracker"
ROWS = (
    ("model",),
    ("lang", "periods", "names", "hands", "spread", "progress", "links", "steady", "owing", "clock", "screen"),
    ("where", "lookup"),
    ("read", "know", "expand", "match", "check", "waive", "freeze", "history", "reminded"),
    ("events", "inherit", "stand", "rows", "examples", "schema", "proofread", "store", "intake", "kept", "claim", "suggest"),
    ("render", "run", "gate", "again"),
    ("change", "draft", "fresh", "enter", "accept", "shells", "grid", "parts", "exported"),
    ("cli", "work"),
    ("door", "options", "alone"),
    ("since", "papers", "apart", "append", "sending", "replies", "asking", "complete"),
    ("commands",),
    ("__main__",),
)
"""From the ground up. A module imports rows below its own, never a neighbour in its row; docs/architecture.md says why.

Commands and formats are found by walking their folder, so nothing imports them by name.
"""
HEIGHT = {name: number for number, row in enumerate(ROWS) for name in row}
OWNERS = {
    "click": ("cli", "door", "options", "since", "papers", "apart", "commands", "append", "alone", "sending", "replies", "complete", "shells"),
    "rich": ("render.page", "progress"),
    "yaml": ("read",),
    "pydantic": ("read.shapes.models",),
    "pydantic_core": ("read.shapes.models",),
    "dateutil": ("periods",),
    "holidays": ("periods",),
    "pyarrow": ("render.table.parquet", "read.formats.parquet", "read.sheets.parquet"),
    "polars": ("read.columnar", "read.framed", "read.formats.parquet", "grid", "kept.tables"),
    "numpy": ("grid", "where.columns"),
    "duckdb": ("read.sql",),
    "docx": ("render.word", "read.texts.docx", "read.sheets.docx"),
    "jinja2": ("render.paper.html", "draft.template"),
    "filelock": ("store",),
    "openpyxl": ("read.sheets.xlsx", "render.xlsx", "render.table.xlsx", "read.answers"),
    "rapidfuzz": ("suggest",),
    "markupsafe": ("render.paper.html",),
    "dask": ("spread.dask",),
    "distributed": ("spread.dask",),
    "pyspark": ("spread.spark",),
}
"""The libraries, and who may name them."""
CLOCK = re.compile(r"(datetime|date|time)\.[a-z_]*(now|today|time|monotonic|perf_counter)[a-z_]*")
# `zipped` is a package in memory.
DISK = re.compile(r"(?!door\.|zipped\.)(.*\.)?(open|read_text|read_bytes|write_text|write_bytes|mkdir|unlink|rename)")
TERMINAL = re.compile(r"print|input|.*\b(echo|secho|stdout\..*|stderr\..*)")
DISK_USERS = ("read", "cli", "door", "append", "lang", "render.word.profile", "store", "kept", "steady", "again")
"""`store` and `append` write to files that are there; `kept` looks into the cache; `again` opens nothing but the place where output goes when its reader left; `steady` asks whether others write; `lang` and `render.word.profile` read their own files, which are part of the program; `door` writes what was asked for with -o."""
LINES, FUNCTION_LINES = 350, 60
OURS = {".git", ".venv", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__", "build", "dist"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name without "tracker."."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All below a module, walked once for all who look."""
    return tuple(ast.walk(tree))


def within(name: str, owners: tuple[str, ...]) -> bool:
    return any(name == owner or name.startswith(owner + ".") for owner in owners)


def imports(tree: ast.Module) -> Iterator[str]:
    """Dotted names of all that a module imports, at its head, in a function, or for the type checker alone."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}; write it out from tracker"
            assert node.module is not None
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


def ours(tree: ast.Module) -> set[str]:
    """The modules of this package that a module imports."""
    found = set()
    for name in imports(tree):
        if name.split(".")[0] != "tracker":
            continue
        inner = name.removeprefix("tracker").removeprefix(".")
        while inner and inner not in modules():
            inner = inner.rpartition(".")[0]
        found.add(inner)
    return found


@cache
def calls(tree: ast.Module) -> tuple[tuple[str, int], ...]:
    """Each thing that is called, as it is written, and its line."""
    return tuple((ast.unparse(node.func), node.lineno) for node in nodes(tree) if isinstance(node, ast.Call))


def text_files() -> Iterator[tuple[str, str]]:
    """Every text that people of this project may read, by path."""
    for path in sorted(ROOT.rglob("*")):
        relative = path.relative_to(ROOT)
        if path.is_dir() or OURS & set(relative.parts) or relative.parts[0].endswith(".egg-info"):
            continue
        try:
            yield relative.as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def for_every_module(check: Callable[[str], None]) -> Callable[[], None]:
    """One test over all modules: each module that breaks the rule is told, not only the first."""

    def whole() -> None:
        wrong = []
        for name in modules():
            try:
                check(name)
            except AssertionError as error:
                wrong.append(f"{name}: {str(error).splitlines()[0]}")
        assert wrong == []

    whole.__doc__ = check.__doc__
    return whole


def test_every_module_has_its_row():
    tops = {name.split(".")[0] for name in modules()} - {""}
    assert tops == set(HEIGHT), "a new module needs a place in ROWS, a module that is gone has none"


@for_every_module
def test_imports_point_down(name: str):
    top = name.partition(".")[0]
    for other in ours(modules()[name]):
        assert other, f"tracker.{name} imports the package itself"
        if other.split(".")[0] == top:
            continue
        below = HEIGHT[other.split(".")[0]] < HEIGHT[top]
        assert below, f"tracker.{name} imports tracker.{other}, which does not stand below it"


def test_no_imports_go_in_a_circle():
    arrows = {name: ours(tree) - {name} for name, tree in modules().items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for other in sorted(arrows[name]):
            # A package's own __init__ is run before any of its modules: an arrow to it is an arrow to the folder.
            visit(other, (*path, name))
        done.add(name)

    for name in arrows:
        visit(name, ())


def test_the_rows_would_catch_an_arrow_that_points_up():
    tree = ast.parse("from tracker.render.say import message\nimport tracker.run")
    assert ours(tree) == {"render.say", "run"}
    assert all(HEIGHT[name.split(".")[0]] > HEIGHT["check"] for name in ours(tree))


@for_every_module
def test_each_library_is_named_by_its_owner_alone(name: str):
    for imported in imports(modules()[name]):
        top = imported.split(".")[0]
        if top in sys.stdlib_module_names or top == "tracker":
            continue
        assert top in OWNERS, f"tracker.{name} imports {top}, which nobody owns"
        assert within(name, OWNERS[top]), f"tracker.{name} imports {top}; only {OWNERS[top]} may"


def test_declared_libraries_are_the_used_ones():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = {re.split(r"[<>=\[; ]", line)[0] for line in project["dependencies"]}
    extras = project["optional-dependencies"]
    said |= {re.split(r"[<>=\[; ]", line)[0] for name in extras if name not in {"dev", "bench"} for line in extras[name]}
    names = {"PyYAML": "yaml", "python-dateutil": "dateutil", "python-docx": "docx"}
    assert {names.get(one, one) for one in said} == set(OWNERS) - {"pydantic_core", "markupsafe", "distributed"}


@for_every_module
def test_only_the_doors_touch_the_world(name: str):
    for called, line in calls(modules()[name]):
        if CLOCK.fullmatch(called):
            assert name == "clock", f"tracker.{name}:{line} asks a clock"
        if DISK.fullmatch(called):
            assert within(name, DISK_USERS), f"tracker.{name}:{line} touches the disk"
        if TERMINAL.fullmatch(called):
            assert name in {"cli", "door", "screen", "again"}, f"tracker.{name}:{line} speaks to a terminal"


def test_one_clock():
    asked = [name for name, tree in modules().items() for called, _ in calls(tree) if CLOCK.fullmatch(called)]
    assert asked == ["clock"]


def test_what_touches_the_world_would_be_seen():
    tree = ast.parse("datetime.now(UTC)\nPath(file).read_text()\nopen(file)\nprint(1)\nsys.stdout.write(a)\ndate.today()")
    seen = [called for called, _ in calls(tree)]
    assert [bool(CLOCK.fullmatch(called)) for called in seen].count(True) == 2
    assert [bool(DISK.fullmatch(called)) for called in seen].count(True) == 2
    assert [bool(TERMINAL.fullmatch(called)) for called in seen].count(True) == 2


def test_no_file_is_long():
    files = [path for folder in ("tracker", "tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 40
    long = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: lines for path, lines in long.items() if lines > LINES} == {}


@for_every_module
def test_no_function_is_long(name: str):
    for node in nodes(modules()[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} of tracker.{name} has {length} lines"


@for_every_module
def test_no_state_is_kept_between_calls(name: str):
    for node in nodes(modules()[name]):
        assert not isinstance(node, ast.Global | ast.Nonlocal), f"tracker.{name}:{node.lineno}"


def test_digits_are_those_of_ascii():
    wide = "\\" + "d"
    for name, tree in modules().items():
        for node in nodes(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert wide not in node.value, f"tracker.{name}:{node.lineno}: write [0-9]; the other also takes Arabic digits"


def test_no_file_names_a_machine():
    # Put together, so that this file does not hold what it looks for.
    words = ["/wo" + "rk/", "/t" + "mp/", "/ro" + "ot/", "/ho" + "me/", "fi" + "le:///"]
    pattern = re.compile("|".join(map(re.escape, words)) + "|(?<!--no-emit-)(?:extra-)?index" + "-url")
    for path, text in text_files():
        found = pattern.search(text)
        assert found is None, f"{path} holds {found[0] if found else ''}"


def run_and_list(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command line in a process of its own, and every module that it loaded."""
    code = "import sys; from tracker.cli import start; n = start(sys.argv[1:]); sys.stderr.write('\\n' + ' '.join(sys.modules)); sys.exit(n)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, cwd=ROOT, check=False)
    return done.returncode, set(done.stderr.decode().splitlines()[-1].split())


def test_status_on_this_repository_loads_nothing_that_it_does_not_need():
    code, loaded = run_and_list("status", "--as-of", "31/12/2023")
    assert code == 0
    assert loaded.isdisjoint({"pydantic", "rich", "hashlib", "csv", "holidays", "filelock", "pyarrow", "duckdb", "rapidfuzz", "tracker.suggest", "dateutil.parser", "numpy", "pandas", "polars", "pytest"})
    assert loaded.isdisjoint({"jinja2", "docx", "lxml", "html.parser", "tracker.proofread", "tracker.draft", "tracker.render.paper", "tracker.render.word"})
    assert {"tracker.render.page", "tracker.run"} <= loaded, "the list is empty, or of another program"


def test_pydantic_is_loaded_where_something_in_a_plan_is_odd_and_only_there(tmp_path: Path):
    shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path, dirs_exist_ok=True)
    asked = ("status", "--as-of", "31/12/2023", "--project", str(tmp_path))
    code, loaded = run_and_list(*asked)
    assert (code, "tracker.read.shapes.kinds" in loaded, "pydantic" in loaded) == (0, True, False)
    plan = tmp_path / "plans" / "ke-hoach.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("kind: quantity", "kind: quantiti"), encoding="utf-8")
    code, loaded = run_and_list(*asked)
    assert (code, "pydantic" in loaded) == (2, True)


def test_help_loads_neither_the_reader_nor_a_table_drawer():
    code, loaded = run_and_list("--help")
    assert code == 0
    assert loaded.isdisjoint({"pydantic", "yaml", "rich", "holidays", "dateutil", "jinja2", "docx", "lxml", "tracker.read", "tracker.run"})
    assert "click" in loaded


def test_rows_stand_in_the_page_about_architecture():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page[page.index("## Arrows") :].split("```")[1].strip().splitlines()
    rows = [tuple(re.split(r"  +", line)[0].split(" │ ")) for line in drawn]
    assert rows == list(reversed(ROWS))
