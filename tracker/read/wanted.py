"""Which records a part of a project needs, where it is judged in parts (parts.py).

Its own; and of others those that decide something for its own: records that correct or take back another, and those of
a task whose doing somebody waits for. Where the name of the unit alone tells that a row is nobody's of these, nothing
else of it is looked at: what is wrong in it is for those whose it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tracker.model.plan import Plan
from tracker.model.share import NOBODY
from tracker.read.formats import Batch, Cell
from tracker.read.found import Found
from tracker.read.values import clean

NAMED = ("id", "corrects", "withdraws", "units")
"""Keys under which a record may be more than its own unit's."""
TABLES, _LOGS = (".csv",), (".yaml", ".yml")
_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*unit: *([a-z0-9-]+)[ \t]*(?:#[^\n]*)?\r?\n")
_MORE = re.compile(rb"\\|\b(?:units?|id|corrects|withdraws|figures|events|reminders|links)\b")
_SHARED = re.compile(rb"\\|\b(?:figures|events|reminders|links)\b")
"""Words without which a log is its unit's alone; and a sign by which a word could be written otherwise."""


class _Told(dict[Cell, bool]):
    """Text to verdict; what is not there yet is asked."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        super().__init__()
        self.ask = ask

    def __missing__(self, text: Cell) -> bool:
        # A cell that is no text comes from no table that is read in parts; it would be everybody's.
        verdict = self[text] = self.ask(text) if isinstance(text, str) else True
        return verdict


def waited_for(plans: Iterable[Plan], renames: Mapping[str, str]) -> set[str]:
    """The tasks whose doing somebody waits for, by every name that they had: their records concern everybody."""
    dues = (due for plan in plans for some in (plan.tasks, plan.amended) for due in (one.due for one in some))
    waited = {due.event for due in dues if due and "/" in due.event}
    return waited | {old for old, new in renames.items() if new in waited}


class Wanted:
    """What one share wants of the records, units and plans having been read."""

    def __init__(self, found: Found, renames: Mapping[str, str]) -> None:
        assert found.share is not None
        self.found, self.share = found, found.share
        self.waited = waited_for(found.plans, found.renames)
        self.entries = self.share.number != NOBODY
        """Whether entries are wanted at all, or figures and events alone."""
        found.passed_over = not self.entries
        self.mine = _Told(lambda text: self.share.holds(renames.get(unit := clean(text), unit)))
        self.task = _Told(lambda text: clean(text) in self.waited)

    def nothing_in(self, path: Path, file: str) -> bool:
        """Whether a survey, or the head of a log and words that do not stand in it, tell that nothing in it is ours."""
        suffix = path.suffix.lower()
        if file in self.share.elsewhere or (suffix in TABLES and not self.entries):
            return True
        if suffix not in _LOGS:
            return False
        try:
            raw = path.read_bytes()
        except OSError:
            return False
        head = _HEAD.match(raw)
        unit = head[1].decode() if head else ""
        if not self.entries:
            return head is not None and not _SHARED.search(raw)
        if head is None or unit not in self.share.owners or self.mine[unit]:
            return False
        return not _MORE.search(raw, head.end()) and not any(task.encode() in raw for task in self.waited)

    def _another(self, text: str) -> bool:
        """Whether the cell for the unit makes a row another's."""
        if self.mine[text]:
            return False
        self.found.passed_over = True
        return True

    def record(self, values: Mapping[str, Any], units: Iterable[str]) -> bool:
        """Whether a record that was read is wanted: whole, whoever else it names."""
        if "corrects" in values or "withdraws" in values or values.get("task") in self.waited:
            return True
        return any(map(self.share.holds, units))

    def figure(self, units: Iterable[str]) -> bool:
        """Whether a figure is wanted: by those whose it is, and where readings are held against each other."""
        return any(map(self.share.shows, units))

    def rows(self, batch: Batch) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows of a table that may be wanted, by the few cells that tell."""
        keys = list(batch.keys)
        if "unit" not in keys:
            yield from batch.rows
            return
        unit, mine = keys.index("unit"), self.mine
        named = [keys.index(key) for key in NAMED if key in keys]
        task = keys.index("task") if "task" in keys and self.waited else None
        if batch.pass_over is not None and not named and task is None:
            # The cell for the unit tells it all: nothing else of a row need be parted.
            batch.pass_over(unit, _Told(self._another).__getitem__)
            yield from batch.rows
            return
        for row in batch.rows:
            cells = row[1]
            if (
                mine[cells[unit]]
                or (task is not None and self.task[cells[task]])
                or (named and any(cells[index] for index in named))
            ):
                yield row
            else:
                self.found.passed_over = True
