"""Rows of numbered documents, and of the place names that records write."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from tracker.model.finding import Cell
from tracker.model.table import Row
from tracker.names import Names, index_names, match_name
from tracker.rows.situation import Situation

_PUNCTUATION = str.maketrans(dict.fromkeys("“”\"'‘’,;-–", " "))


def documents(situation: Situation) -> Iterator[Row]:
    """One row per numbered document."""
    for document in (one for one in situation.documents if one.number):
        days = _first_seen((c.dated.isoformat(), c.where) for c in document.citations if c.dated)
        titles = _first_seen((c.title, c.where) for c in document.citations if c.title)
        if document.issued:
            days.setdefault(document.issued.isoformat(), "")
        cells: dict[str, Cell] = {
            "number": document.number,
            "issuer": document.issuer or None,
            "date": document.issued,
            "dates": len(days),
            "titles": len(titles),
            "all_dates": "; ".join(_with_where(_day(day), where) for day, where in days.items()),
            "all_titles": "; ".join(_with_where(f"“{title}”", where) for title, where in titles.items()),
            "cited": len(document.citations),
        }
        yield Row(cells, document.at)


def _first_seen(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each different text with the first place that has it; case, quotes, commas and dashes make no difference."""
    found: dict[str, tuple[str, str]] = {}
    for text, where in pairs:
        plain = text.translate(_PUNCTUATION).casefold()
        found.setdefault(" ".join(plain.split()), (text.strip("“”\"' "), where))
    return dict(found.values())


def _with_where(text: str, where: str) -> str:
    return f"{text} ({where})" if where else text


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def names(situation: Situation) -> Iterator[Row]:
    """One row per place name that a record writes, and file."""
    named = {unit.id: unit.name for unit in situation.units}
    seen: set[tuple[str, str]] = set()
    indexes: dict[tuple[str, ...], Names] = {}
    for actual in (record.actual for record in situation.records):
        if not actual.place:
            continue
        # "xã Văn Lăng, huyện Đồng Hỷ": each level is a name of its own.
        for written in filter(None, (part.strip() for part in actual.place.split(","))):
            if (actual.at.file, written) in seen:
                continue
            seen.add((actual.at.file, written))
            # Names outlive the units that bore them: only those that existed then can be meant.
            then = [unit for unit in situation.units if unit.exists_through(actual.when.first, actual.when.last)]
            key = tuple(unit.id for unit in then)
            if key not in indexes:
                indexes[key] = index_names({unit.id: (unit.name, *unit.aliases) for unit in then})
            found = match_name(written, indexes[key])
            unit = found.matches[0] if len(found.matches) == 1 else None
            cells: dict[str, Cell] = {
                "file": str(PurePosixPath(actual.at.file)),
                "written": written,
                "tier": found.tier,
                "unit": unit,
                "unit_name": named[unit] if unit else None,
            }
            yield Row(cells, actual.places.get("place", actual.at), actual.places)
