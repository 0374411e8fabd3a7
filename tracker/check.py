"""Rules × rows → findings. A rule fails closed: true is broken, null is unknown, and both are findings (design 4.9)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from tracker.lang import slots_of
from tracker.lang.template import Template, read_template
from tracker.model.finding import Cell, Finding, Kinds, Rank, Run, Runs, Verdict, runs
from tracker.model.record import Record
from tracker.model.rule import GROUP_SLOTS, GROUPING, Condition, Rule
from tracker.model.source import Place, Problem
from tracker.model.standing import Standing
from tracker.model.table import Column, Row, Table
from tracker.model.tables import RULES, TABLES
from tracker.where import Checked, Fault, Finder, columns_of, compile_finder, compile_row, read_condition
from tracker.where.trouble import problems_of

Subject = Standing | Record | Row
"""What a rule judges."""
Judge = Callable[[Any], bool | None]
_COMMON = ("plan", "task", "unit", "period", "due", "days_late", "state", "role", "lead", "area", "stated")
"""Columns that every finding carries where its table has them: what renderers ask for, whatever a message names."""
_KEPT = 1024
"""So many conditions are kept read and compiled."""
_NEEDED = {
    "some_units": "unit", "units": "unit", "all_units": "unit", "tasks": "task", "main_area": "area",
    "longest": "days_late",
}  # fmt: skip
"""Slots of a sentence on several findings that are made of a column of theirs."""


class Ready(NamedTuple):
    """A rule whose conditions were read, checked and compiled."""

    rule: Rule
    table: Table
    find: Finder
    """Scope and condition in one."""
    escalate: Judge | None
    scope: Checked | None
    """None = it speaks of every row. Compiled only where the rows that break nothing are wanted."""
    where: Checked
    columns: tuple[str, ...]
    """What a finding of this rule carries, the key of its table first."""
    cells: Callable[[Subject], Sequence[Cell]]
    """Those columns of a row."""
    raises: Checked | None = None
    """The condition of `escalate`."""
    many: "Callable[[], tuple[int, Sequence[Kinds]]] | None" = None
    """Another way to the same (the grid): how many rows it has to speak of, and what it finds."""


class Outcome(NamedTuple):
    """What rules said."""

    findings: Sequence[Finding]
    """Worst first."""
    saw: Mapping[str, int]
    """How many rows each rule had to speak of."""
    passed: Mapping[str, Sequence[str]]
    """By rule, the keys of the rows that break nothing, where they were asked for."""
    faults: Sequence[Exception]
    """What went wrong in us."""
    ranks: Mapping[str, Sequence[Rank]] = MappingProxyType({})
    """By rule, where the rows of `passed` stand, where that was asked for."""


def prepare(rules: Iterable[Rule]) -> tuple[tuple[Ready, ...], tuple[Problem, ...]]:
    """The rules that can run; and for each that cannot, every reason, on its own file."""
    ready: list[Ready] = []
    problems: list[Problem] = []
    for rule in rules:
        made, wrong = _prepare(rule)
        problems += wrong
        if made is not None:
            ready.append(made)
    return tuple(ready), tuple(problems)


def check(
    ready: Sequence[Ready],
    rows: Callable[[str], Sequence[Subject]],
    *,
    passes: bool = False,
    rank: Callable[[str], Callable[[Subject], Rank]] | None = None,
    done: Outcome | None = None,
) -> Outcome:
    """All findings, worst first, and what each rule had to speak of; a fault of ours in one loses no other's result.

    `rows` gives the rows of a table by name; the table of rules itself is made here, from the other rules' runs. `rank`
    says of a table how its rows are ranked, where findings have to find their place among those of other parts. With
    `done`, which the rules on tables by unit came to elsewhere, the others are judged here, and told with those.
    """
    findings: list[Finding] = []
    masses: list[Kinds] = []
    saw: dict[str, int] = dict(done.saw) if done else {}
    passed: dict[str, Sequence[str]] = dict(done.passed) if done else {}
    ranks: dict[str, Sequence[Rank]] = {}
    faults: list[Exception] = list(done.faults) if done else []

    def judge(one: Ready, subjects: Sequence[Subject]) -> None:
        ranked = rank(one.table.name) if rank else None
        try:
            if one.many is not None:
                saw[one.rule.id], found = one.many()
                masses.extend(found)
                return
            saw[one.rule.id] = _run(one, subjects, findings, ranked)
            if passes:
                sound = _sound(one, subjects)
                passed[one.rule.id] = [key_of(one, one.cells(row)) for row in sound]
                if ranked:
                    ranks[one.rule.id] = list(map(ranked, sound))
        except Exception as fault:  # noqa: BLE001 - told at the last door, after what the other rules found
            faults.append(fault)

    for one in ready:
        if one.table is not RULES and not (done and one.table.by_unit):
            subjects = rows(one.table.name)
            if subjects or not one.table.may_be_empty:
                judge(one, subjects)
    about = [
        Row({"rule": one.rule.id, "table": one.table.name, "rows": saw[one.rule.id]}, one.rule.at, one.rule.places)
        for one in ready
        if saw.get(one.rule.id, 0) or (one.rule.id in saw and not one.table.may_be_empty)
    ]
    for one in ready:
        if one.table is RULES:
            judge(one, about)
    findings.sort(key=worst_first)
    told = gathered(_told_apart(findings), Runs(masses), done.findings if done else ())
    return Outcome(told, saw, passed, faults, ranks)


def gathered(*parts: Sequence[Finding]) -> Sequence[Finding]:
    """All of them, worst first; those of masses stay as they are, a rule having all of one severity in one of these."""
    every = [run for part in parts for run in runs(part)]
    masses = [run for run in every if isinstance(run, Kinds)]
    ordered = sorted(chain.from_iterable(run for run in every if not isinstance(run, Kinds)), key=worst_first)
    if not masses:
        return tuple(ordered)
    found: list[Run] = [*masses, *(list(run) for _, run in groupby(ordered, key=worst_first))]
    return Runs(sorted(found, key=lambda run: worst_first(run[0])))


def columns_asked(one: Ready) -> set[str]:
    """Every column that the rule looks at or says."""
    conditions = filter(None, (one.scope, one.where, one.raises))
    return {*one.columns, *(name for condition in conditions for name in columns_of(condition))}


def worst_first(finding: Finding) -> tuple[int, str]:
    """What findings are sorted by; within it they keep the order of plan, task, unit and period."""
    return -finding.severity.rank, finding.rule


def reach(table: Table) -> Callable[[Column], str]:
    """How compiled code gets a column's value from a row of this table."""
    if table.objects:
        return lambda column: f"r.{column.path}"
    return lambda column: f"r.cells[{column.name!r}]"


def _prepare(rule: Rule) -> tuple[Ready | None, tuple[Problem, ...]]:
    table = TABLES.get(rule.on)
    if table is None:
        known = {"table": rule.on, "tables": ", ".join(TABLES)}
        return None, (Problem(rule.places.get("on", rule.at), "rule-table", known),)
    problems: list[Problem] = []
    conditions = [_condition(text, table, problems) for text in (rule.scope, rule.where, rule.escalate_where)]
    slots = sorted({slot for text in rule.message.values() for slot in slots_of(text)})
    for slot in slots:
        if slot not in table.by_name:
            place = rule.places.get("message", rule.at)
            problems.append(Problem(place, "rule-slot", {"slot": slot, "table": table.name, "rule": rule.id}))
    problems += _limitation_slots(rule, table)
    if problems:
        return None, tuple(problems)
    drafted = sorted({slot for text in rule.limitation.values() for slot in asked_for(text)} & set(table.by_name))
    scope, where, escalate = conditions
    assert where is not None
    raised = _raised(escalate, table.name) if escalate is not None else None
    find = _finder(scope, where, table.name)
    names = tuple(dict.fromkeys((*table.key, *(c for c in _COMMON if c in table.by_name), *slots, *drafted)))
    return Ready(rule, table, find, raised, scope, where, names, getter(table, names), escalate), ()


def _limitation_slots(rule: Rule, table: Table) -> Iterator[Problem]:
    """Slots of the sentences for the annual report that nothing could fill."""
    columns = set(table.by_name)
    missing = {slot for slot, column in _NEEDED.items() if column not in columns}
    several = {*GROUP_SLOTS, *table.key, *(columns & set(GROUPING))} - missing
    for key, slots in (("one", columns), ("many", several), ("footnote", columns)):
        for slot in sorted(set(asked_for(rule.limitation.get(key, ""))) - slots):
            named = {"slot": slot, "key": key, "rule": rule.id, "slots": ", ".join(sorted(slots))}
            yield Problem(rule.places.get("limitation", rule.at), "rule-limitation-slot", named)


def asked_for(text: str) -> tuple[str, ...]:
    """The slots of a sentence for the annual report; of one that could not be read, none."""
    read = read_template(text)
    return read.slots if isinstance(read, Template) else ()


def _told_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """No two findings with one fingerprint: what has no name of its own (two entries of one day) is counted, #2, #3."""
    counts: dict[str, int] = {}
    apart = []
    for finding in findings:
        count = counts[finding.fingerprint] = counts.get(finding.fingerprint, 0) + 1
        apart.append(finding if count == 1 else finding._replace(fingerprint=f"{finding.fingerprint}#{count}"))
    return tuple(apart)


def _condition(written: Condition | None, table: Table, problems: list[Problem]) -> Checked | None:
    if written is None:
        return None
    read = _read(written.text, table.name)
    if isinstance(read, Checked):
        return read
    problems += problems_of(written, read)
    return None


@lru_cache(maxsize=_KEPT)
def _read(text: str, table: str) -> Checked | tuple[Fault, ...]:
    """A condition, read once however many days and revisions are compared in one run."""
    return read_condition(text, TABLES[table].by_name)


@lru_cache(maxsize=_KEPT)
def _finder(scope: Checked | None, where: Checked, table: str) -> Finder:
    return compile_finder(scope, where, reach(TABLES[table]))


@lru_cache(maxsize=_KEPT)
def _raised(condition: Checked, table: str) -> Judge:
    return compile_row(condition, reach(TABLES[table]))


def _run(
    one: Ready, rows: Sequence[Subject], findings: list[Finding], ranked: Callable[[Subject], Rank] | None,
) -> int:
    """Judge every row; append what is found; return how many rows the rule had to speak of."""
    seen, found = one.find(rows)
    if ranked is None:
        findings += [finding_of(one, row, verdict) for row, verdict in found]
    else:
        findings += [finding_of(one, row, verdict)._replace(rank=ranked(row)) for row, verdict in found]
    return seen


def _sound(one: Ready, rows: Sequence[Subject]) -> Sequence[Subject]:
    """The rows in scope that break nothing, in the order of the table."""
    found = {id(row) for row, _ in one.find(rows)[1]}
    scope = compile_row(one.scope, reach(one.table)) if one.scope is not None else None
    return [row for row in rows if id(row) not in found and (scope is None or scope(row))]


def key_of(one: Ready, cells: Sequence[Cell]) -> str:
    """The fingerprint of a rule's verdict on a row."""
    return ":".join([one.rule.id, *("" if cell is None else str(cell) for cell in cells[: len(one.table.key)])])


def finding_of(one: Ready, row: Subject, verdict: bool | None) -> Finding:
    """What the rule says of a row that it does not pass; None where it cannot tell."""
    rule = one.rule
    severity = rule.severity
    if verdict and one.escalate is not None and rule.escalate_to is not None and one.escalate(row):
        severity = max(severity, rule.escalate_to, key=lambda level: level.rank)
    cells = one.cells(row)
    named = dict(zip(one.columns, cells, strict=True))
    return Finding(
        rule.id,
        severity,
        Verdict.BROKEN if verdict else Verdict.UNKNOWN,
        one.table.name,
        named,
        place_of(row, rule.pointing_at),
        key_of(one, cells),
        owner=str(named.get("unit") or named.get("lead") or "").partition(",")[0],
        beside=tuple(row.places.values()) if isinstance(row, Row) and rule.limitation else (),
    )


def place_of(row: Subject, key: str = "") -> Place:
    """Where the row was written; where this key of its record was, if it was."""
    match row:
        case Standing():
            task = row.obligation.task
            return task.places.get(key, task.at)
        case Record():
            return row.actual.places.get(key, row.actual.at)
        case Row():
            return row.places.get(key, row.at)


def getter(table: Table, columns: Sequence[str]) -> Callable[[Subject], Sequence[Cell]]:
    """A function that gives the named columns of a row of this table, in this order."""
    if not table.objects:
        return lambda row: [row.cells[name] for name in columns] if isinstance(row, Row) else []
    several: Callable[[Subject], tuple[Cell, ...]] = attrgetter(*(table.by_name[name].path for name in columns))
    if len(columns) == 1:
        return lambda row: (several(row),)  # type: ignore[return-value]  # attrgetter of one name gives no tuple
    return several


def cells_of(row: Subject, table: Table, columns: Iterable[str]) -> Mapping[str, Cell]:
    """The named columns of one row, by name."""
    names = tuple(columns)
    return dict(zip(names, getter(table, names)(row), strict=True))
