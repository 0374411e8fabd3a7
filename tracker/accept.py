"""What an office accepts → links to be written: the entry, its task and period, checked against what is owed.

Pure: the project and the wishes give the links, or all that is wrong with the wishes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.links import named, standing
from tracker.match import SLOTS
from tracker.model.actual import Actual
from tracker.model.entry import Shift
from tracker.model.link import Link
from tracker.model.project import Project
from tracker.model.standing import Obligation, Standing
from tracker.model.suggestion import Suggestion
from tracker.periods import Days
from tracker.read.days import parse_period
from tracker.read.near import nearest
from tracker.read.values import Refusal
from tracker.run import Asked, judge
from tracker.suggest import keyless, suggest

SHORTEST = 6
"""Letters from which on the beginning of an entry's name stands for the whole of it."""
_SHOWN = 12


class Board(NamedTuple):
    """What is known of the entries that name no task."""

    project: Project
    suggestions: Sequence[Suggestion]
    """In order of day and place."""
    standings: Sequence[Standing]
    links: Mapping[str, Sequence[Link]]
    """By entry, those that stand."""


class Wish(NamedTuple):
    """An entry put to a task, as somebody asks for it."""

    record: str
    task: str
    period: str = ""

    @property
    def text(self) -> str:
        """As it is given on a command line."""
        return f"{self.record}={self.task}{f':{self.period}' if self.period else ''}"


class Ready(NamedTuple):
    """What is to be written."""

    links: Sequence[Link]
    there: Sequence[Link]
    """What is linked so already."""
    wrong: Sequence[tuple[str, Refusal]]
    """Each wish that cannot be, with why."""


def board(project: Project, asked: Asked) -> Board:
    """All entries that name no task and count for nothing, with what they may be for."""
    situation, _ = judge(project, asked)
    entries = keyless(project.actuals, [stray.actual for stray in situation.strays])
    links = standing(link for link in project.links if link.on <= asked.days.known_by)
    order = {stray.actual.at: number for number, stray in enumerate(situation.strays)}
    found = sorted(suggest(entries, situation.standings), key=lambda one: order[one.actual.at])
    return Board(project, found, situation.standings, links)


def accepted(seen: Board, wishes: Iterable[Wish], by: str, today: date) -> Ready:
    """The links that these wishes make."""
    links: list[Link] = []
    there: list[Link] = []
    wrong: list[tuple[str, Refusal]] = []
    for wish in dict.fromkeys(wishes):
        found = _links(seen, wish, by, today)
        if isinstance(found, Refusal):
            wrong.append((wish.text, found))
        elif {one.record for one in found} & {one.record for one in links}:
            wrong.append((wish.text, Refusal("match-twice", {"record": found[0].record})))
        else:
            there += [one for one in found if one.at.line]
            links += [one for one in found if not one.at.line]
    return Ready(links, there, wrong)


def above(seen: Board, score: int) -> list[Wish]:
    """Those whose first suggestion has this score or more, and of which nothing speaks against counting it unseen.

    Left out are those with a second nearly as good, those whose period only their day tells, and those for a slot that
    is filled or that another wants too.
    """
    first = [(one, one.candidates[0]) for one in seen.suggestions if one.candidates and not one.close]
    good = [(one, best) for one, best in first if best.score >= score and not {"filled", "guessed"} & {*best.why}]
    wanted = Counter(best.obligation.key for _, best in good if best.obligation.task.kind in SLOTS)
    return [
        Wish(one.record, best.obligation.task.id, best.obligation.period.id)
        for one, best in good
        if wanted[best.obligation.key] < 2
    ]


def taken_back(seen: Board, records: Iterable[str], by: str, today: date, reason: str = "") -> Ready:
    """The links that take back what these entries were put to; nothing where that was done before."""
    ever = {link.record for link in seen.project.links}
    links: list[Link] = []
    wrong: list[tuple[str, Refusal]] = []
    for record in records:
        name = _whole(record, ever)
        if name not in ever:
            near = nearest(record, sorted(ever))
            wrong.append((record, Refusal("match-back-near" if near else "match-back", {"text": record, "near": near})))
        for task, unit in dict.fromkeys((one.task, one.unit) for one in seen.links.get(name, ())):
            links.append(Link(name, by, today, unit=unit, withdraws=task, reason=reason))
    return Ready(list(dict.fromkeys(links)), (), wrong)


def cells(link: Link, cases: Iterable[str]) -> dict[str, str]:
    """A link as it is written; `cases` are the ids of events, which stand under a key of their own."""
    period = "case" if link.period in set(cases) else "period"
    written = {
        "record": link.record, "task": link.task, "withdraws": link.withdraws, period: link.period, "unit": link.unit,
        "by": link.by, "on": f"{link.on:%d/%m/%Y}", "score": "" if link.score is None else str(link.score),
        "reason": link.reason,
    }  # fmt: skip
    return {key: cell for key, cell in written.items() if cell}


def shifts(seen: Board, links: Sequence[Link], asked: Asked) -> list[Shift]:
    """The obligations that stand otherwise with these links."""
    ahead, _ = judge(seen.project._replace(links=(*seen.project.links, *links)), asked)
    was = {one.obligation.key: one for one in seen.standings}
    now = {one.obligation.key: one for one in ahead.standings}
    return [Shift(was.get(key), now.get(key)) for key in dict.fromkeys((*now, *was)) if was.get(key) != now.get(key)]


def today_of(day: date, plans: Sequence[str] = (), units: Sequence[str] = ()) -> Asked:
    """Everything that is known today, as of today."""
    return Asked(Days(day, day), tuple(plans), tuple(units))


def _links(seen: Board, wish: Wish, by: str, today: date) -> Sequence[Link] | Refusal:
    """The links that a wish makes, one for each unit of the entry; with a place where they stand already."""
    names = [one.record for one in seen.suggestions]
    name = _whole(wish.record, {*names, *seen.links})
    if name in seen.links:
        one = seen.links[name][-1]
        same = _is(one.task, wish.task) and wish.period in ("", one.period)
        if same and len({other.task for other in seen.links[name]}) == 1:
            return seen.links[name]
        return Refusal("match-linked", {"record": name, "task": one.task, "by": one.by, "place": str(one.at)})
    mine = [one for one in seen.suggestions if one.record == name]
    if not mine:
        near = nearest(wish.record, names)
        keyed = {one_name for one_name, actual in named(seen.project.actuals) if actual.task}
        code = "match-keyed" if name in keyed else "match-record-near" if near else "match-record"
        return Refusal(code, {"text": wish.record, "near": near})
    made: dict[str, Link] = {}
    for suggestion in mine:
        obligation = _obligation(seen, wish, suggestion.actual)
        if isinstance(obligation, Refusal):
            return obligation
        score = next((one.score for one in suggestion.candidates if one.obligation.key == obligation.key), None)
        unit = suggestion.actual.unit
        # An entry for several periods of a unit names them itself.
        period = "" if unit in made else obligation.period.id
        made[unit] = Link(name, by, today, obligation.task.id, period, unit, score)
    return list(made.values())


def _obligation(seen: Board, wish: Wish, actual: Actual) -> Obligation | Refusal:
    """What the entry is to count for; by the suggestion where the wish names no period."""
    mine = [one.obligation for one in seen.standings if one.obligation.unit.id == actual.unit]
    owed = [one for one in mine if _is(one.task.id, wish.task)]
    tasks = dict.fromkeys(one.task.id for one in mine)
    if len({one.task.id for one in owed}) != 1:
        known = list(dict.fromkeys(one.task.id for one in owed) or tasks)
        shown = ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")
        return Refusal("match-task", {"text": wish.task, "unit": actual.unit, "known": shown or "–"})
    ids = _periods(wish.period)
    told = [one for one in owed if one.period.id in ids] if wish.period else owed
    if len(told) == 1:
        return told[0]
    if not wish.period:
        first = (c.obligation for s in seen.suggestions if s.actual is actual for c in s.candidates)
        best = [one for one in first if _is(one.task.id, wish.task)]
        if len(best) == 1:
            return best[0]
    shown = ", ".join(one.period.id for one in owed[:_SHOWN]) + (" …" if len(owed) > _SHOWN else "")
    code = "match-period" if wish.period else "match-period-missing"
    return Refusal(code, {"text": wish.period, "task": owed[0].task.id, "known": shown})


def _periods(text: str) -> tuple[str, ...]:
    """The period as it is called, or the id of a case."""
    read = parse_period(text) if text else ()
    return (text,) if isinstance(read, Refusal) else (*read, text)


def _is(task: str, written: str) -> bool:
    return written in (task, task.rpartition("/")[2])


def _whole(written: str, names: Iterable[str]) -> str:
    """The one name that is written or begins so; what is written where none or several do."""
    names = set(names)
    found = [name for name in names if name.startswith(written)] if len(written) >= SHORTEST else []
    return found[0] if len(found) == 1 and written not in names else written
