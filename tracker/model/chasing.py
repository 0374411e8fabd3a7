"""The vocabulary of rule writers, continued: reminders (đôn đốc) that were logged, and what is overdue with them."""

from tracker.model.sent import Channel
from tracker.model.table import Column, Names, Table, Type, choice, day, number, text

REMINDERS = Table(
    "reminders",
    "one row per reminder that was logged, for each unit and period",
    ("unit", "task", "period", "date", "by"),
    (
        day("date", "day on which it went out"),
        text("by", "office that reminded", names=Names.UNIT),
        text("to", "to whom it went, where that is not the unit itself", null=True, names=Names.UNIT),
        choice("how", "how it went out", Channel, null=True),
        text("doc", "number of the letter", null=True),
        text("unit", "who owes what it reminds of", names=Names.UNIT),
        text("plan", "number of the plan", null=True),
        text("task", "whole key of the task", names=Names.TASK),
        text("period", "period id; null where it names none", null=True, names=Names.PERIOD),
        Column("role", Type.CHOICE, "used: something was owed; stray: nothing that it could be of", False,
               ("used", "stray"), "role"),
    ),
    may_be_empty=True,
    by_unit=True,
)

OVERDUES = Table(
    "overdues",
    "one row per overdue obligation, in a project that logs reminders",
    ("task", "unit", "period"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("title", "title of the task"),
        text("unit", "who owes it", names=Names.UNIT),
        text("period", "period id", names=Names.PERIOD),
        text("lead", "who leads, by id", null=True, names=Names.UNITS),
        day("due", "last day on which it was on time", null=True),
        number("days_late", "days past that day", null=True),
        number("reminders", "how many times somebody was reminded of it"),
        day("reminded", "last day on which somebody was", null=True),
        number("ahead", "how many of these times were on or before the due day"),
        number("watched", "days past the due day on which reminders were already logged; 0 where that is not yet"),
    ),
    may_be_empty=True,
    by_unit=True,
)
