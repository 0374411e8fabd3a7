"""Which earlier import a file is a version of: a copy under another name is the same log.

The very same bytes are the same file. Otherwise a table under its own name is itself, and one under a new name is the
table with which it has most rows in common, letter for letter, where these are half of the smaller of the two.
"""

from collections import Counter
from collections.abc import Sequence

from tracker.intake.naming import DIGITS, Chain, named
from tracker.model.intake import Lineage, Origin, Understood

SAMPLE = 200
"""Rows of a table that are compared."""
NONE = "none"
"""Said by somebody: it is a version of nothing."""


def earlier_files(known: Sequence[Chain]) -> tuple[str, ...]:
    """Names of all files that were imported."""
    return tuple(dict.fromkeys(origin.file for chain in known if (origin := chain.origin)))


def lineage(tables: Sequence[Understood], digest: str, known: Sequence[Chain], same_as: str = "") -> Lineage:
    """The earlier imports of the tables of one file; `same_as` is what somebody said: a file's name, or none."""
    stood = Counter(origin for chain in known if (origin := chain.origin))
    twins = {o.file for chain in known if digest[:DIGITS] in chain.digests and (o := chain.origin)}
    names, abouts = {chain.name for chain in known}, {chain.name.about for chain in known}
    found: list[Origin] = []
    before: Understood | None = None
    for table in tables:
        own = Origin(table.file, table.sheet)
        if before is not None and before.sheet == table.sheet:
            # Another table of the same sheet comes from where that does.
            found.append(found[-1])
            continue
        before = table
        used = set(found)
        # A row may be called by another file than its source: the one of which that was a version.
        wanted = {same_as} if same_as else {one.file for one in stood}
        others = [one for one in stood if one.file in wanted and one not in used and one != own]
        if same_as == NONE or not table.entries or not others or (same_as == own.file):
            found.append(own)
            continue
        sample = table.entries[:SAMPLE]
        alike = {one: sum(row.name in names for row in named(table, one, {}, sample)) for one in others}
        best = max(others, key=lambda one: (alike[one], one.file in twins, one.sheet == table.sheet))
        sure = best.file == same_as or (alike[best] and own.file not in twins and best.file in twins)
        enough = alike[best] and 2 * alike[best] >= min(len(sample), stood[best])
        mine = sum(row.name.about in abouts for row in named(table, own, {}, sample))
        if sure or (enough and alike[best] > mine):
            found.append(best)
        else:
            found.append(own)
    pairs = [(one, table) for one, table in zip(found, tables, strict=True) if one != (table.file, table.sheet)]
    if not pairs:
        return Lineage(tuple(found))
    other = next((one.file for one, table in pairs if one.file != table.file), "")
    sheet = "" if other else pairs[0][0].sheet
    return Lineage(tuple(found), other or pairs[0][0].file, sheet, same=other in twins)
