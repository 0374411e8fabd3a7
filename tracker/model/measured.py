"""The tables of what is measured, of who attended, and of guidance that was waited for; see tables.py."""

from tracker.model.document import Level
from tracker.model.indicator import Better
from tracker.model.table import Column, Names, Table, Type, choice, day, number, text, truth
from tracker.model.values import Bound


def measure(name: str, about: str, *, null: bool = False) -> Column:
    """A number that measures something, unlike a count of documents or days."""
    return Column(name, Type.NUMBER, about, null, (), name, Names.MEASURE)


INDICATORS = Table(
    "indicators",
    "one row per indicator and unit, with its latest reading; one without a unit where nothing was read",
    ("indicator", "unit"),
    (
        text("indicator", "id of the indicator"),
        text("title", "its title"),
        text("name", "its title as it stands inside a sentence"),
        text("population", "who or what is counted", null=True),
        text("unit", "of which unit it was read", null=True, names=Names.UNIT),
        text("year", "year of the latest reading", null=True),
        day("date", "last day that it may speak of", null=True),
        measure("value", "the number", null=True),
        text("written", "as it was written", null=True),
        choice("bound", "what the word before the number says", Bound, null=True),
        text("counted", "unit of measure", null=True),
        choice("better", "which way is good", Better),
        number("readings", "how many years have a reading"),
        truth("exact_day", "whether the latest reading is of one day"),
        truth("has_before", "whether an earlier year has a reading"),
        text("year_before", "the year before that has a reading", null=True),
        measure("value_before", "the number of that year", null=True),
        truth("counts_missing", "whether numerator or denominator are not known, and are of another year"),
        truth("missing", "named by a report, and never read"),
        text("named", "where a report names it", null=True),
        text("near_title", "indicator beside which it is named", null=True),
        text("basis_of", "indicator that it is read for, as numerator, denominator or part", null=True),
        measure("target", "what was aimed at", null=True),
        text("target_written", "as it was written", null=True),
        truth("reached", "whether that was reached; null where no target or a bound hides it", null=True),
        measure("shortfall", "100 minus a rate for which higher is better; null for anything else", null=True),
        text("source", "section of the paper", null=True),
    ),
    may_be_empty=True,
)

COMPARISONS = Table(
    "comparisons",
    "one row per indicator, comparator, unit and year, beside the year before that has a reading",
    ("indicator", "comparator", "unit", "year"),
    (
        text("indicator", "id of the indicator"),
        text("title", "its title"),
        text("name", "its title as it stands inside a sentence"),
        text("population", "who or what is counted", null=True),
        text("comparator", "id of the indicator that it is held against"),
        text("other_title", "title of that one"),
        text("other_name", "its title as it stands inside a sentence"),
        text("unit", "of which unit it was read", names=Names.UNIT),
        text("other_unit", "of which unit the other was read: the same, or a territory above", null=True,
             names=Names.UNIT),
        text("counted", "unit of measure", null=True),
        choice("better", "which way is good", Better),
        truth("latest", "whether no later year has a reading"),
        text("year", "year of the reading"),
        measure("value", "the number"),
        text("written", "as it was written"),
        choice("bound", "what the word before the number says", Bound),
        measure("other", "the number that it is held against", null=True),
        text("other_written", "as it was written", null=True),
        measure("gap", "value minus other: points between rates; null where a bound or a unit hides it", null=True),
        measure("distance", "the gap without its sign", null=True),
        truth("points", "whether the gap is of two rates, in points"),
        measure("ratio", "value over other, to two decimals", null=True),
        measure("numerator", "of the rate", null=True),
        measure("denominator", "of the rate", null=True),
        text("numerator_unit", "what both count", null=True),
        truth("numerator_missing", "whether numerator or denominator are not known, and are of another year"),
        text("year_before", "the year before that has a reading", null=True),
        measure("value_before", "the number of that year", null=True),
        text("written_before", "as it was written", null=True),
        measure("other_before", "the number that it was held against", null=True),
        text("other_written_before", "as it was written", null=True),
        measure("gap_before", "the gap of that year", null=True),
        measure("ratio_before", "the ratio of that year", null=True),
        measure("numerator_before", "of the rate of that year", null=True),
        measure("denominator_before", "of the rate of that year", null=True),
        text("numerator_unit_before", "what both count", null=True),
        measure("gap_fall", "by how much the gap became smaller; negative where it grew", null=True),
        measure("ratio_fall", "by how much the ratio became smaller; negative where it grew", null=True),
        text("source", "section of the paper", null=True),
    ),
    may_be_empty=True,
)

KINDS = ("parts", "sum", "ratio", "gap", "share", "inside", "same", "record", "units", "cumulative")
"""The identities that are checked; docs/files.md says what each means."""

IDENTITIES = Table(
    "identities",
    "one row per number that others must agree with",
    ("kind", "unit", "name"),
    (
        choice("kind", "parts of one record · sum of indicators · ratio to the digits printed · gap of two rates · "
               "share: numerator within denominator · inside a larger whole · the same number twice · "
               "record of the task · units below add up · cumulative: never falls", KINDS),
        text("indicator", "id of the indicator", null=True),
        text("title", "what it is"),
        text("about", "the same as it stands inside a sentence"),
        text("unit", "whose number", names=Names.UNIT),
        text("period", "of when", null=True, names=Names.PERIOD),
        text("name", "what carries it: id of the figure, or task and period of the record"),
        text("written", "the number as it was written"),
        text("right", "what it is held against, as written"),
        measure("found", "the number"),
        measure("expected", "what it should be, or its bound; null where a bound, a unit or a gap hides it", null=True),
        truth("complete", "whether all that it is held against was given"),
        measure("difference", "by how much it does not hold; 0 where it does, null where nobody can tell", null=True),
        text("source", "section of the paper", null=True),
    ),
    may_be_empty=True,
)  # fmt: skip

AUDIENCES = Table(
    "audiences",
    "one row per task that is for the people of an indicator, and unit that recorded people",
    ("task", "unit"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("title", "title of the task"),
        text("unit", "whose records", names=Names.UNIT),
        text("audience", "id of the indicator"),
        text("name", "its title as it stands inside a sentence"),
        measure("people", "how many attended, added up"),
        text("written", "as it was written"),
        measure("population", "how many there are, by the latest reading", null=True),
        text("population_written", "as it was written", null=True),
        truth("certain", "whether more attended than there are, whatever the words before the numbers hide"),
    ),
    may_be_empty=True,
)

GUIDANCE = Table(
    "guidance",
    "one row per document that was needed by a day",
    ("document",),
    (
        text("document", "its number, or its id while it has none"),
        text("title", "its title", null=True),
        text("issuer", "who issues it"),
        choice("level", "on which level that is", Level, null=True),
        text("policy", "which policy or work it guides"),
        text("programme", "programme to which that belongs", null=True),
        text("needed_for", "why it was needed by that day"),
        day("needed_by", "the day by which it was needed"),
        truth("issued", "whether it was issued by the day; null where it has a number and no day", null=True),
        day("date", "the day on which it was issued", null=True),
        number("days_late", "days from the day when it was needed to its issue, or until now; 0 if none", null=True),
        truth("unsuitable", "whether somebody found that it does not fit"),
        text("reason", "what does not fit", null=True),
        text("replaced_by", "document that took its place", null=True),
        number("held_up", "how many tasks wait for it"),
        number("not_done", "how many of these are not done"),
        text("tasks", "the tasks that wait for it and are not done; empty if none"),
    ),
    may_be_empty=True,
)
