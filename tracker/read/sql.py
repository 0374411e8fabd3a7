"""The answer of a query as a table of entries, through DuckDB (extra "sql"), read-only.

Reading a project must run nothing: a query is asked only where whoever started the program said so. It can read the
one database that is named and nothing else; it is one SELECT. What is secret comes from the environment.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

from tracker.model.mapped import Mapped, Query
from tracker.model.source import Place, Problem
from tracker.read.dialect import as_text
from tracker.read.formats import Batch, Cell
from tracker.read.tabular import batch_of, keys_of, missing
from tracker.read.values import Refusal

_SAFE = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
"""No file beside the database, no network, no extension, and no way to switch that on again."""
_ROWS = 1000
_SCHEME = "duckdb:"
_ENVIRONMENT = "env:"


def ask(mapped: Mapped, name: str, folder: Path, environment: Mapping[str, str] | None) -> Batch:
    """The rows of a query. `name` is the file in their places; without an environment nothing is asked."""
    query = mapped.query
    assert query is not None

    def refused(code: str, **args: str) -> Batch:
        return Batch(problems=[Problem(query.at, code, args)])

    if environment is None:
        return refused("sql-off")
    database = _database(query, folder, environment)
    if isinstance(database, Refusal):
        return refused(database.code, **database.args)
    if find_spec("duckdb") is None:
        return refused("table-extra", extra="sql")
    import duckdb

    try:
        connection = duckdb.connect(str(database), read_only=True, config=dict(_SAFE))
        statements = connection.extract_statements(query.query)
        if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
            return refused("sql-select")
        answer = connection.execute(query.query)
    except duckdb.Error as error:
        return refused("sql-answer", cause=_first_line(error))
    headings = [column[0] for column in answer.description or ()]
    problems: list[Problem] = []
    keys = keys_of(headings, lambda _: query.at, problems, mapped=mapped)
    lacking = missing(keys, mapped=mapped)
    if lacking:
        problems += (Problem(query.at, "csv-column-missing", {"key": key}) for key in lacking)
        return Batch(problems=problems)

    def rows() -> Iterator[tuple[int, Sequence[Cell]]]:
        number = 0
        try:
            while block := answer.fetchmany(_ROWS):
                for row in block:
                    number += 1
                    yield number, tuple(map(as_text, row))
        except duckdb.Error as error:
            problems.append(Problem(query.at, "sql-answer", {"cause": _first_line(error)}))

    def place(line: int, key: str) -> Place:
        return Place(name, line, keys.index(key) + 1 if key in keys else 1)

    return batch_of(name, keys, rows(), mapped, problems=problems, place=place)


def _database(query: Query, folder: Path, environment: Mapping[str, str]) -> Path | Refusal:
    """The file of the database: one below the project, or any that a variable of the environment names."""
    source = query.source
    if source.startswith(_ENVIRONMENT):
        variable = source.removeprefix(_ENVIRONMENT).strip()
        if not environment.get(variable):
            return Refusal("sql-environment", {"name": variable})
        named = environment[variable]
        path = Path(named.removeprefix(_SCHEME).removeprefix("//"))
        good = named.startswith(_SCHEME)
    else:
        inner = PurePosixPath(source.removeprefix(_SCHEME).removeprefix("///"))
        path = folder / inner
        good = source.startswith(_SCHEME) and not inner.is_absolute() and ".." not in inner.parts
    if not good:
        return Refusal("sql-source")
    if not path.is_file():
        return Refusal("sql-answer", {"cause": f"{source}: no such file"})
    return path


def _first_line(error: Any) -> str:
    """What the database says, without what it says of itself below."""
    return str(error).strip().split("\n", 1)[0]
