"""A form that came back → what becomes of each row: new, changed, unchanged, or a doubt with its cell.

An entry's id is made of the form and its row, never of what is written there. So the same file again changes nothing,
a corrected one corrects, and two officers who fill in copies of one form meet at the same id: what differs there under
another file's name is asked about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.know import corrected
from tracker.match import SLOTS, verified
from tracker.model.actual import Actual, Step
from tracker.model.grid import letter
from tracker.model.plan import NO_PLACES, Kind, Plan, Task
from tracker.model.project import Project
from tracker.model.reply import Answer, Fate, Reply, Settled
from tracker.model.sheet import LOCKED, Doubt
from tracker.model.source import NOWHERE
from tracker.model.values import Span
from tracker.read.days import parse_day
from tracker.read.given import convert
from tracker.read.values import Refusal

_ID = re.compile(r"(?P<base>p-[0-9a-f]{16})(?:-(?P<turn>[1-9][0-9]{0,5}))?")
_TITLE, _DATE = letter(1 + LOCKED.index("title")), letter(1 + len(LOCKED))
ACCEPTED = frozenset({"cancelled", "unit_closed", "conflict", "by_hand", "already"})
"""Doubts that somebody may overrule; the others have to be mended."""
_SAYS = ("date", "quantity", "people", "doc", "mode", "place", "note", "reason")


class _Chain(NamedTuple):
    """What was entered from one row of a form."""

    last: Actual
    """The newest entry that came from a form."""
    turn: int
    holds: Actual
    """What holds now: it, or a correction by hand."""
    withdrawn: bool


class _Known(NamedTuple):
    """What the project says."""

    project: Project
    chains: Mapping[str, _Chain]
    tasks: Mapping[str, tuple[Plan, Task]]
    deeds: Mapping[tuple[str, str], Sequence[Actual]]
    """By task and unit: what holds, corrections applied."""


def settle(replies: Sequence[Reply], project: Project) -> list[Settled]:
    """Each form against what is on record, in the order given."""
    known = _known(project)
    settled = [_settled(reply, known) for reply in replies]
    return _between(settled)


def _known(project: Project) -> _Known:
    deeds: dict[tuple[str, str], list[Actual]] = {}
    for actual in corrected(project.actuals):
        if actual.step is not Step.EXPLAINED:
            deeds.setdefault((actual.task, actual.unit), []).append(actual)
    tasks = {task.id: (plan, task) for plan in project.plans for task in plan.tasks}
    return _Known(project, _chains(project.actuals), tasks, deeds)


def _chains(actuals: Sequence[Actual]) -> Mapping[str, _Chain]:
    after = {one.corrects: one for one in actuals if one.corrects}
    withdrawn = {one.withdraws for one in actuals if one.withdraws}
    newest: dict[str, tuple[int, Actual]] = {}
    for one in actuals:
        match = _ID.fullmatch(one.id)
        if match and not one.withdraws:
            newest[match["base"]] = max(newest.get(match["base"], (0, one)), (int(match["turn"] or 1), one), key=_turn)
    found = {}
    for base, (turn, last) in newest.items():
        holds, seen = last, {last.id}
        while holds.id in after and after[holds.id].id not in seen:
            holds = after[holds.id]
            seen.add(holds.id)
        found[base] = _Chain(last, turn, holds, not withdrawn.isdisjoint(seen))
    return found


def _turn(one: tuple[int, Actual]) -> int:
    return one[0]


def _settled(reply: Reply, known: _Known) -> Settled:
    answers, project = reply.answers, known.project
    if not answers.unit:
        return Settled(reply, (), answers.doubts, whole=answers.doubts[0])
    answered = len(answers.entries) + answers.held
    unit = project.renames.get(answers.unit, answers.unit)
    if unit not in {one.id for one in project.units}:
        return Settled(reply, whole=Doubt("", "no_unit", {"unit": answers.unit}), held=answered)
    plans = [plan for plan in answers.plans.split(", ") if plan]
    if not {plan.id for plan in project.plans} & {project.renames.get(plan, plan) for plan in plans}:
        return Settled(reply, whole=Doubt("", "no_plan", {"plans": answers.plans}), held=answered)
    bare = []
    for number, said in answers.entries:
        source = f"{reply.file}, {answers.page}!{number} (sha256 {reply.digest[:12]})"
        cells = {**said, "unit": unit, "task": project.renames.get(said["task"], said["task"]), "source": source}
        bare.append(Answer(number, Fate.NEW, cells, {}))
    made, troubles = convert(project._replace(actuals=()), [row.cells for row in bare])
    rows = []
    for turn, (row, actuals) in enumerate(zip(bare, made, strict=True), start=1):
        wrong = [one.refusal for one in troubles if one.number == turn]
        rows.append(_row(row, actuals, wrong, reply, known))
    notes = [note for row in bare for note in _amended(row, reply, known)]
    silent = answers.ids - answers.spoken
    chains = [chain for base, chain in known.chains.items() if base in silent and _from(reply, chain)]
    gone = [chain.holds.id for chain in chains if not chain.withdrawn]
    if gone:
        notes.append(Doubt("", "gone_answer", {"count": str(len(gone)), "ids": ", ".join(gone[:5])}))
        # Something is not said any more, and something else is: that is how the form of a second officer looks.
        rows = [_asked(row, "conflict", row.before, reply.name) if row.fate is Fate.CHANGED else row for row in rows]
    doubts = [*answers.doubts, *(doubt for row in rows for doubt in row.doubts)]
    return Settled(reply, rows, doubts, notes, None, answers.held)


def base_of(actual: Actual) -> str:
    """The id that the row of the form gave to its first entry; empty for an entry of another origin."""
    match = _ID.fullmatch(actual.id)
    return match["base"] if match else ""


def _row(
    row: Answer, actuals: Sequence[Actual], troubles: Sequence[Refusal], reply: Reply, known: _Known
) -> Answer:
    if row.cells["task"] not in known.tasks:
        return _refused(row, Doubt(f"{_TITLE}{row.row}", "task_gone", {"task": row.cells["task"]}))
    if troubles:
        return _refused(row, *(Doubt(f"{_TITLE}{row.row}", one.code, one.args) for one in troubles))
    (actual,) = actuals
    chain = known.chains.get(row.cells["id"])
    if chain is not None:
        return _again(row, actual, chain, reply)
    doubts = [*_since(row, actual, known), *_already(row, actual, reply, known)]
    return row._replace(fate=Fate.WAITS if doubts else Fate.NEW, doubts=tuple(doubts))


def _again(row: Answer, actual: Actual, chain: _Chain, reply: Reply) -> Answer:
    """A row of a form that was taken in before."""
    if _content(actual) == _content(chain.last):
        return row._replace(fate=Fate.UNCHANGED)
    cells = {**row.cells, "id": f"{row.cells['id']}-{chain.turn + 1}"}
    if chain.withdrawn:
        return row._replace(cells=cells)
    before = told_of(chain.holds)
    row = row._replace(fate=Fate.CHANGED, cells={**cells, "corrects": chain.holds.id}, before=before)
    if chain.holds is not chain.last:
        return _asked(row, "by_hand", before, str(chain.holds.at))
    return row if _from(reply, chain) else _asked(row, "conflict", before, chain.last.source.rpartition(", ")[0])


def _asked(row: Answer, code: str, before: Mapping[str, str], where: str) -> Answer:
    doubt = Doubt(f"{_DATE}{row.row}", code, {"before": "; ".join(before.values()), "where": where})
    return row._replace(fate=Fate.WAITS, doubts=(*row.doubts, doubt))


def _refused(row: Answer, *doubts: Doubt) -> Answer:
    return row._replace(fate=Fate.REFUSED, doubts=doubts)


def _from(reply: Reply, chain: _Chain) -> bool:
    """Whether the newest entry of a row came from a file of this name, or of that of which this is a marked copy."""
    return any(chain.last.source.startswith(f"{name}, ") for name in (reply.file, reply.name))


def _since(row: Answer, actual: Actual, known: _Known) -> Iterator[Doubt]:
    """That the task or the unit had come to its end when it was done."""
    plan, task = known.tasks[actual.task]
    ends = [(one.on, one.document) for one in plan.amended if one.task == task.id and one.cancelled]
    ends += [(task.cancelled, "")] if task.cancelled else []
    day, document = min(ends, default=(None, ""))
    if day is not None and actual.when.first > day and actual.step is not Step.EXPLAINED:
        yield Doubt(f"{_TITLE}{row.row}", "cancelled", {"on": f"{day:%d/%m/%Y}", "document": document or "–"})
    unit = next(one for one in known.project.units if one.id == actual.unit)
    if unit.closed is not None and actual.when.first > unit.closed:
        yield Doubt(f"{_DATE}{row.row}", "unit_closed", {"on": f"{unit.closed:%d/%m/%Y}"})


def _already(row: Answer, actual: Actual, reply: Reply, known: _Known) -> Iterator[Doubt]:
    """That the deed is on record from elsewhere: of what takes one, any; of what adds up, one alike."""
    if actual.step is Step.EXPLAINED:
        return
    _, task = known.tasks[actual.task]
    there = [
        one
        for one in known.deeds.get((actual.task, actual.unit), ())
        if (one.period == actual.period or (task.kind is not Kind.RECURRING and not (one.period and actual.period)))
        and base_of(one) not in reply.answers.ids
    ]
    if task.kind in SLOTS:
        there = there if not there or there[-1].step is not Step.RETURNED else []
        # A document that follows a bare claim is its evidence, and no second deed.
        shows = verified(actual, task.evidence)
        there = [one for one in there if verified(one, task.evidence) or not shows]
    else:
        there = [one for one in there if _alike(one, actual)]
    if there:
        one = there[-1]
        args = {"before": "; ".join(told_of(one).values()), "where": str(one.at)}
        yield Doubt(f"{_DATE}{row.row}", "already", args)


def _alike(one: Actual, other: Actual) -> bool:
    """Whether two records may be of one deed: the same day, and nothing of them differs that both name."""
    if one.when != other.when or (one.doc and other.doc and one.doc != other.doc):
        return False
    pairs = ((one.quantity, other.quantity), (one.people, other.people))
    return all(a is None or b is None or (a.value, a.bound) == (b.value, b.bound) for a, b in pairs)


def _amended(row: Answer, reply: Reply, known: _Known) -> Iterator[Doubt]:
    """Decisions on the task that the form did not know of; what was done stays done."""
    made = parse_day(reply.answers.as_of)
    if isinstance(made, Refusal) or row.cells["task"] not in known.tasks:
        return
    plan, task = known.tasks[row.cells["task"]]
    for one in plan.amended:
        moved = one.due is not None or one.target is not None
        if one.task == task.id and moved and max(one.on, one.recorded) > made:
            args = {"on": f"{one.on:%d/%m/%Y}", "document": one.document or "–", "reason": one.reason or "–"}
            yield Doubt(f"{_TITLE}{row.row}", "amended", args)


def _content(actual: Actual) -> Actual:
    """What an entry says, without where it stands and what it is called; of a reason, without its day."""
    bare = actual._replace(at=NOWHERE, places=NO_PLACES, id="", corrects="", source="", recorded=date.min)
    return bare._replace(when=Span(date.min, date.min)) if actual.step is Step.EXPLAINED else bare


def told_of(actual: Actual) -> Mapping[str, str]:
    """What an entry says, as text by key."""
    when = actual.when
    days = f"{when.first:%d/%m/%Y}" if when.exact else f"{when.first:%d/%m/%Y}–{when.last:%d/%m/%Y}"
    amounts = {name: one.text for name in ("quantity", "people") if (one := getattr(actual, name)) is not None}
    texts = {name: getattr(actual, name) for name in _SAYS[3:]}
    said = {"date": "" if actual.step is Step.EXPLAINED else days, **amounts, **texts}
    return {name: text for name, text in said.items() if text}


def _between(settled: Sequence[Settled]) -> list[Settled]:
    """The forms of one call against each other: what two say alike is one, what they say differently is refused."""
    seen: dict[str, tuple[Settled, Answer]] = {}
    clash: dict[tuple[str, int], Doubt] = {}
    same: set[tuple[str, int]] = set()
    for one in settled:
        for row in one.rows:
            base = row.cells["id"][:18]
            if row.fate is Fate.REFUSED:
                continue
            if base not in seen:
                seen[base] = (one, row)
                continue
            other, first = seen[base]
            if _said(row) == _said(first):
                same.add((one.reply.file, row.row))
                continue
            if Fate.UNCHANGED in {row.fate, first.fate}:
                continue  # what is on record is there; the other row has its own doubt
            for here, mine, there, theirs in ((one, row, other, first), (other, first, one, row)):
                where = f"{there.reply.file}, {there.reply.answers.page}!{theirs.row}"
                args = {"where": where, "before": shown(theirs)}
                clash[here.reply.file, mine.row] = Doubt(f"{_DATE}{mine.row}", "conflict_here", args)
    if not clash and not same:
        return list(settled)
    return [_parted(one, clash, same) for one in settled]


def _parted(one: Settled, clash: Mapping[tuple[str, int], Doubt], same: set[tuple[str, int]]) -> Settled:
    rows = []
    for row in one.rows:
        at = (one.reply.file, row.row)
        if at in clash:
            rows.append(_refused(row, *row.doubts, clash[at]))
        else:
            rows.append(row._replace(fate=Fate.UNCHANGED, doubts=()) if at in same else row)
    doubts = [*one.reply.answers.doubts, *(doubt for row in rows for doubt in row.doubts)]
    return one._replace(rows=rows, doubts=doubts)


def _said(row: Answer) -> Mapping[str, str]:
    return {key: text for key, text in row.cells.items() if key not in {"id", "source", "corrects"}}


def shown(row: Answer) -> str:
    """What a row says, in a line."""
    only = row.cells.get("step") == Step.EXPLAINED
    return "; ".join(row.cells[key] for key in _SAYS if key in row.cells and not (only and key == "date"))


def ready(settled: Sequence[Settled], *, accept: bool) -> list[Mapping[str, str]]:
    """The entries to be written: of rows that nothing speaks against, or nothing but what may be overruled."""
    fates = {Fate.NEW, Fate.CHANGED, *([Fate.WAITS] if accept else [])}
    return [row.cells for one in settled for row in one.rows if row.fate in fates]
