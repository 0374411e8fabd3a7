"""The letter (công văn đôn đốc) that reminds all units of one plan, with what each of them owes in its annex."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tracker.draft.pen import Pen, block, resting, said
from tracker.draft.remind import About
from tracker.lang import words
from tracker.model.letterhead import Letterhead
from tracker.model.paper import Annex, Block, Frame, Ground, Paper, Role, Side
from tracker.model.plan import Every, Plan
from tracker.model.reminder import By, Reminder, Why
from tracker.model.standing import Standing
from tracker.model.unit import Unit
from tracker.periods import Days
from tracker.render.visible import visible

_CODE = "CV/"
"""How the code of a letter begins with the Party; with the State, letters have no abbreviation of their own (NĐ 30)."""


def letter(
    found: Sequence[Reminder], plan: Plan, head: Letterhead, *, units: Sequence[Unit], days: Days, about: About,
) -> Paper:
    """The draft; number, day, signature and the day by which an answer is asked for are left to people."""
    pen = Pen(words())
    names = {unit.id: unit.name for unit in units}
    body = tuple(_body(found, plan, pen, days.as_of, about._replace(units={unit.id: unit for unit in units})))
    annex = _annex(found, pen, {"": "", **names}, about)
    return Paper(days.as_of, days.known_by, (plan.id,), body, (annex,), (), _frame(plan, head, names, pen))


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


def _body(found: Sequence[Reminder], plan: Plan, pen: Pen, as_of: date, about: About) -> Iterator[Block]:
    to = dict.fromkeys(about.units[one.to].name for one in found if one.to)
    # What goes to two offices is one thing that is asked for.
    found = list({one.standing.obligation.key: one for one in found}.values())
    names = {one.about for one in found}
    day = pen.day(as_of, "as_of")
    whom = said("; ".join(to), "units") if to else pen.blank("recipients")
    yield block("to", Role.TEXT, pen("letter.to", units=whom))
    grounds = [Ground(f"plan:{plan.id}", (plan.at,))]
    counts = {why: [one for one in found if one.why is why] for why in Why}
    start = pen("letter.start", plan=plan.id, title=plan.title, as_of=day, count=pen.count(len(found), "count"),
                units=pen.count(len(names), "unit_count"))  # fmt: skip
    yield block("start", Role.TEXT, start + resting(grounds))
    for why, group in counts.items():
        if group:
            count, days = pen.count(len(group), f"{why}_count"), pen.count(about.within, "days")
            text = pen(f"letter.why.{why}", count=count, days=days)
            yield block(f"why/{why}", Role.ITEM, text + resting(map(_ground, group)))
    if chased := [one for one in found if one.standing.chased.sent]:
        text = pen("letter.chased", count=pen.count(len(chased), "chased_count"))
        yield block("chased", Role.TEXT, text + resting(map(_ground, chased)))
    ask = "letter.ask" if about.by is By.UNIT else f"letter.ask_{about.by}"
    yield block("ask", Role.TEXT, pen(ask, until=pen.blank("answer_day")))
    yield block("end", Role.TEXT, pen("letter.end"))


def _annex(found: Sequence[Reminder], pen: Pen, names: Mapping[str, str], about: About) -> Annex:
    """Who owes what; whom it goes to, where that is another; and what was done before to have it done."""
    own = [] if about.by is By.UNIT else ["to"]
    logged = ["chased"] if any(one.standing.chased.sent for one in found) else []
    columns = ("number", *own, "unit", "title", "period", "due", "why", *logged)
    head = tuple(pen.say(f"letter.head.{f'to_{about.by}' if name == 'to' else name}") for name in columns)
    rows = []
    for number, one in enumerate(found, start=1):
        standing, why = one.standing, one.why
        obligation = standing.obligation
        late = standing.days_late if why is Why.OVERDUE else None
        said_why = pen.say(f"letter.short.{why}")
        cells = {
            "number": str(number),
            "to": visible(names[one.to]),
            "unit": visible(obligation.unit.name),
            "title": visible(obligation.task.title),
            "period": visible(_period(obligation.event, obligation.period.every, obligation.period.id, pen)),
            "due": pen.say.day(obligation.due) if obligation.due else "",
            "why": pen.say("letter.late", why=said_why, days=pen.say.number(late)) if late else said_why,
            "chased": _chased(standing, pen),
        }
        rows.append(tuple(cells[name] for name in columns))
    return Annex("reminders", pen.say("letter.annex"), head, tuple(rows), tuple(map(_ground, found)), (0,),
                 pen.say("draft.annex.label", number=""))  # fmt: skip


def _chased(standing: Standing, pen: Pen) -> str:
    times, last = standing.chased.times, standing.chased.last
    if not times or last is None:
        return ""
    return pen.say("letter.chased_short", count=pen.say.counted(times), day=pen.say.day(last))


def _period(event: str, every: Every, id_: str, pen: Pen) -> str:
    return event or ("" if every is Every.ONCE else pen.say.period(id_))


def _ground(reminder: Reminder) -> Ground:
    """The line of the plan, the records that there are, and the reminders that went out."""
    standing = reminder.standing
    done = (one.at for one in standing.actuals)
    places = (standing.obligation.task.at, *done, *(one.at for one in standing.chased.sent))
    return Ground(":".join(("reminder", *standing.obligation.key)), places)
