"""Plans, units and records made in code, as short as a line of a table. Everything is of the year 2023 unless said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Any

from tracker.model.actual import Actual
from tracker.model.plan import Close, Due, Every, EvidenceWanted, Kind, Plan, Regime, Task, Timing
from tracker.model.project import Project
from tracker.model.record import Stray
from tracker.model.report import Report
from tracker.model.rule import Condition, Rule, Severity
from tracker.model.source import Place, Problem
from tracker.model.standing import Standing
from tracker.model.unit import Fact, FactValue, Spell, Unit
from tracker.model.values import Bound, Quantity, Span
from tracker.periods import Days, span_of
from tracker.run import Asked, judge, run

PLAN = "14-KH/BDVTU-BDT"
KEY = "14-KH"
_lines = count(1)


def day(text: str) -> date:
    """2023-02-05."""
    return date.fromisoformat(text)


def span(text: str) -> Span:
    """2023-02-05, 2023-02, 2023-Q1, 2023, or two days with .. between them."""
    if found := span_of(text):
        return found
    first, _, last = text.partition("..")
    return Span(day(first), day(last or first))


def amount(value: int, counted: str = "", bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(value, bound, counted, f"{value} {counted}")


def unit(name: str, kind: str = "huyen", facts: Mapping[str, FactValue | Fact] | None = None, **more: Any) -> Unit:
    """Days may be written as text; a fact as its value alone."""
    for key in ("opened", "closed"):
        if isinstance(more.get(key), str):
            more[key] = day(more[key])
    known = {k: (v if isinstance(v, Fact) else Fact(k, v, "báo cáo, chú thích 1"),) for k, v in (facts or {}).items()}
    more["spells"] = more.pop("spells", (Spell(more.pop("opened", None), more.pop("closed", None)),))
    return Unit(name, more.pop("name", name), kind, more.pop("position", 0), facts=MappingProxyType(known), **more)


def placed(*units: Unit) -> tuple[Unit, ...]:
    """The units in official order: the order in which they are given."""
    return tuple(one._replace(position=number) for number, one in enumerate(units))


def task(name: str, kind: Kind | str = Kind.MILESTONE, owed_by: str = "huyen", **more: Any) -> Task:
    """Days, periods, evidence and `every` may be written as text; `due` is a day, a period or a Due."""
    if isinstance(more.get("due"), str):
        more["due"] = Due(span(more["due"]))
    for key in ("starts", "cancelled"):
        if isinstance(more.get(key), str):
            more[key] = day(more[key])
    if "every" in more:
        more["every"] = Every(more["every"])
    if "evidence" in more:
        more["evidence"] = EvidenceWanted(more["evidence"])
    number, key = more.pop("plan", PLAN), more.pop("key", KEY)
    place = more.pop("at", Place("plans/14-KH.yaml", next(_lines)))
    return Task(f"{key}/{name}", number, more.pop("title", name), Kind(kind), tuple(owed_by.split()), at=place, **more)


def plan(*tasks: Task, number: str = PLAN, key: str = KEY, period: str = "2023", **more: Any) -> Plan:
    for name in ("issued", "closed"):
        if isinstance(more.get(name), str):
            more[name] = day(more[name])
    if closed := more.pop("closed", None):
        more["close"] = Close(closed, more.pop("closing_document", ""))
    regimes = MappingProxyType({one.id: one for one in more.pop("regimes", ())})
    return Plan(number, key, more.pop("title", number), span(period), tasks, regimes=regimes, **more)


def regime(name: str = "bc", **more: Any) -> Regime:
    timing = {key: more.pop(key) for key in Timing._fields if key in more}
    return Regime(name, Timing(**timing), **more)


def actual(name: str, who: str, when: str, period: str = "", **more: Any) -> Actual:
    """`name` is a task of the plan ("1"), a whole key (with a slash) or nothing. Shown by a document unless doc=""."""
    spread = span(when)
    recorded = more.pop("recorded", spread.last)
    return Actual(
        unit=who,
        task=name if not name or "/" in name else f"{KEY}/{name}",
        when=spread,
        recorded=day(recorded) if isinstance(recorded, str) else recorded,
        period=period,
        doc=more.pop("doc", "18-BC/BDT"),
        at=more.pop("at", Place("actuals/2023/a.yaml", next(_lines))),
        **more,
    )


@dataclass(frozen=True)
class Seen:
    """What was made of it."""

    standings: Sequence[Standing]
    strays: Sequence[Stray]
    problems: Sequence[Problem]

    def __getitem__(self, key: str) -> Standing:
        """The one standing with this "task unit [period]"; the plan's key may be left out."""
        name, who, *period = key.split()
        whole = name if "/" in name else f"{KEY}/{name}"
        found = [
            one
            for one in self.standings
            if one.obligation.key[:2] == (whole, who) and (not period or one.obligation.period.id == period[0])
        ]
        assert len(found) == 1, f"{len(found)} standings for {key}"
        return found[0]

    def states(self) -> dict[str, str]:
        """Each obligation's state, by its period where a unit owes one thing, in their order."""
        return {" ".join(one.obligation.key): str(one.state) for one in self.standings}

    def whys(self) -> list[str]:
        return [str(one.why) for one in self.strays]


def see(
    promised: Plan | Sequence[Plan],
    owing: Unit | Sequence[Unit],
    done: Iterable[Actual],
    as_of: str,
    known_by: str = "",
    /,
    **asked: Any,
) -> Seen:
    """Expand, match and stand."""
    found, problems = judge(project(promised, owing, done), asking(as_of, known_by, **asked))
    return Seen(list(found.standings), list(found.strays), list(problems))


def report(
    promised: Plan | Sequence[Plan],
    owing: Unit | Sequence[Unit],
    done: Iterable[Actual],
    as_of: str,
    rules: Sequence[Rule],
    /,
    **asked: Any,
) -> Report:
    return run(project(promised, owing, done, rules), asking(as_of, **asked))


def project(
    plans: Plan | Sequence[Plan], units: Unit | Sequence[Unit], actuals: Iterable[Actual], rules: Sequence[Rule] = (),
) -> Project:
    return Project(
        units=placed(*((units,) if isinstance(units, Unit) else units)),
        plans=(plans,) if isinstance(plans, Plan) else tuple(plans),
        actuals=tuple(actuals),
        rules=tuple(rules),
    )


def asking(as_of: str, known_by: str = "", /, **asked: Any) -> Asked:
    return Asked(Days(day(as_of), day(known_by or as_of)), **asked)


def rule(name: str, where: str, on: str = "standings", severity: str = "error", **more: Any) -> Rule:
    """`scope` is text; `escalate` is (text, severity); `message` is one text for both languages."""
    file = f"rules/{name}.yaml"

    def written(text: str | None, line: int) -> Condition | None:
        return None if text is None else Condition(text, Place(file, line, 8), f"where: {text}")

    told, (escalate, to) = more.pop("message", "{unit}"), more.pop("escalate", (None, None))
    condition = written(where, 4)
    assert condition is not None
    return Rule(
        name,
        on,
        condition,
        Severity(severity),
        *({"vi": text, "en": text} for text in (name, told, "vì", "sửa")),
        scope=written(more.pop("scope", None), 3),
        escalate_where=written(escalate, 6),
        escalate_to=Severity(to) if to else None,
        at=Place(file),
        **more,
    )
