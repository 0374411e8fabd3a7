"""The vocabulary of rule writers: every table that a rule may judge, with its columns.

A column stands here or it does not exist. Arithmetic worth a name becomes a column; the rule language never grows.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tracker.model.chasing import OVERDUES, REMINDERS
from tracker.model.extents import EXTENTS
from tracker.model.link import Way
from tracker.model.measured import AUDIENCES, COMPARISONS, GUIDANCE, IDENTITIES, INDICATORS
from tracker.model.plan import Every, Kind
from tracker.model.record import StrayReason
from tracker.model.standing import Evidence, Receipt, State, Window
from tracker.model.table import Column, Names, Table, Type, choice, day, number, text, truth
from tracker.model.values import Bound

STANDINGS = Table(
    "standings",
    "one row per obligation, judged as of the day",
    ("task", "unit", "period"),
    (
        text("plan", "number of the plan", "obligation.plan.id"),
        text("task", "whole key of the task", "obligation.task.id", names=Names.TASK),
        text("title", "title of the task", "obligation.task.title"),
        choice("kind", "which of the six kinds of task", Kind, "obligation.task.kind"),
        text("measure", "what is counted, as a slug: report, agreement, inspection …", "obligation.task.measure"),
        text("area", "area of the plan", "obligation.task.area"),
        text("section", "section of the paper", "obligation.task.section"),
        truth("stated", "whether the paper states the task, or we inferred it", "obligation.task.basis.stated"),
        text("unit", "who owes it", "obligation.unit.id", names=Names.UNIT),
        text("unit_kind", "kind of that unit", "obligation.unit.kind"),
        text("period", "period id: 2023-02, 2023-Q1, 2023", "obligation.period.id", names=Names.PERIOD),
        day("starts", "first day on which it can be done", "obligation.starts"),
        day("due", "last day on which it is on time", "obligation.due", null=True),
        truth("due_stated", "FALSE where the end of the plan stands in for a day", "obligation.due_stated"),
        number("target", "what was promised", "target", null=True),
        text("target_unit", "unit of the target", "target_unit", null=True),
        number("achieved", "sum of what counts; 0 where nothing was done"),
        choice("bound", "what the words say of that sum", Bound),
        number("share", "achieved over target, in per cent", null=True),
        number("actuals", "how many records it has, surplus ones included", "records"),
        day("first_date", "first day of its records", null=True),
        day("last_date", "last day of its records", null=True),
        Column("state", Type.CHOICE, "state; null where it cannot be told", True,
               tuple(str(s) for s in State if s is not State.UNKNOWN), "judged", Names.STATE),
        choice("window", "where the day stands against the deadline", Window),
        choice("evidence", "what the records show", Evidence),
        number("days_late", "days past the due day; 0 if none", null=True),
        number("days_left", "days until the due day", null=True),
        truth("due_soon", "due within the horizon and not done"),
        truth("unverified", "said to be done, and nothing named that shows it"),
        truth("carried_over", "not yet due when its plan was closed"),
        truth("on_time", "whether it was done by its day", null=True),
        truth("over", "whether its period, or its deadline with grace, has passed"),
        truth("applies", "whether the task applies to the unit, by the facts", "obligation.applies", null=True),
        day("first_due", "deadline before any decision moved it; the same as `due` where none did",
            "obligation.first", null=True),
        number("moved", "how many decisions moved the deadline", "obligation.moved"),
        number("slip", "days by which decisions moved the deadline; negative where it came forward",
               "obligation.slip", null=True),
        number("days_late_first", "days past the first deadline; 0 if none", null=True),
        text("waits", "event that has not happened, from which its deadline runs", "obligation.waits_for", null=True),
        text("case", "the event that made the case", "obligation.case", null=True),
        truth("optional", "whether it may be left undone", "obligation.task.optional"),
        choice("receipt", "what became of the paper that was sent", Receipt),
        text("carried_from", "unfinished task of an earlier plan whose promise this is", "obligation.carried_from",
             null=True, names=Names.TASK),
        text("carried_to", "task of a later plan that took the promise over", "obligation.carried_to",
             null=True, names=Names.TASK),
        truth("inherited", "whether it came from a unit that was dissolved", "obligation.inherited"),
        text("reason", "why exempt, cancelled, late or not done, in the writer's words; empty where none is written"),
        text("counterpart", "who does the work instead", "counterpart", null=True, names=Names.UNIT),
        number("reminders", "how many times somebody was reminded of it; null where the project logs none",
               "chased.times", null=True),
        day("reminded", "last day on which somebody was", "chased.last", null=True),
        number("unkeyed", "how many of its records name no task, and were taken by its selector or by a link"),
    ),
    objects=True,
    by_unit=True,
)

TASKS = Table(
    "tasks",
    "one row per task of a plan in force",
    ("task",),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("title", "title of the task"),
        choice("kind", "which of the six kinds of task", Kind),
        choice("every", "how often it falls due", Every),
        text("measure", "what is counted, as a slug"),
        text("area", "area of the plan"),
        text("section", "section of the paper"),
        truth("stated", "TRUE where the paper states the task"),
        text("lead", "who leads, by id", null=True, names=Names.UNITS),
        number("leads", "how many lead together"),
        text("partners", "who takes part besides, as the plan says", null=True, names=Names.UNITS),
        number("target", "what was promised", null=True),
        day("due", "deadline, where it is one day for all", null=True),
        truth("due_stated", "FALSE where the end of the plan stands in"),
        number("units", "how many units owe it"),
    ),
)

ACTUALS = Table(
    "actuals",
    "one row per record, with what became of it",
    ("unit", "task", "period", "entry"),
    (
        text("unit", "whose record", "actual.unit", names=Names.UNIT),
        text("task", "task that it names", null=True, names=Names.TASK),
        text("period", "period that it names", null=True, names=Names.PERIOD),
        text("entry", "its id, or its day and document where it has none"),
        day("date", "first day on which it may have happened", "actual.when.first"),
        day("recorded", "day on which it was entered", "actual.recorded"),
        number("quantity", "how much", null=True),
        text("counted", "what is counted", null=True),
        text("doc", "document that shows it", null=True),
        choice("role", "used for an obligation, one too many, a reason without a deed, asked for by nothing, or too "
               "late for what was published", ("used", "surplus", "reason", "stray", "late")),
        Column("why", Type.CHOICE, "why nothing asked for it", True, tuple(StrayReason), "why", Names.STRAY),
        text("title", "what it says of itself", null=True),
        text("about", "title of the task for which it counts", null=True),
        choice("kind", "kind of that task", Kind, null=True),
        text("measure", "what that task counts, as a slug", null=True),
        number("people", "how many took part", null=True),
        text("outcome", "what came of it: conclusion, recommendations", null=True),
        number("returns", "how many units sent their part to a review", null=True),
        choice("named_by", "how it came to its task: it names it (key), a selector takes it, or a link says so",
               Way, "actual.named_by", null=True),
        text("claims", "keys of the tasks that claim it by selectors or links, where several do", "actual.claims",
             null=True),
    ),
    objects=True,
    by_unit=True,
)

FIGURES = Table(
    "figures",
    "one row per number that the records print",
    ("unit", "name"),
    (
        text("unit", "whose number", names=Names.UNIT),
        text("task", "task of the record", null=True, names=Names.TASK),
        text("name", "what carries it: task and period, or the figure's own id"),
        text("written", "as it was written"),
        number("value", "the number"),
        choice("bound", "what the word before it says", Bound),
        text("counted", "what is counted", null=True),
        truth("round", "whether it ends in a zero or is below 100"),
        text("source", "section of the paper", null=True),
    ),
    by_unit=True,
)

SUMS = Table(
    "sums",
    "one row per number that is said to be made of parts",
    ("unit", "name"),
    (
        text("unit", "whose number", names=Names.UNIT),
        text("name", "what carries it"),
        number("total", "the number"),
        number("parts", "sum of its parts", null=True),
        number("difference", "total minus parts; null where a bound or a unit hides it", null=True),
        text("source", "section of the paper", null=True),
    ),
    by_unit=True,
)

DOCUMENTS = Table(
    "documents",
    "one row per numbered document",
    ("number",),
    (
        text("number", "number of the document"),
        text("issuer", "who issued it", null=True),
        day("date", "its day, as registered", null=True),
        number("dates", "how many different days are given for it"),
        number("titles", "how many different titles are given for it"),
        text("all_dates", "the different days, with where"),
        text("all_titles", "the different titles, with where"),
        number("cited", "how many times it is cited"),
    ),
)

NAMES = Table(
    "names",
    "one row per place name that a record writes",
    ("file", "written"),
    (
        text("file", "file in which it is written"),
        text("written", "the name as written"),
        choice("tier", "how closely it matches a unit", ("exact", "tone", "accents", "ambiguous", "none")),
        text("unit", "unit that it matches", null=True, names=Names.UNIT),
        text("unit_name", "official name of that unit", null=True),
    ),
)

FACTS = Table(
    "facts",
    "one row per fact held of a unit",
    ("unit", "fact"),
    (
        text("unit", "of whom", names=Names.UNIT),
        text("fact", "which fact"),
        text("source", "on whose word", null=True),
        day("review", "day to look again", null=True),
        number("days_past", "days since that day; 0 before it", null=True),
        text("counterpart", "who does the work instead", null=True, names=Names.UNIT),
    ),
    by_unit=True,
)

UNITS = Table(
    "units",
    "one row per unit that owes something",
    ("unit",),
    (
        text("unit", "which unit", names=Names.UNIT),
        text("unit_kind", "its kind"),
        number("owed", "obligations that have come due or are open"),
        day("last_date", "day of its last record", null=True),
        number("days_silent", "days since its last record, or since it first owed something"),
        number("pending", "of these, how many are not done: open, overdue, or unknown"),
    ),
    by_unit=True,
)

CLOSINGS = Table(
    "closings",
    "one row per plan that was closed",
    ("plan",),
    (
        text("plan", "number of the plan"),
        day("closed", "day as of which it is judged from then on"),
        day("known_by", "what was recorded later changes no published figure; null where none was frozen", null=True),
        text("document", "paper that closed it", null=True),
        number("late", "records of its tasks that came after the figures were published"),
        number("changes", "how many parts of what was published are not as they were"),
        text("changed", "what is not as it was published: promises, units, records, states, figures; empty if all is"),
    ),
    may_be_empty=True,
)

EDITS = Table(
    "edits",
    "one row per promise that an earlier version of a plan file made otherwise, with no decision on it",
    ("plan", "task", "what"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task, which may be gone"),
        choice("what", "what is otherwise", ("deleted", "due", "target")),
        text("before", "as it was written", null=True),
        text("after", "as it is written; null where the task is gone", null=True),
        day("day", "day of the commit that changed it"),
        truth("decided", "whether an entry under `amended:` speaks of it"),
    ),
    may_be_empty=True,
)

UNREPORTED = Table(
    "unreported",
    "one row per periodic report that is overdue",
    ("task", "unit", "period"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("unit", "who owes it", names=Names.UNIT),
        text("period", "period id", names=Names.PERIOD),
        day("due", "last day on which it was on time", null=True),
        number("deeds", "how many deeds its unit recorded in the days that it should cover"),
    ),
    may_be_empty=True,
    by_unit=True,
)

WAIVERS = Table(
    "waivers",
    "one row per waiver that has begun, after all rules on other tables ran",
    ("waiver",),
    (
        text("waiver", "id of the waiver"),
        text("about", "the rule whose findings it covers", names=Names.RULE),
        text("subject", "what it is about, as written"),
        text("document", "the paper that allows it"),
        day("expires", "last day on which it holds"),
        number("days_left", "days until that day; 0 on the day itself, negative after it"),
        number("findings", "how many findings it meets on the day, whether or not it still holds"),
        number("listed", "how many periods it lists; 1 for a finding that has none"),
        truth("broad", "whether its author knows that it covers many"),
    ),
    may_be_empty=True,
)

RULES = Table(
    "rules",
    "one row per other rule, after all of them ran",
    ("rule",),
    (
        text("rule", "which rule", names=Names.RULE),
        text("table", "the table that it judges", names=Names.TABLE),
        number("rows", "how many rows it had to speak of"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            STANDINGS, TASKS, ACTUALS, FIGURES, SUMS, DOCUMENTS, NAMES, FACTS, UNITS, CLOSINGS, EDITS,
            UNREPORTED, REMINDERS, OVERDUES, *EXTENTS, INDICATORS, COMPARISONS, IDENTITIES, AUDIENCES, GUIDANCE,
            WAIVERS, RULES,
        )
    },
)
