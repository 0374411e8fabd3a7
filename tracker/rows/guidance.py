"""Rows of documents that were needed by a day, and of what waits for them."""

from collections.abc import Iterator
from datetime import date

from tracker.model.document import Document, Guidance
from tracker.model.finding import Cell
from tracker.model.standing import State
from tracker.model.table import Row
from tracker.rows.situation import Situation

SETTLED = frozenset({State.DONE, State.DONE_LATE, State.EXEMPT, State.CANCELLED})


def guidance(situation: Situation) -> Iterator[Row]:
    """One row per document with a day by which it was needed."""
    as_of = situation.days.as_of
    waited = [(document, document.guidance) for document in situation.documents if document.guidance]
    if not waited:
        return
    unsettled = {s.obligation.task.id for s in situation.standings if s.state not in SETTLED}
    for document, wanted in waited:
        # A task that nobody looks at is not among them.
        open_ = [task for task in wanted.holds_up if task in unsettled]
        issued = _issued(document, as_of)
        flaw = wanted.unsuitable if wanted.unsuitable and (wanted.unsuitable.on or as_of) <= as_of else None
        cells: dict[str, Cell] = {
            "document": document.number or document.id,
            "title": document.title or None,
            "issuer": document.issuer,
            "level": wanted.level,
            "policy": wanted.policy,
            "programme": wanted.programme or None,
            "needed_for": wanted.needed_for,
            "needed_by": wanted.needed_by,
            "issued": issued,
            "date": document.issued if issued else None,
            "days_late": _late(document, wanted, issued, as_of),
            "unsuitable": flaw is not None,
            "reason": flaw.reason if flaw else None,
            "replaced_by": flaw.replaced_by or None if flaw else None,
            "held_up": len(wanted.holds_up),
            "not_done": len(open_),
            "tasks": ", ".join(open_),
        }
        yield Row(cells, document.at)


def _issued(document: Document, as_of: date) -> bool | None:
    """Whether it was issued by the day; a number without a day says that it was, and not when."""
    if document.issued is not None:
        return document.issued <= as_of
    return None if document.number else False


def _late(document: Document, wanted: Guidance, issued: bool | None, as_of: date) -> int | None:
    if issued is None:
        return None
    until = document.issued if issued and document.issued else as_of
    return max(0, (until - wanted.needed_by).days)
