"""What links call an entry that names no task, and which links still stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tracker.model.actual import Actual
from tracker.model.link import Link


def sign(actual: Actual) -> str:
    """A digest of what an entry says, whatever its file, its line and the day on which it was entered."""
    from hashlib import sha256

    amounts = (actual.quantity, actual.people, actual.returns, *actual.parts, *actual.reach)
    said = (
        actual.unit, actual.when.first.isoformat(), actual.when.last.isoformat(), actual.period, actual.doc,
        actual.title, actual.note, actual.place, actual.mode, actual.level, actual.outcome, *actual.items,
        *(f"{one.bound} {one.value} {one.unit}" if one else "" for one in amounts),
    )  # fmt: skip
    return "muc-" + sha256("\x1f".join(said).encode()).hexdigest()[:16]


def named(actuals: Iterable[Actual]) -> Iterator[tuple[str, Actual]]:
    """Each entry with what links call it: its id, or its sign where it has none; one that names a task needs none.

    Of entries that say the very same, the second is `…-2`.
    """
    seen: dict[str, int] = {}
    for actual in actuals:
        name = actual.id
        if not name and not actual.task:
            first = sign(actual)
            name = f"{first}-{seen[first] + 1}" if first in seen else first
            seen[first] = seen.get(first, 0) + 1
        yield name, actual


def standing(links: Iterable[Link]) -> Mapping[str, Sequence[Link]]:
    """By entry, the links that nobody took back. They come in order of day and place."""
    found: dict[str, list[Link]] = {}
    for link in links:
        here = found.setdefault(link.record, [])
        if link.withdraws:
            here[:] = [one for one in here if one.task != link.withdraws or link.unit not in ("", one.unit)]
        else:
            here.append(link)
    return {record: left for record, left in found.items() if left}
