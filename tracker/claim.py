"""Entries that name no task → the tasks whose selectors take them (design 4.2). Never by the nearest date.

An entry that one task alone selects, and for which its unit owes that task, counts for it and says so. One that several
select counts for none, and is a finding. What names a task, or was put to one by a link, is not looked at.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.link import Selector, Taken, Way
from tracker.model.plan import Kind, Task
from tracker.model.standing import Obligation
from tracker.periods import span_of

_WORD = re.compile(r"\w+")
_BY_NAME = frozenset({Kind.RECURRING})
"""Kinds whose periods an entry must name: a report says which period it is for."""


class Text(NamedTuple):
    """A text to look for words in, or words to look for: folded, single spaces around and between the words."""

    toned: str
    """With accents, one spelling for hoá and hóa."""
    bare: str
    """Without accents."""
    plain: bool
    """Whether it was written without accents."""


def text_of(written: str) -> Text:
    """Fold a text once for many comparisons."""
    from tracker.names import accents, tone

    toned, bare = (f" {' '.join(_WORD.findall(fold(written)))} " for fold in (tone, accents))
    return Text(toned, bare, toned == bare)


def holds(text: Text, words: Text) -> bool:
    """Whether the words stand in the text, whole and in this order.

    Accents count: "bản" is not "ban". Only where the whole text was written without any, they do not.
    """
    return words.bare in text.bare if text.plain else words.toned in text.toned


def selects(selector: Selector, actual: Actual) -> bool:
    """Whether every field of the selector that is named holds for the entry."""
    if selector.units and actual.unit not in selector.units:
        return False
    counted = actual.quantity.unit if actual.quantity else ""
    from tracker.names import exact

    for wanted, has in ((selector.mode, actual.mode), (selector.level, actual.level)):
        if wanted and exact(has) not in map(exact, wanted):
            return False
    if selector.counted and not any(_text(counted).bare.startswith(_text(one).bare) for one in selector.counted):
        return False
    if selector.doc and not _types(actual.doc) & {one.casefold() for one in selector.doc}:
        return False
    said = _text(" · ".join(filter(None, (actual.title, actual.note, counted))))
    return (
        all(holds(said, _text(one)) for one in selector.words)
        and (not selector.any or any(holds(said, _text(one)) for one in selector.any))
        and not any(holds(said, _text(one)) for one in selector.without)
    )


def claim(obligations: Iterable[Obligation], actuals: Sequence[Actual]) -> Sequence[Actual]:
    """The entries, those that a selector takes with its task; those that several take with what claims them.

    `obligations` are those of the tasks that select, of every plan in force: whose view is asked for changes nothing.
    """
    owed: dict[tuple[str, str], list[Obligation]] = {}
    tasks: dict[str, dict[str, Task]] = {}
    for one in obligations:
        if one.task.selects is not None:
            owed.setdefault((one.task.id, one.unit.id), []).append(one)
            tasks.setdefault(one.unit.id, {})[one.task.id] = one.task
    if not owed:
        return actuals
    return [
        actual
        if actual.task or actual.taken
        else _claimed(
            actual,
            [
                task
                for task in tasks.get(actual.unit, {}).values()
                if task.selects and selects(task.selects, actual) and _fits(actual, owed[task.id, actual.unit])
            ],
        )
        for actual in actuals
    ]


def _claimed(actual: Actual, tasks: Sequence[Task]) -> Actual:
    if not tasks:
        return actual
    first, *more = tasks
    assert first.selects is not None
    taken = Taken(Way.SELECTOR, first.selects.at)
    if more:
        return actual._replace(taken=taken._replace(claims=tuple(sorted(task.id for task in tasks))))
    return actual._replace(task=first.id, taken=taken)


def _fits(actual: Actual, owed: Sequence[Obligation]) -> bool:
    """Whether one of these takes the entry: by the period that it names, or because its days lie in one whole.

    Unlike an entry that names its task, one that does not never counts for days outside the period of its obligation.
    """
    if any(actual.period and actual.period == one.period.id for one in owed):
        return True
    when = span_of(actual.period) if actual.period else actual.when
    return when is not None and any(
        one.period.first <= when.first and when.last <= one.period.last
        for one in owed
        if one.task.kind not in _BY_NAME and not one.event
    )


@lru_cache(maxsize=4096)
def _text(written: str) -> Text:
    return text_of(written)


def _types(number: str) -> set[str]:
    """The parts of a document's number in small letters: 112, bc and bdt of 112-BC/BDT."""
    return set(re.split(r"[-/\s]+", number.casefold()))
