"""A project judged in parts, to the same report: units are independent, so each part judges its own, anywhere.

Two classes of rules. Those on a table by unit (standings, actuals, figures, sums, facts, units, unreported) judge rows
that belong to one unit and are made of what that unit owes and recorded alone: each part asks them of its own rows. All
others judge rows made of the whole (a task with all who owe it, a plan, a reading beside another unit's, the rules
themselves): they are asked once, of what the parts hand over for that (rows/crossing.py). Waivers, fingerprints,
budgets and shares come after, from all findings together.

Split and merge are pure, and so is a part: who reads it, where, and by whose engine, is no business of this module.
"""

import io
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copyreg import dispatch_table
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from tracker.check import Outcome, Subject, check, prepare, worst_first
from tracker.model.actual import Actual
from tracker.model.finding import Finding, Rank
from tracker.model.project import Project
from tracker.model.record import Record
from tracker.model.report import Report
from tracker.model.share import TOGETHER, Share
from tracker.model.source import Problem
from tracker.model.standing import Standing
from tracker.model.tables import WAIVERS
from tracker.model.tally import Tally, added, tally
from tracker.model.unit import Unit
from tracker.rows import crossing, rows
from tracker.rows.ranks import Ranks
from tracker.rows.situation import Published, Situation
from tracker.run import Asked, judge, reported, wanted

_One = TypeVar("_One")


class Partial(NamedTuple):
    """What one part came to. Everything in it that has a rank is in the order of the part."""

    outcome: Outcome
    """Of the rules on tables by unit."""
    tally: Tally
    problems: Sequence[Problem]
    """Of its reading."""
    unreadable: Sequence[Problem]
    """Conditions that could not be read: every part meets them all."""
    standings: Sequence[tuple[Rank, Standing]]
    records: Sequence[tuple[Rank, Record]]
    late: Sequence[Actual]
    published: Mapping[str, tuple[Sequence[Standing], Sequence[Actual]]]
    """By number of a plan whose figures were published with digests: what these are made of."""


def split(project: Project, count: int = 0, kind: str = "") -> list[Share]:
    """Shares of about the same number of units, at most `count` of them (0 = no matter how many), in official order.

    Units that became one another stay together, since what one left undone the next one owes; so does an organisation
    with its territory. With the kind of a unit, so does whatever lies in or serves a unit of that kind; what is above
    or beside them is a share of its own. Fewer than two shares mean that there is nothing to split: also where entries
    have their days from git, whose log is one. What else keeps a project whole, read/undivided.py says.
    """
    if project.settings.recorded == "git":
        return []
    groups = _families(project, kind)
    total, done = sum(map(len, groups)), 0
    owners: dict[str, int] = {}
    number = 0
    for group in groups:
        if owners and (not count or done * count >= (number + 1) * total):
            number += 1
        owners.update(dict.fromkeys(group, number))
        done += len(group)
    return [Share(one, owners) for one in range(number + 1)] if number else []


def _families(project: Project, kind: str) -> list[list[str]]:
    """Ids of the units that stay together, families and units in official order."""
    units = {unit.id: unit for unit in project.units}
    head = {id_: id_ for id_ in units}

    def found(id_: str) -> str:
        while head[id_] != id_:
            head[id_] = head[head[id_]]
            id_ = head[id_]
        return id_

    ties = [tuple(filter(None, (unit.id, unit.serves, *unit.successors))) for unit in project.units]
    ties += [(*one.before, *one.after) for one in project.successions]
    if kind:
        inside: dict[str, list[str]] = {}
        for unit in project.units:
            inside.setdefault(_over(unit, kind, units), []).append(unit.id)
        ties += map(tuple, inside.values())
    for tie in ties:
        known = [id_ for id_ in tie if id_ in units]
        for id_ in known[1:]:
            head[found(id_)] = found(known[0])
    families: dict[str, list[str]] = {}
    for id_ in units:
        families.setdefault(found(id_), []).append(id_)
    return list(families.values())


def _over(unit: Unit, kind: str, units: Mapping[str, Unit]) -> str:
    """The unit of this kind that it is, lies in or serves; empty where there is none."""
    seen: set[str] = set()
    here: Unit | None = unit
    while here is not None and here.id not in seen:
        if here.kind == kind:
            return here.id
        seen.add(here.id)
        here = units.get(here.parent or here.serves)
    return ""


def packed(one: Partial) -> bytes:
    """As bytes that any engine can carry from the process that made it to the one that puts the parts together."""
    into = io.BytesIO()
    pickler = pickle.Pickler(into, protocol=pickle.HIGHEST_PROTOCOL)
    # A mapping that nobody can change is the one thing among our records that Python does not pickle.
    pickler.dispatch_table = {**dispatch_table, MappingProxyType: lambda mapping: (_fixed, (dict(mapping),))}
    pickler.dump(one)
    return into.getvalue()


def _fixed(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def unpacked(data: bytes) -> Partial:
    """What `packed` made, of a process that this one started."""
    found = pickle.loads(data)  # noqa: S301 - made by this program, for this run, and never kept in a file
    assert isinstance(found, Partial)
    return found


def partial(project: Project, asked: Asked) -> Partial:
    """Judge the part of the project that `asked.share` names; the project holds no more of the others than it needs."""
    assert asked.share is not None
    share = asked.share
    situation, unreadable = judge(project, asked)
    ranks = Ranks(situation, project.actuals, project.figures)
    ready = [one for one in prepare(wanted(project.rules, asked))[0] if one.table.by_unit]
    tables = {one.table.name: ranks.of(one.table.name) for one in ready}

    def table(name: str) -> Sequence[Subject]:
        made = tables[name][0]
        return rows(name, situation) if made is None else made

    outcome = check(ready, table, passes=asked.passes, rank=lambda name: tables[name][1])
    faults = [RuntimeError(repr(fault)) for fault in outcome.faults]  # many exceptions cannot be pickled
    return Partial(
        outcome._replace(faults=faults),
        tally(situation.standings, len(situation.strays)),
        project.problems,
        unreadable,
        [(ranks.standing(one), one) for one in crossing.standings(situation)],
        [(ranks.record(one), one) for one in crossing.records(situation)],
        situation.late,
        {
            one.plan.id: (one.standings, _own(one, share))
            for one in situation.published
            if one.plan.close and one.plan.close.digests
        },
    )


def _own(one: Published, share: Share) -> Sequence[Actual]:
    tasks = {task.id for task in one.plan.tasks}
    return [actual for actual in one.actuals if actual.task in tasks and share.holds(actual.unit)]


def merge(project: Project, asked: Asked, partials: Sequence[Partial]) -> Report:
    """The report that the whole would give. The project may lack all records: what matters of them is in the parts."""
    situation, unreadable = judge(project, asked._replace(share=TOGETHER))
    situation = _together(situation, partials)
    ready, broken = prepare(wanted(project.rules, asked))
    others = [one for one in ready if one.table is not WAIVERS]
    made: dict[str, Sequence[Subject]] = {}

    def table(name: str) -> Sequence[Subject]:
        if name not in made:
            made[name] = rows(name, situation)
        return made[name]

    found = check(others, table, passes=asked.passes, done=_outcome(partials))
    read = _at_most([project.problems, *(one.problems for one in partials)])
    wrong = _at_most([unreadable, *(one.unreadable for one in partials)])
    project = project._replace(problems=tuple(read))
    report = reported(project, asked, situation, found, ready=ready, wrong=(*wrong, *broken))
    tasks = (task.id for plan in situation.plans for task in plan.tasks)
    return report._replace(standings=(), counted=added((one.tally for one in partials), tasks))


def _together(situation: Situation, partials: Sequence[Partial]) -> Situation:
    standings = _in_order(one.standings for one in partials)
    records = _in_order(one.records for one in partials)
    published = []
    for one in situation.published:
        own = [part.published[one.plan.id] for part in partials if one.plan.id in part.published]
        standings_then = [standing for some, _ in own for standing in some]
        published.append(Published(one.plan, standings_then, [actual for _, some in own for actual in some]))
    late = [actual for part in partials for actual in part.late]
    return situation._replace(standings=standings, records=records, late=late, published=published)



def _in_order(ranked: Iterable[Sequence[tuple[Rank, _One]]]) -> list[_One]:
    return [one for _, one in sorted(chain.from_iterable(ranked), key=itemgetter(0))]


def _outcome(partials: Sequence[Partial]) -> Outcome:
    """What the rules on tables by unit came to in all parts, in the order of the whole."""
    outcomes = [one.outcome for one in partials]
    findings = sorted(chain.from_iterable(one.findings for one in outcomes), key=_place)
    saw: Counter[str] = Counter()
    passed: dict[str, list[tuple[Rank, str]]] = {}
    for one in outcomes:
        saw.update(one.saw)
        for rule, keys in one.passed.items():
            passed.setdefault(rule, []).extend(zip(one.ranks[rule], keys, strict=True))
    return Outcome(
        tuple(finding._replace(rank=()) for finding in findings),
        dict(saw),
        {rule: [key for _, key in sorted(keys, key=itemgetter(0))] for rule, keys in passed.items()},
        [fault for one in outcomes for fault in one.faults],
    )


def _place(finding: Finding) -> tuple[object, ...]:
    return (*worst_first(finding), finding.rank)


def _at_most(lists: Iterable[Sequence[Problem]]) -> Iterator[Problem]:
    """Each problem as often as the part that met it most: whoever reads a file meets what is wrong with it."""
    most: Counter[tuple[object, ...]] = Counter()
    first: dict[tuple[object, ...], Problem] = {}
    for problems in lists:
        counts: Counter[tuple[object, ...]] = Counter()
        for problem in problems:
            key = (problem.order, problem.excerpt, problem.width)
            counts[key] += 1
            first.setdefault(key, problem)
        most |= counts
    return (first[key] for key in most.elements())
