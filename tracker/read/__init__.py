"""Files → typed records that remember their lines. The only step that touches the disk."""

import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.project import Edited, Project, Settings
from tracker.model.share import Share
from tracker.model.source import Place, Problem
from tracker.read.door import Source, open_source
from tracker.read.elsewhere import read_actuals
from tracker.read.found import Found, problem
from tracker.read.links import settle_links
from tracker.read.near import nearest
from tracker.read.quick import SMALL, walk
from tracker.read.references import resolve
from tracker.read.settings import read_settings
from tracker.read.size import PLAIN, by_columns, unfold
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Tree

if TYPE_CHECKING:
    from tracker.read.history import Repository
    from tracker.read.shelf import Shelf

YAML = (".yaml", ".yml")
WAIVERS = "rules/waivers/"
PASSED_OVER = (".md", ".txt", ".license")
"""Files that are for people, and may lie beside the data."""
HEADS = ("units", "documents", "plan", "programme", "calendar", "regimes", "indicators")
"""Keys by which a file of plans/ is recognised."""


class Revision(NamedTuple):
    """A project as it was at a commit."""

    files: Path
    """Where its files were written to."""
    hash: str


def read(
    folder: Path,
    starter_rules: Path | None = None,
    today: date = date.max,
    revision: Revision | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    grid: str = PLAIN,
    share: Share | None = None,
    shelf: "Shelf | None" = None,
) -> Project:
    """All records of a project folder, and every problem in it. Never raises for what is in the files.

    `starter_rules` is the folder of the rules that stand in where the project has no rules/ of its own. `today` is the
    day of what is not committed yet, for a project whose entries have the day of their commit. With a revision the
    files are those, and `folder` is asked for its history alone. Queries that the project names are run only where
    there is an environment, from which their secrets come. `grid` says whether the records of large tables stay in
    columns: never ("plain"), always ("grid"), or where so much is owed that it pays ("auto"). With a share, records of
    units that it does not hold are passed over where they mean nothing to those that it does. What large tables came to
    is taken from a shelf and put there.
    """
    found = Found(share=share, shelf=shelf)
    repository, folder = folder, revision.files if revision else folder
    settings = read_settings(folder, found)
    _read_plans(folder, found)
    found.by_columns = settings.recorded != "git" and by_columns(found, grid)
    read_actuals(files_below(folder / "actuals", "actuals"), folder, environment, found)
    _read_all_rules(folder, starter_rules, settings, found)
    names = _unnamed(folder, found)
    resolve(found)
    settle_links(found)
    edits: tuple[Edited, ...] = ()
    if "git" in settings:
        from tracker.read.history import Repository

        asked = Repository(repository, settings, today, revision.hash if revision else "HEAD")
        edits = _told_by_git(asked, folder, found)
    _absent(folder, found)
    _call(found, names)
    return Project(
        units=tuple(found.units),
        plans=tuple(found.plans),
        documents=tuple(found.documents),
        actuals=tuple(found.actuals),
        figures=tuple(found.figures),
        rules=tuple(sorted(found.rules, key=lambda rule: rule.id)),
        problems=tuple(sorted(_with_lines(folder, found), key=lambda problem: problem.order)),
        successions=tuple(sorted(found.successions, key=lambda one: one.on)),
        groups=tuple(found.groups),
        calendar=found.calendar,
        events=tuple(sorted(found.events, key=lambda event: (event.when, event.id))),
        edits=edits,
        settings=settings,
        waivers=tuple(found.waivers),
        indicators=tuple(found.indicators),
        reminders=tuple(found.reminders),
        renames=MappingProxyType(found.renames),
        links=tuple(found.links),
        bulk=tuple(found.bulk),
    )


def _read_all_rules(folder: Path, starter_rules: Path | None, settings: Settings, found: Found) -> None:
    """The project's own rules, or those that stand in where it has none, and what it accepts for a time."""
    own = folder / "rules"
    if starter_rules is None or (own.is_dir() and {one.name for one in own.iterdir()} != {"waivers"}):
        _read_rules(own, "rules", settings, found)
    else:
        _read_rules(starter_rules, starter_rules.name, settings, found, starter=True)
        _read_rules(own / "waivers", "rules/waivers", settings, found)


def _told_by_git(asked: "Repository", folder: Path, found: Found) -> tuple[Edited, ...]:
    """The days on which entries were made, where git tells them; and what earlier versions of plans promised."""
    from tracker.read.history import edited, recorded_by_git

    if asked.settings.recorded == "git":
        recorded_by_git(asked, found)
    return edited(asked, folder, found) if asked.settings.plan_history == "git" else ()


def _unnamed(folder: Path, found: Found) -> dict[str, Place]:
    """The entries without an id that others name by what they say; hardly any project has one."""
    some = any(one.wants == "entry" and one.id.startswith("#") for one in found.references)
    if found.bulk and (some or found.links):
        unfold(found)
    if not some:
        return {}
    from tracker.read.unnamed import named

    return named(folder, found)


def _call(found: Found, names: Mapping[str, Place]) -> None:
    """Give entries without an id the names by which others call them."""
    if names:
        from tracker.read.unnamed import called

        found.actuals = called(found.actuals, names)


def promised(folder: Path) -> Project:
    """Units and plans alone, without a word on what is wrong with them: for what has to be quick."""
    found = Found()
    _read_plans(folder, found)
    resolve(found)
    return Project(tuple(found.units), tuple(found.plans), renames=MappingProxyType(found.renames))


def files_below(folder: Path, name: str) -> list[tuple[Path, str]]:
    """Every file below a folder with its path as we call it, in the order of these; hidden ones are not ours."""
    found = []
    for root, directories, files in os.walk(folder):
        directories[:] = [directory for directory in directories if not directory.startswith((".", "__"))]
        for file in files:
            if not file.startswith((".", "~$")) and not file.lower().endswith(PASSED_OVER):
                path = Path(root) / file
                found.append((path, str(PurePosixPath(name) / path.relative_to(folder).as_posix())))
    return sorted(found, key=lambda entry: entry[1])


def _read_plans(folder: Path, found: Found) -> None:
    """Units first, since everything else names them; then the rest in the order of the file names."""
    from tracker.read.calendar import read_calendar
    from tracker.read.indicators import read_indicators
    from tracker.read.regimes import read_regimes
    from tracker.read.units import read_documents, read_units

    trees: list[tuple[Tree, Source, list[Problem]]] = []
    tables = []
    for path, file in files_below(folder / "plans", "plans"):
        if path.suffix.lower() in YAML:
            _take(path, file, trees, found)
        elif path.suffix.lower() == ".csv":
            tables.append(file)
        else:
            _unknown_suffix(path, file, (*YAML, ".csv"), found)
    kinds = (
        ("units", read_units),
        ("documents", read_documents),
        ("regimes", read_regimes),
        ("calendar", read_calendar),
        ("indicators", read_indicators),
    )
    for head, take in kinds:
        for tree, _, problems in trees:
            if isinstance(tree.root, Keys) and _head(tree.root) == head:
                take(tree.root, found, problems)
    _plans_of(folder, trees, found)
    for tree, source, problems in trees:
        if isinstance(tree.root, Keys) and not _head(tree.root) and not (tree.broken and not tree.root.entries):
            near = next((near for key in tree.root.entries if (near := nearest(key, HEADS))), "")
            code = "shape-file-near" if near else "shape-file"
            problems.append(problem(tree.root, Refusal(code, {"near": near} if near else {})))
        elif tree.root is not None and not isinstance(tree.root, Keys) and not tree.broken:
            problems.append(problem(tree.root, Refusal("shape-file", {})))
        found.add(problems, source)
    used = found.of("table")
    found.problems += (Problem(Place(file), "file-unused") for file in tables if file not in used)


def _plans_of(folder: Path, trees: list[tuple[Tree, Source, list[Problem]]], found: Found) -> None:
    for tree, source, problems in trees:
        if isinstance(tree.root, Keys) and _head(tree.root) in {"plan", "programme"}:
            from tracker.read.plans import read_plan

            read_plan(tree.root, source, folder, found, problems, broken=tree.broken)


def _read_rules(folder: Path, name: str, settings: Settings, found: Found, *, starter: bool = False) -> None:
    """The rules of a folder and, in its own waivers/, what was accepted for a time; those of no other project count."""
    trees: list[tuple[Tree, Source, list[Problem]]] = []
    for path, file in files_below(folder, name):
        if starter and path.is_relative_to(folder / "waivers"):
            continue
        if path.suffix.lower() in YAML:
            _take(path, file, trees, found)
        else:
            _unknown_suffix(path, file, YAML, found)
    for tree, source, problems in trees:
        waivers = source.file.startswith(WAIVERS)
        if isinstance(tree.root, Keys) and waivers:
            from tracker.read.waivers import read_waivers

            read_waivers(tree.root, settings.waiver_days, found, problems)
        elif isinstance(tree.root, Keys) and not tree.broken:
            from tracker.read.rules import read_rule

            read_rule(tree.root, source, found, problems)
        elif tree.root is not None and not tree.broken:
            problems.append(problem(tree.root, Refusal("shape-waivers" if waivers else "shape-rule", {})))
        found.add(problems, source)


def _take(path: Path, file: str, trees: list[tuple[Tree, Source, list[Problem]]], found: Found) -> None:
    source, problems = open_source(path, file)
    if source is None:
        found.problems += problems
        return
    tree = _walked(source.file, source.text) if len(source.text) <= SMALL else walk(source)
    trees.append((tree, source, [*problems, *tree.problems]))


@lru_cache(maxsize=256)
def _walked(file: str, text: str) -> Tree:
    """The nodes of a small file, read once: of two revisions of a project most files are the same."""
    return walk(Source(file, text))


def _head(root: Keys) -> str:
    """By what a file of plans/ is recognised; empty where by nothing."""
    return next((key for key in HEADS if key in root.entries), "")


def _unknown_suffix(path: Path, file: str, known: tuple[str, ...], found: Found) -> None:
    args = {"suffix": path.suffix or path.name, "known": ", ".join(sorted(known))}
    found.problems.append(Problem(Place(file), "file-suffix", args))


def _absent(folder: Path, found: Found) -> None:
    """Nothing read is never taken for nothing wrong."""
    broken = {entry.place.file.partition("/")[0] for entry in found.problems}
    if not (folder / "plans").is_dir():
        found.problems.append(Problem(Place("plans"), "project-no-folder"))
        return
    if not found.plans and "plans" not in broken:
        found.problems.append(Problem(Place("plans"), "project-no-plans"))
    if not found.units and "plans" not in broken:
        found.problems.append(Problem(Place("plans"), "project-no-units"))
    recorded = found.actuals or found.bulk or found.figures or found.events or found.passed_over
    if not recorded and "actuals" not in broken:
        found.problems.append(Problem(Place("actuals"), "project-no-actuals"))
    if not found.rules and "rules" not in broken:
        found.problems.append(Problem(Place("rules"), "project-no-rules"))


def _with_lines(folder: Path, found: Found) -> list[Problem]:
    """Problems that were found when their file was already put away get its line now."""
    from tracker.read.door import with_excerpts

    start = (1, 1)
    wanting = {
        entry.place.file
        for entry in found.problems
        if not entry.excerpt and (entry.place.line, entry.place.column) > start
    }
    sources = {}
    for file in wanting:
        if (folder / file).is_file():
            source, _ = open_source(folder / file, file)
            if source is not None:
                sources[file] = source
    return with_excerpts(found.problems, sources)


__all__ = ["Revision", "files_below", "read"]
