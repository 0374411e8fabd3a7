"""Tables of how far the work went: which places it reached, what of a list it covered, what of a plan has figures."""

from tracker.model.table import Names, Table, choice, number, text, truth

COVERAGES = Table(
    "coverages",
    "one row per task that several territories owe, and per number of places that a record says it reached",
    ("task", "unit", "entry", "slug"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("title", "title of the task"),
        text("measure", "what the task counts, as a slug"),
        choice("told_by", "the obligations of each territory, or a number that one record gives", ("duties", "record")),
        text("unit", "whose record", null=True, names=Names.UNIT),
        text("entry", "which record", null=True),
        text("slug", "what that record counts, as a slug: huyen-thanh-pho; truong", null=True),
        text("counted", "what is counted: huyện, thành phố; trường"),
        number("asked", "how many the plan asks, or the record says it reached"),
        number("reached", "how many of these did it, or were reached"),
        number("named", "how many of these are named"),
        number("pending", "how many of those asked may still do it in time, or cannot be told"),
        number("below", "how many of those asked are past their day without having done what was promised"),
        number("unguided", "how many of `below` are past their day for guidance or inspection of the same plan too; "
               "null where the plan promises them none", null=True),
        number("total", "how many there are of that kind in the territory of the plan, the exempt left out; null where "
               "no unit is of it", null=True),
        text("below_units", "which are `below`", null=True, names=Names.UNITS),
    ),
    may_be_empty=True,
)

INSPECTIONS = Table(
    "inspections",
    "one row per plan under which territories were inspected, directly or indirectly",
    ("plan",),
    (
        text("plan", "number of the plan"),
        text("counted", "what is counted: huyện, thành phố"),
        number("total", "how many there are of that kind in the territory of the plan"),
        number("direct", "how many were inspected on the spot (mode: trực tiếp)"),
        number("indirect", "how many were inspected from afar alone (mode: gián tiếp)"),
        text("indirect_units", "which these are", null=True, names=Names.UNITS),
    ),
    may_be_empty=True,
)

ITEMS = Table(
    "items",
    "one row per task that lists what is to be covered",
    ("task",),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the task", names=Names.TASK),
        text("title", "title of the task"),
        number("items", "how many things the task lists"),
        number("covered", "how many of these some record covers"),
        text("left", "which no record covers", null=True),
        text("strange", "what records cover and the task does not list", null=True),
        truth("over", "whether nobody who owes it has time left"),
    ),
    may_be_empty=True,
)

AREAS = Table(
    "areas",
    "one row per area of a plan",
    ("plan", "area"),
    (
        text("plan", "number of the plan"),
        text("area", "key of the area"),
        text("heading", "its heading"),
        number("tasks", "how many tasks it has"),
        number("recorded", "how many of these have a record"),
        number("quantified", "how many of these have a record with a number, of things or of people"),
        truth("ended", "whether the plan was closed, or its period has passed"),
        text("next", "numbers of the plans of the next period under the same programme", null=True),
        number("continued", "how many of its tasks these continue; null where there is none", null=True),
    ),
    may_be_empty=True,
)

OVERLAPS = Table(
    "overlaps",
    "one row per pair of results that may count the same thing twice",
    ("task", "other", "unit", "other_unit"),
    (
        text("plan", "number of the plan"),
        text("task", "whole key of the one task", names=Names.TASK),
        text("title", "title of the one task"),
        text("unit", "who owes the one", names=Names.UNIT),
        text("first", "the one result as written, or its section where it has no number"),
        text("other", "whole key of the other task", names=Names.TASK),
        text("other_title", "title of the other task"),
        text("other_unit", "who owes the other", names=Names.UNIT),
        text("second", "the other result as written, or its section where it has no number"),
        choice("why", "one task whose records speak of two levels, one of them inside the other; or two tasks of one "
               "unit and plan with the same measure and audience in different sections", ("level", "section")),
    ),
    may_be_empty=True,
)

EXTENTS = (COVERAGES, INSPECTIONS, ITEMS, AREAS, OVERLAPS)
