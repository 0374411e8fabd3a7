"""The table of a plan (`table: milestones.csv`) → the nodes that the plan's own tasks are, with the places of cells."""

from collections.abc import Sequence
from pathlib import Path

from tracker.model.source import Place, Problem
from tracker.read.door import Source, open_source, with_excerpts
from tracker.read.sheet import open_sheet
from tracker.read.yaml import Keys, Listing, Node, Scalar, walk

LISTS = {"lead": ",;|", "for": ",;|", "partners": ";|", "items": ";|"}
"""Columns that hold several values, and what may stand between them; partners and items may hold a comma."""


def read_table(path: Path, file: str, known: Sequence[str]) -> tuple[tuple[Node, ...], list[Problem]]:
    """One node for each row; a cell that is empty is a key that is left out."""
    source, problems = open_source(path, file)
    if source is None:
        return (), problems
    sheet, complaints = open_sheet(source, known, ("id", "title", "kind"))
    problems += complaints
    nodes = []
    if sheet is not None:
        for line, row in sheet.rows():
            entries: dict[str, tuple[Scalar, Node]] = {}
            for key, cell in zip(sheet.keys, row, strict=True):
                if key and cell.strip():
                    at = sheet.place(line, key)
                    entries[key] = (Scalar(key, at), _cell(key, cell.strip(), at, problems))
            nodes.append(Keys(entries, Place(file, line)))
        problems += sheet.problems
    return tuple(nodes), with_excerpts(problems, {file: source})


def _cell(key: str, cell: str, at: Place, problems: list[Problem]) -> Node:
    """The value of a cell: words, several of them, or what a plan would write between braces."""
    if cell[0] in "{[":
        tree = walk(Source(at.file, cell))
        problems += (problem._replace(place=at, excerpt="") for problem in tree.problems)
        return _moved(tree.root, at) if tree.root is not None else Scalar("", at)
    for separator in LISTS.get(key, ""):
        if separator in cell:
            parts = [part.strip() for part in cell.split(separator)]
            return Listing(tuple(Scalar(part, at, width=len(cell)) for part in parts if part), at)
    return Scalar(cell, at, width=len(cell))


def _moved(node: Node, at: Place) -> Node:
    """The node with all its places at the cell."""
    if isinstance(node, Scalar):
        return node._replace(at=at)
    if isinstance(node, Listing):
        return Listing(tuple(_moved(item, at) for item in node.items), at, node.flawed)
    entries = {key: (name._replace(at=at), _moved(child, at)) for key, (name, child) in node.entries.items()}
    return Keys(entries, at, node.flawed)
