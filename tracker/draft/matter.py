"""What a whole paper is made of: one judgement, its plan, and how units and documents are named in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from tracker.draft.over import Over
from tracker.draft.pen import NOTHING, Pen, Said, joined, said
from tracker.draft.writer import levels_of, name_in_sentence
from tracker.model.actual import Actual
from tracker.model.document import Document
from tracker.model.letterhead import Letterhead
from tracker.model.paper import Ground, Side
from tracker.model.plan import Plan, Task
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.standing import Standing
from tracker.model.unit import Unit


class Told(NamedTuple):
    """A task with all that is owed of it."""

    task: Task
    standings: Sequence[Standing]
    """In official order of the units, then of the periods."""


class Matter:
    """All that the parts of one paper are drawn from. Nothing of it changes."""

    def __init__(self, pen: Pen, report: Report, project: Project, over: Over, plan: str) -> None:
        self.pen = pen
        self.report = report
        self.project = project
        """As it was known."""
        self.over = over
        self.plan: Plan = next(one for one in report.plans if one.id == plan)

    @cached_property
    def programme(self) -> Plan | None:
        """The programme above the plan."""
        return next((one for one in self.report.plans if one.id == self.plan.under), None)

    @cached_property
    def letterhead(self) -> Letterhead:
        """What the plan says of its papers, or else its programme."""
        return self.plan.paper or (self.programme.paper if self.programme else None) or Letterhead()

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The register, by number."""
        return {one.number: one for one in self.project.documents}

    @cached_property
    def told(self) -> Mapping[str, Told]:
        """By whole key, the tasks of the plan and of the programme, in their order."""
        owed: dict[str, list[Standing]] = {}
        for standing in self.report.standings:
            owed.setdefault(standing.obligation.task.id, []).append(standing)
        plans = [self.plan, *([self.programme] if self.programme else ())]
        return {task.id: Told(task, owed.get(task.id, ())) for plan in plans for task in plan.tasks}

    @property
    def units(self) -> Mapping[str, Unit]:
        """By id, in official order."""
        return self.report.units

    @property
    def comma(self) -> bool:
        """Whether a document's number is cut off by a comma from its day: so in papers of the Party."""
        return self.letterhead.side is Side.PARTY

    def level(self, unit: Unit) -> str:
        """The word for its level as its name has it: huyện, thành phố; empty where it is no territory."""
        return levels_of([unit], self.pen.say)

    def name(self, id_: str) -> str:
        """A unit as a sentence names it: a territory's level in small letters (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""
        unit = self.units.get(id_)
        if unit is None:
            return id_
        return name_in_sentence(unit, self.pen.say)

    def names(self, ids: Iterable[str], name: str) -> Said:
        """Units in official order; the level of several that follow each other is said once: các huyện A, B."""
        wanted = set(ids)
        those = [unit for id_, unit in self.units.items() if id_ in wanted]
        parts = []
        for level, found in groupby(those, self.level):
            of_level = list(found)
            if level and len(of_level) > 1:
                bare = ", ".join(unit.name[len(level) :].strip() for unit in of_level)
                parts.append(self.pen("annual.several_places", level=level, names=said(bare, name)))
            else:
                parts += [said(self.name(unit.id), name) for unit in of_level]
        return joined(parts, "; " if any("," in unit.name for unit in those) else ", ")

    def place(self, written: str) -> str:
        """A place as somebody wrote it, the level in small letters as with units."""
        known = self.pen.say("draft.levels").split(", ")
        parts = written.split(", ")
        starts = [any(part.casefold().startswith(f"{word} ") for word in known) for part in parts]
        return ", ".join(p[:1].lower() + p[1:] if low else p for p, low in zip(parts, starts, strict=True))

    def leads(self, ids: Sequence[str]) -> Said:
        """Units joined as in speech: A, B và C."""
        *before, last = [said(self.name(id_), "leads") for id_ in ids]
        if not before:
            return last
        return joined([joined(before), last], f" {self.pen.say('annual.and')} ")

    def kinds(self, standings: Iterable[Standing]) -> str:
        """What these units are together: huyện, thành phố; or đơn vị."""
        units = [standing.obligation.unit for standing in standings]
        return levels_of(units, self.pen.say) or self.pen.say("draft.bodies")

    def document(self, number: str, name: str = "doc") -> Said:
        """A document as it is cited a second time: kind and number (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
        known = self.documents.get(number)
        kind = known.type if known and known.type else self.pen.say("annual.document")
        return self.pen("annual.numbered", type=kind, number=said(number, name))

    def plan_name(self, plan: Plan) -> Said:
        """A plan or programme as it is named a second time; one without a number by its title."""
        kind = self.pen.say("annual.programme" if plan.programme else "annual.plan")
        if "/" not in plan.id:
            return said(f"“{plan.title}”", "plan")
        return self.pen("annual.numbered", type=kind, number=said(plan.id, "plan"))

    def title(self, task: Task, *, inside: bool = False) -> Said:
        """A task's title; within a sentence its first word is in small letters, unless it is a name."""
        text = task.title.rstrip(". ")
        if inside and text[1:2].islower() and not text.startswith(tuple(self.pen.say("annual.capitals").split(", "))):
            text = text[:1].lower() + text[1:]
        return said(text, "title")

    def inside(self, actuals: Iterable[Actual]) -> list[Actual]:
        """Those that fall into the days of the paper for certain."""
        return [actual for actual in actuals if self.over.holds(actual)]


def after(word: str, title: str) -> str:
    """What a title is about, to stand behind "về": without the kind of document that it begins with."""
    text = title.strip()
    for start in (word, "về"):
        if start and text.casefold().startswith(start.casefold() + " "):
            text = text[len(start) :].strip()
    return text[:1].lower() + text[1:] if text[1:2].islower() and not re.match(r"[A-ZĐ][^ ]* [A-ZĐ]", text) else text


def record_ground(actual: Actual) -> Ground:
    """What a sentence rests on, of a record: `actual:task:unit:entry`; entry is its id, or its day and document."""
    entry = actual.id or "/".join(filter(None, (_days(actual), actual.period, actual.doc, actual.title)))
    return Ground(":".join(("actual", actual.task or "-", actual.unit, entry)), (actual.at,))


def task_ground(task: Task) -> Ground:
    """The same of the line of a plan: `task:14-KH/2.7`."""
    return Ground(f"task:{task.id}", (task.at,))


def plan_ground(plan: Plan) -> Ground:
    """The same of a whole plan: `plan:14-KH/BDVTU-BDT`."""
    return Ground(f"plan:{plan.id}", (plan.at,))


def _days(actual: Actual) -> str:
    first, last = actual.when.first, actual.when.last
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"


def closing_day(plan: Plan) -> date:
    """The day as of which a plan that is over is judged: when it was closed, or its last day."""
    return plan.closed or plan.period.last


__all__ = [
    "NOTHING", "Matter", "Told", "after", "closing_day", "plan_ground", "record_ground", "task_ground",
]  # fmt: skip
