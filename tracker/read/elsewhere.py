"""actuals/ → records: which file is a log, which a table and how that is written, and what is asked of a database."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tracker.model.mapped import PLAIN, Mapped
from tracker.model.source import Place, Problem
from tracker.read.actuals import Converter
from tracker.read.door import forget, open_source
from tracker.read.formats import Batch, reader, readers
from tracker.read.found import Found, problem
from tracker.read.links import read_links
from tracker.read.mapping import is_mapping, read_mapping
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, walk


def read_actuals(
    files: Sequence[tuple[Path, str]], folder: Path, environment: Mapping[str, str] | None, found: Found,
) -> None:
    """Add all records of these files of a project folder; `environment` allows queries, see tracker.read.sql."""
    converter = Converter(found)
    tables = _mappings(files, found)
    covered = _covered(tables, [file for _, file in files if not is_log(file)], found)
    for path, file in files:
        if is_mapping(file) or (file in covered and covered[file].broken):
            continue
        if converter.wanted is not None and converter.wanted.nothing_in(path, file):
            found.passed_over = True
            continue
        name = _name(path, file, covered.get(file), converter)
        if name is not None and found.shelf is not None and (kept := found.shelf.taken(name)) is not None:
            found.bulk.append(kept)
            continue
        begun = len(found.bulk), len(found.actuals)
        batch = read_file(path, file, covered.get(file), kept=found.by_columns)
        if batch is None:
            args = {"suffix": path.suffix or path.name, "known": ", ".join(sorted(readers()))}
            found.problems.append(Problem(Place(file), "file-suffix", args))
            continue
        _convert(batch, converter, found)
        # Kept is what came to columns and to nothing beside, of a file that nobody wrote meanwhile.
        alone = not batch.problems and (len(found.bulk), len(found.actuals)) == (begun[0] + 1, begun[1])
        if found.shelf is not None and alone and name and name == _name(path, file, covered.get(file), converter):
            found.shelf.put(name, found.bulk[-1])
    number = 0
    for mapped in tables:
        if mapped.query is not None and not mapped.broken:
            from tracker.read.sql import ask

            number += 1
            _convert(ask(mapped, f"{mapped.at.file}#sql-{number}", folder, environment), converter, found)


def _name(path: Path, file: str, mapped: Mapped | None, converter: Converter) -> str | None:
    """What the columns of a table go by on the shelf; None where it has none there."""
    found = converter.found
    if found.shelf is None or not found.by_columns or converter.wanted is not None:
        return None
    units = (*sorted(converter.units), "", *(f"{old}={new}" for old, new in sorted(converter.renames.items())))
    return found.shelf.name(path, (file, repr(mapped), *units))


def is_log(file: str) -> bool:
    """Whether a file is a log or a mapping; it is never a table, whatever a pattern fits."""
    return file.lower().endswith((".yaml", ".yml"))


def read_file(path: Path, file: str, mapped: Mapped | None, *, kept: bool = False) -> Batch | None:
    """The records of one file as it is mapped; None where nothing here reads such a file.

    `kept` says whether records of large tables stay in columns.
    """
    read_format = reader(Path(file).suffix.lower())
    if read_format is not None and Path(file).suffix.lower() == ".parquet":
        from tracker.read.formats import parquet

        return parquet.read(path, file, mapped or PLAIN, kept=kept)
    if mapped is None:
        return None if read_format is None else read_format(path, file)
    from tracker.read.formats import csv

    return csv.read(path, file, mapped)


def _convert(batch: Batch, converter: Converter, found: Found) -> None:
    converter.convert(batch)
    if batch.links:
        read_links(batch.links, found, batch.problems)
    if batch.source is not None:
        found.add(batch.problems, batch.source)
    else:
        found.problems += batch.problems
    forget()


def _mappings(files: Sequence[tuple[Path, str]], found: Found) -> list[Mapped]:
    """The entries of all mapping files."""
    tables: list[Mapped] = []
    for path, file in files:
        if not is_mapping(file):
            continue
        source, problems = open_source(path, file)
        if source is None:
            found.problems += problems
            continue
        tree = walk(source)
        problems += tree.problems
        if isinstance(tree.root, Keys):
            tables += read_mapping(tree.root, source, problems)
        elif tree.root is not None:
            problems.append(problem(tree.root, Refusal("shape-keys", {"key": file})))
        found.add(problems, source)
    found.tables = tables
    return tables


def _covered(tables: Sequence[Mapped], files: Sequence[str], found: Found) -> Mapping[str, Mapped]:
    """Which entry speaks of which file. A pattern that fits nothing, and a file that two speak of, are problems."""
    covered: dict[str, Mapped] = {}
    for mapped in tables:
        mine = {file for file in files if mapped.covers(file)}
        for pattern, at in mapped.files:
            if not any(mapped._replace(files=((pattern, at),)).covers(file) for file in mine):
                found.problems.append(Problem(at, "table-none", {"text": pattern}))
        for file in sorted(mine):
            if file in covered:
                args = {"file": file, "first": str(covered[file].at)}
                found.problems.append(Problem(mapped.at, "table-twice", args))
            else:
                covered[file] = mapped
    return covered
