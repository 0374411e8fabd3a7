"""The letter (công văn đôn đốc) that reminds all units of one plan, with what each of them owes in its annex."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.draft.pen import Pen, block, resting, said
from tracker.lang import words
from tracker.model.letterhead import Letterhead
from tracker.model.paper import Annex, Block, Frame, Ground, Paper, Role, Side
from tracker.model.plan import Every, Plan
from tracker.model.reminder import Reminder, Why
from tracker.model.unit import Unit
from tracker.periods import Days
from tracker.render.visible import visible

_CODE = "CV/"
"""How the code of a letter begins with the Party; with the State, letters have no abbreviation of their own (NĐ 30)."""


def letter(
    found: Sequence[Reminder], plan: Plan, head: Letterhead, *, units: Sequence[Unit], days: Days, within: int,
) -> Paper:
    """The draft; number, day, signature and the day by which an answer is asked for are left to people."""
    pen = Pen(words())
    names = {unit.id: unit.name for unit in units}
    body = tuple(_body(found, plan, pen, days.as_of, within))
    return Paper(days.as_of, days.known_by, (plan.id,), body, (_annex(found, pen),), (), _frame(plan, head, names, pen))


def _frame(plan: Plan, head: Letterhead, names: dict[str, str], pen: Pen) -> Frame:
    bodies = head.code.partition("/")[2] or head.code
    copy = (pen.say("annual.file_copy", keeper=head.file_copy),) if head.file_copy else ()
    return Frame(
        head.side,
        visible(head.parent),
        tuple(visible(names.get(one, one)) for one in plan.issuers),
        visible(f"{_CODE if head.side is Side.PARTY else ''}{bodies}"),
        visible(head.place),
        "",
        visible(pen.say("letter.subject", plan=plan.id)),
        (pen.say("letter.as_above"), *map(visible, copy)),
        tuple(visible(line) for line in head.signature),
    )


def _body(found: Sequence[Reminder], plan: Plan, pen: Pen, as_of: date, within: int) -> Iterator[Block]:
    names = dict.fromkeys(one.standing.obligation.unit.name for one in found)
    day = pen.day(as_of, "as_of")
    yield block("to", Role.TEXT, pen("letter.to", units=said("; ".join(names), "units")))
    grounds = [Ground(f"plan:{plan.id}", (plan.at,))]
    counts = {why: [one for one in found if one.why is why] for why in Why}
    start = pen("letter.start", plan=plan.id, title=plan.title, as_of=day, count=pen.count(len(found), "count"),
                units=pen.count(len(names), "unit_count"))  # fmt: skip
    yield block("start", Role.TEXT, start + resting(grounds))
    for why, group in counts.items():
        if group:
            text = pen(f"letter.why.{why}", count=pen.count(len(group), f"{why}_count"), days=pen.count(within, "days"))
            yield block(f"why/{why}", Role.ITEM, text + resting(map(_ground, group)))
    yield block("ask", Role.TEXT, pen("letter.ask", until=pen.blank("answer_day")))
    yield block("end", Role.TEXT, pen("letter.end"))


def _annex(found: Sequence[Reminder], pen: Pen) -> Annex:
    head = tuple(pen.say(f"letter.head.{name}") for name in ("number", "unit", "title", "period", "due", "why"))
    rows = []
    for number, (standing, why) in enumerate(found, start=1):
        obligation = standing.obligation
        late = standing.days_late if why is Why.OVERDUE else None
        said_why = pen.say(f"letter.short.{why}")
        rows.append((
            str(number),
            visible(obligation.unit.name),
            visible(obligation.task.title),
            visible(_period(obligation.event, obligation.period.every, obligation.period.id, pen)),
            pen.say.day(obligation.due) if obligation.due else "",
            pen.say("letter.late", why=said_why, days=pen.say.number(late)) if late else said_why,
        ))  # fmt: skip
    return Annex("reminders", pen.say("letter.annex"), head, tuple(rows), tuple(map(_ground, found)), (0,),
                 pen.say("draft.annex.label", number=""))  # fmt: skip


def _period(event: str, every: Every, id_: str, pen: Pen) -> str:
    return event or ("" if every is Every.ONCE else pen.say.period(id_))


def _ground(reminder: Reminder) -> Ground:
    """The line of the plan, and the records that there are."""
    standing = reminder.standing
    places = (standing.obligation.task.at, *(actual.at for actual in standing.actuals))
    return Ground(":".join(("reminder", *standing.obligation.key)), places)
