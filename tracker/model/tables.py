"""The vocabulary of rule writers: every table that a rule may judge, with its columns.

A column stands here or it does not exist. Arithmetic worth a name becomes a column; the rule language never grows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.finding import Cell
from tracker.model.plan import NO_PLACES, Kind
from tracker.model.source import Place
from tracker.model.standing import Evidence, State, StrayReason, Window
from tracker.model.values import Bound


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CHOICE = "choice"
    """One of a closed list of words."""
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"


class Names(StrEnum):
    """What the text of a column names, so that a renderer can print the name instead of the id."""

    UNIT = "unit"
    UNITS = "units"
    TASK = "task"
    PERIOD = "period"
    STATE = "state"
    RULE = "rule"
    STRAY = "stray"
    TABLE = "table"


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: Type
    about: str
    """What it means, for docs/rules.md and the glossary."""
    nullable: bool = False
    values: tuple[str, ...] = ()
    """For a choice: all it may be."""
    path: str = ""
    """For a table of objects: how to reach it from the row, such as "obligation.task.kind"."""
    names: Names | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of row."""

    name: str
    about: str
    key: tuple[str, ...]
    """Columns that identify a row; a finding's fingerprint is made of these."""
    columns: tuple[Column, ...]
    objects: bool = False
    """Whether its rows are objects whose columns are reached by their paths, not Row: tables with masses of rows."""
    by_name: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", MappingProxyType({c.name: c for c in self.columns}))


class Row(NamedTuple):
    """A row of a table that is not made of objects."""

    cells: Mapping[str, Cell]
    at: Place
    places: Mapping[str, Place] = NO_PLACES


def _text(name: str, about: str, path: str = "", *, null: bool = False, names: Names | None = None) -> Column:
    return Column(name, Type.TEXT, about, null, (), path or name, names)


def _choice(
    name: str, about: str, values: type[StrEnum] | tuple[str, ...], path: str = "", *, null: bool = False,
) -> Column:
    return Column(name, Type.CHOICE, about, null, tuple(str(v) for v in values), path or name)


def _number(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    return Column(name, Type.NUMBER, about, null, (), path or name)


def _date(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    return Column(name, Type.DATE, about, null, (), path or name)


def _truth(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    return Column(name, Type.TRUTH, about, null, (), path or name)




STANDINGS = Table(
    "standings",
    "one row per obligation, judged as of the day",
    ("task", "unit", "period"),
    (
        _text("plan", "number of the plan", "obligation.plan.id"),
        _text("task", "whole key of the task", "obligation.task.id", names=Names.TASK),
        _text("title", "title of the task", "obligation.task.title"),
        _choice("kind", "which of the six kinds of task", Kind, "obligation.task.kind"),
        _text("measure", "what is counted, as a slug: report, agreement, inspection …", "obligation.task.measure"),
        _text("area", "area of the plan", "obligation.task.area"),
        _text("section", "section of the paper", "obligation.task.section"),
        _truth("stated", "whether the paper states the task, or we inferred it", "obligation.task.basis.stated"),
        _text("unit", "who owes it", "obligation.unit.id", names=Names.UNIT),
        _text("unit_kind", "kind of that unit", "obligation.unit.kind"),
        _text("period", "period id: 2023-02, 2023-Q1, 2023", "obligation.period.id", names=Names.PERIOD),
        _date("starts", "first day on which it can be done", "obligation.starts"),
        _date("due", "last day on which it is on time", "obligation.due", null=True),
        _truth("due_stated", "FALSE where the end of the plan stands in for a day", "obligation.due_stated"),
        _number("target", "what was promised", "target", null=True),
        _text("target_unit", "unit of the target", "target_unit", null=True),
        _number("achieved", "sum of what counts; 0 where nothing was done"),
        _choice("bound", "what the words say of that sum", Bound),
        _number("share", "achieved over target, in per cent", null=True),
        _number("actuals", "how many records it has, surplus ones included", "records"),
        _date("first_date", "first day of its records", null=True),
        _date("last_date", "last day of its records", null=True),
        Column("state", Type.CHOICE, "state; null where it cannot be told", True,
               tuple(str(s) for s in State if s is not State.UNKNOWN), "judged", Names.STATE),
        _choice("window", "where the day stands against the deadline", Window),
        _choice("evidence", "what the records show", Evidence),
        _number("days_late", "days past the due day; 0 if none", null=True),
        _number("days_left", "days until the due day", null=True),
        _truth("due_soon", "due within the horizon and not done"),
        _truth("unverified", "said to be done, and nothing named that shows it"),
        _truth("carried_over", "not yet due when its plan was closed"),
        _truth("on_time", "whether it was done by its day", null=True),
        _truth("over", "whether its period, or its deadline with grace, has passed"),
        _truth("applies", "whether the task applies to the unit, by the facts", "obligation.applies", null=True),
        _text("reason", "why exempt, cancelled or late, in the writer's words; empty where none is written"),
        _text("counterpart", "who does the work instead", "counterpart", null=True, names=Names.UNIT),
    ),
    objects=True,
)

TASKS = Table(
    "tasks",
    "one row per task of a plan in force",
    ("task",),
    (
        _text("plan", "number of the plan"),
        _text("task", "whole key of the task", names=Names.TASK),
        _text("title", "title of the task"),
        _choice("kind", "which of the six kinds of task", Kind),
        _text("measure", "what is counted, as a slug"),
        _text("area", "area of the plan"),
        _text("section", "section of the paper"),
        _truth("stated", "TRUE where the paper states the task"),
        _text("lead", "who leads, by id", null=True, names=Names.UNITS),
        _number("target", "what was promised", null=True),
        _date("due", "deadline, where it is one day for all", null=True),
        _truth("due_stated", "FALSE where the end of the plan stands in"),
        _number("units", "how many units owe it"),
    ),
)

ACTUALS = Table(
    "actuals",
    "one row per record, with what became of it",
    ("unit", "task", "period", "entry"),
    (
        _text("unit", "whose record", "actual.unit", names=Names.UNIT),
        _text("task", "task that it names", null=True, names=Names.TASK),
        _text("period", "period that it names", null=True, names=Names.PERIOD),
        _text("entry", "its id, or its day and document where it has none"),
        _date("date", "first day on which it may have happened", "actual.when.first"),
        _date("recorded", "day on which it was entered", "actual.recorded"),
        _number("quantity", "how much", null=True),
        _text("counted", "what is counted", null=True),
        _text("doc", "document that shows it", null=True),
        _choice("role", "used for an obligation, one too many, or asked for by nothing", ("used", "surplus", "stray")),
        Column("why", Type.CHOICE, "why nothing asked for it", True, tuple(StrayReason), "why", Names.STRAY),
        _text("title", "what it says of itself", null=True),
    ),
    objects=True,
)

FIGURES = Table(
    "figures",
    "one row per number that the records print",
    ("unit", "name"),
    (
        _text("unit", "whose number", names=Names.UNIT),
        _text("task", "task of the record", null=True, names=Names.TASK),
        _text("name", "what carries it: task and period, or the figure's own id"),
        _text("written", "as it was written"),
        _number("value", "the number"),
        _choice("bound", "what the word before it says", Bound),
        _text("counted", "what is counted", null=True),
        _truth("round", "whether it ends in a zero or is below 100"),
        _text("source", "section of the paper", null=True),
    ),
)

SUMS = Table(
    "sums",
    "one row per number that is said to be made of parts",
    ("unit", "name"),
    (
        _text("unit", "whose number", names=Names.UNIT),
        _text("name", "what carries it"),
        _number("total", "the number"),
        _number("parts", "sum of its parts", null=True),
        _number("difference", "total minus parts; null where a bound or a unit hides it", null=True),
        _text("source", "section of the paper", null=True),
    ),
)

DOCUMENTS = Table(
    "documents",
    "one row per numbered document",
    ("number",),
    (
        _text("number", "number of the document"),
        _text("issuer", "who issued it", null=True),
        _date("date", "its day, as registered", null=True),
        _number("dates", "how many different days are given for it"),
        _number("titles", "how many different titles are given for it"),
        _text("all_dates", "the different days, with where"),
        _text("all_titles", "the different titles, with where"),
        _number("cited", "how many times it is cited"),
    ),
)

NAMES = Table(
    "names",
    "one row per place name that a record writes",
    ("file", "written"),
    (
        _text("file", "file in which it is written"),
        _text("written", "the name as written"),
        _choice("tier", "how closely it matches a unit", ("exact", "tone", "accents", "ambiguous", "none")),
        _text("unit", "unit that it matches", null=True, names=Names.UNIT),
        _text("unit_name", "official name of that unit", null=True),
    ),
)

FACTS = Table(
    "facts",
    "one row per fact held of a unit",
    ("unit", "fact"),
    (
        _text("unit", "of whom", names=Names.UNIT),
        _text("fact", "which fact"),
        _text("source", "on whose word", null=True),
        _date("review", "day to look again", null=True),
        _number("days_past", "days since that day; 0 before it", null=True),
        _text("counterpart", "who does the work instead", null=True, names=Names.UNIT),
    ),
)

UNITS = Table(
    "units",
    "one row per unit that owes something",
    ("unit",),
    (
        _text("unit", "which unit", names=Names.UNIT),
        _text("unit_kind", "its kind"),
        _number("owed", "obligations that have come due or are open"),
        _date("last_date", "day of its last record", null=True),
        _number("days_silent", "days since its last record, or since it first owed something"),
        _number("pending", "of these, how many are not done: open, overdue, or unknown"),
    ),
)

RULES = Table(
    "rules",
    "one row per other rule, after all of them ran",
    ("rule",),
    (
        _text("rule", "which rule", names=Names.RULE),
        _text("table", "the table that it judges", names=Names.TABLE),
        _number("rows", "how many rows it had to speak of"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (STANDINGS, TASKS, ACTUALS, FIGURES, SUMS, DOCUMENTS, NAMES, FACTS, UNITS, RULES)
    },
)
