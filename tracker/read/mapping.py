"""Files NAME.tables.yaml beside tables from elsewhere → which tables there are, and how they are written.

Nothing is guessed: what is not said here is as docs/files.md says of tables, and what a table has and this does not
name is a problem.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from tracker.model.mapped import Mapped, Query
from tracker.model.source import Place, Problem
from tracker.read.door import Source
from tracker.read.formats import ENTRY_KEYS
from tracker.read.found import problem, scalars, text, value
from tracker.read.near import refuse
from tracker.read.shape import listed, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Node, Scalar

SUFFIXES = (".tables.yaml", ".tables.yml")
HEAD = "tables"
CHOICES: Mapping[str, Sequence[str]] = {
    "dates": ("dmy", "mdy", "iso", "compact"),
    "decimal": ("comma", "point"),
    "separator": (",", ";", "tab", "|"),
    "encoding": ("utf-8", "utf-16", "windows-1258", "windows-1252"),
}
"""How days, numbers, cells and letters may be written."""
KEYS = ("files", "sql", "columns", "constants", "values", *CHOICES)
SQL_KEYS = ("source", "query")


def is_mapping(file: str) -> bool:
    """Whether a file of actuals/ says how tables are written."""
    return file.lower().endswith(SUFFIXES)


def read_mapping(root: Keys, source: Source, problems: list[Problem]) -> list[Mapped]:
    """The entries of a file; one that is wrong in anything is marked as broken."""
    unknown_keys(root, (HEAD,), problems)
    found = []
    folder = PurePosixPath(source.file).parent
    for node in listed(root, HEAD, problems):
        seen = len(problems)
        if not isinstance(node, Keys):
            problems.append(problem(node, Refusal("shape-entry")))
            continue
        one = _entry(node, folder, problems)
        found.append(one._replace(broken=len(problems) > seen or node.flawed))
    return found


def _entry(node: Keys, folder: PurePosixPath, problems: list[Problem]) -> Mapped:
    unknown_keys(node, KEYS, problems)
    if ("files" in node.entries) == ("sql" in node.entries):
        problems.append(problem(node, Refusal("table-source")))
    chosen = {key: _chosen(node, key, words, problems) for key, words in CHOICES.items()}
    columns = _columns(node, problems)
    constants = tuple(_texts(node, "constants", ENTRY_KEYS, problems))
    _twice([*(columns or {}).values(), *((key, at) for key, _, at in constants)], problems)
    return Mapped(
        node.at,
        tuple(_patterns(node, folder, problems)),
        _query(node, problems),
        columns,
        constants,
        _values(node, problems),
        chosen["dates"],
        chosen["decimal"],
        chosen["separator"],
        chosen["encoding"],
    )


def _chosen(node: Keys, key: str, words: Sequence[str], problems: list[Problem]) -> str:
    word = text(node, key)
    if key in node.entries and word not in words:
        problems.append(problem(value(node, key) or node, refuse("shape-choice", word, words)))
    return word


def _patterns(node: Keys, folder: PurePosixPath, problems: list[Problem]) -> Iterable[tuple[str, Place]]:
    """The paths and patterns under `files:`; a folder means all that is in it."""
    named = value(node, "files")
    if named is None:
        return
    given = scalars(named)
    if not given:
        problems.append(problem(named, Refusal("shape-empty", {"key": "files"})))
    for one in given:
        path = PurePosixPath(one.text.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            problems.append(problem(one, Refusal("table-outside", {"text": one.text})))
        else:
            yield str(folder / path) + ("/" if one.text.endswith("/") else ""), one.at


def _query(node: Keys, problems: list[Problem]) -> Query | None:
    asked = value(node, "sql")
    if asked is None:
        return None
    if not isinstance(asked, Keys):
        problems.append(problem(asked, Refusal("shape-keys", {"key": "sql"})))
        return None
    unknown_keys(asked, SQL_KEYS, problems)
    lacking = (key for key in SQL_KEYS if not text(asked, key))
    problems += (problem(asked, Refusal("shape-missing", {"key": key})) for key in lacking)
    query = value(asked, "query")
    return Query(text(asked, "source"), text(asked, "query"), query.at if query else asked.at)


def _columns(node: Keys, problems: list[Problem]) -> Mapping[str, tuple[str, Place]] | None:
    named = value(node, "columns")
    if named is None:
        return None
    if not isinstance(named, Keys):
        problems.append(problem(named, Refusal("shape-keys", {"key": "columns"})))
        return None
    found = {}
    for heading, (name, child) in named.entries.items():
        key = child.text if isinstance(child, Scalar) and not child.empty else ""
        if not isinstance(child, Scalar):
            problems.append(problem(child, Refusal("shape-text", {"key": heading})))
        elif key and key not in ENTRY_KEYS:
            problems.append(problem(child, refuse("shape-choice", key, ENTRY_KEYS)))
        else:
            found[heading] = (key, name.at)
    return found


def _texts(
    node: Keys, key: str, known: Sequence[str], problems: list[Problem],
) -> Iterable[tuple[str, str, Place]]:
    """What stands under the keys of a key, as texts."""
    held = value(node, key)
    if held is None:
        return
    if not isinstance(held, Keys):
        problems.append(problem(held, Refusal("shape-keys", {"key": key})))
        return
    unknown_keys(held, known, problems)
    for name, (_, child) in held.entries.items():
        if not isinstance(child, Scalar) or child.empty:
            problems.append(problem(child, Refusal("shape-empty", {"key": name})))
        elif name in known:
            yield name, child.text, child.at


def _values(node: Keys, problems: list[Problem]) -> Mapping[str, Mapping[str, str]]:
    held = value(node, "values")
    if held is None:
        return {}
    if not isinstance(held, Keys):
        problems.append(problem(held, Refusal("shape-keys", {"key": "values"})))
        return {}
    unknown_keys(held, ENTRY_KEYS, problems)
    return {key: dict(_pairs(child, key, problems)) for key, (_, child) in held.entries.items()}


def _pairs(node: Node, key: str, problems: list[Problem]) -> Iterable[tuple[str, str]]:
    if not isinstance(node, Keys):
        problems.append(problem(node, Refusal("shape-keys", {"key": key})))
        return
    for written, (_, child) in node.entries.items():
        if isinstance(child, Scalar):
            yield written, "" if child.empty else child.text
        else:
            problems.append(problem(child, Refusal("shape-text", {"key": written})))


def _twice(named: Sequence[tuple[str, Place]], problems: list[Problem]) -> None:
    seen: set[str] = set()
    for key, at in named:
        if key in seen:
            problems.append(Problem(at, "csv-column-twice", {"key": key}))
        elif key:
            seen.add(key)
