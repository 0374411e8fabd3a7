"""What a unit is asked for a period: its obligations of these days, with what is already on record."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.lang import Words
from tracker.model.actual import Actual
from tracker.model.plan import Every, EvidenceWanted, Kind
from tracker.model.sheet import Line, Sheet
from tracker.model.standing import Standing, State
from tracker.model.unit import Unit
from tracker.model.values import Span
from tracker.periods import span_of

_ADDING = (Kind.QUANTITY, Kind.STANDING)
"""Kinds to which more may be recorded after they are done."""
_SHOWN = 5
"""Records of an obligation that are told one by one."""
_NEVER = (State.EXEMPT, State.CANCELLED)


def sheet(
    standings: Iterable[Standing], unit: Unit, period: str, *, units: Sequence[Unit], say: Words, as_of: date,
) -> Sheet:
    """The form; without lines where nothing is owed. `period` is the id of one."""
    span = span_of(period)
    assert span is not None, "the command line took it for a period"
    mine = [one for one in standings if one.obligation.unit.id == unit.id and asked(one, span)]
    lines = [_line(one, number, say) for number, one in enumerate(mine, start=1)]
    plans = dict.fromkeys(one.obligation.plan.id for one in mine)
    places = dict.fromkeys(one.name for one in units if not one.serves and one.exists_during(span.first, span.last))
    return Sheet(unit.id, unit.name, period, span.first, span.last, as_of, tuple(plans), lines, tuple(places))


def asked(standing: Standing, span: Span) -> bool:
    """Whether it can be done or is due in these days, or was due before them and is not done."""
    obligation = standing.obligation
    if standing.state in _NEVER or obligation.starts > span.last:
        return False
    due = obligation.due
    if standing.done is None:
        return True
    if due is not None and span.first <= due <= span.last:
        return True
    running = due is None or due >= span.first
    return running and (obligation.task.kind in _ADDING or standing.done.last >= span.first)


def _line(standing: Standing, number: int, say: Words) -> Line:
    obligation = standing.obligation
    task = obligation.task
    named = task.every is not Every.ONCE and span_of(obligation.period.id) is not None and not obligation.event
    counted = task.target.unit if task.target else ""
    shown = {
        "number": str(number),
        "title": task.title,
        "period": obligation.event or say.period(obligation.period.id),
        "wants": _wants(standing, say),
        "counted": counted,
        "due": say.day(obligation.due) if obligation.due else say("sheet.no_due"),
        "state": say(f"state.{standing.state}"),
        "recorded": _on_record(standing, say),
    }
    period = obligation.period.id if named else ""
    adds = task.kind in _ADDING
    return Line(task.id, obligation.unit.id, period, obligation.event, counted, shown, obligation.due, adds)


def _wants(standing: Standing, say: Words) -> str:
    task = standing.obligation.task
    evidence = {
        EvidenceWanted.REQUIRED: say("sheet.wants.required"),
        EvidenceWanted.DOCUMENT: say("sheet.wants.document"),
        EvidenceWanted.NONE: say("sheet.wants.none"),
    }[task.evidence]
    if task.target is None:
        return evidence
    target = " ".join(filter(None, (say.number(task.target.value), task.target.unit)))
    return say("sheet.wants.target", target=target, evidence=evidence)


def _on_record(standing: Standing, say: Words) -> str:
    """The last records and how many were before them; the last reason."""
    records = (*standing.actuals, *standing.surplus)
    before = len(records) - _SHOWN
    said = [say("sheet.before", count=say.number(before))] if before > 0 else []
    said += [_recorded(actual, say) for actual in records[-_SHOWN:]]
    said += [say("sheet.reason_given", text=actual.reason) for actual in standing.reasons[-1:]]
    return " | ".join(said)


def _recorded(actual: Actual, say: Words) -> str:
    when = actual.when
    day = say.day(when.first) if when.exact else f"{say.day(when.first)} - {say.day(when.last)}"
    amounts = (one.text for one in (actual.quantity, actual.people) if one is not None)
    return "; ".join(filter(None, (day, *amounts, actual.doc)))
