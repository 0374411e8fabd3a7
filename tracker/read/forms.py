"""What the files that people write may hold, as forms: taken from the shapes and key lists that reading itself uses."""

from collections.abc import Mapping, Sequence

from tracker.model.actual import Step
from tracker.model.cause import CauseKind
from tracker.model.form import Either, Fields, Form, Named, Several, Value
from tracker.model.sent import Channel
from tracker.model.tables import TABLES
from tracker.read.formats import ENTRY_KEYS, EVENT_KEYS, FIGURE_KEYS, REMINDER_KEYS
from tracker.read.mapping import CHOICES as MAPPED
from tracker.read.rules import EXPECTED
from tracker.read.settings import CHOICES
from tracker.read.shapes.kinds import Shape, form_of

TEXT = Value("text")
_CAUSE = Value("word", tuple(map(str, CauseKind)))
_ONE_OR_MORE = {"parts": "amount", "units": "slug", "reach": "amount", "items": "text", "periods": "period"}
"""Keys of records that take a list."""
_WRITTEN = {
    "date": "span", "recorded": "day", "period": "period", "unit": "slug", "quantity": "amount", "people": "amount",
    "id": "slug", "corrects": "entry", "withdraws": "entry", "empty": "truth", "case": "slug", "event": "slug",
    "returns": "amount", "indicator": "slug", "by": "slug", "to": "slug",
}  # fmt: skip
"""How the values of records are written, where not as any text; tests/test_schema.py holds it to the reader."""


def forms() -> Mapping[str, Fields]:
    """The form of each kind of file, by the name under which `tracker schema` gives it."""
    from tracker.read.shapes.documents import DocumentShape
    from tracker.read.shapes.indicators import IndicatorShape
    from tracker.read.shapes.regimes import DayOffShape, RegimeShape
    from tracker.read.shapes.units import GroupShape, SuccessionShape, UnitShape

    units = {
        "units": _list_of(UnitShape),
        "successions": _list_of(SuccessionShape),
        "groups": _list_of(GroupShape),
    }
    regimes = Named(form_of(RegimeShape), Value("text"))
    return {
        "plan": _plan(),
        "units": Fields("units_file", units, ("units",)),
        "documents": Fields("documents_file", {"documents": _list_of(DocumentShape)}, ("documents",)),
        "regimes": Fields("regimes_file", {"regimes": regimes}, ("regimes",)),
        "calendar": Fields("calendar_file", {"calendar": _list_of(DayOffShape)}, ("calendar",)),
        "indicators": Fields("indicators_file", {"indicators": _list_of(IndicatorShape)}, ("indicators",)),
        "actuals": _actuals(),
        "tables": _tables(),
        "rules": _rule(),
        "waivers": _waivers(),
        "settings": _settings(),
    }


def _plan() -> Fields:
    from tracker.read.shapes.plans import AmendedShape, PlanShape, TaskShape

    head = form_of(PlanShape)
    lists = {"tasks": _list_of(TaskShape), "amended": _list_of(AmendedShape)}
    return head._replace(keys={**head.keys, **lists})


def _rule() -> Fields:
    from tracker.read.shapes.rules import RuleShape

    head = form_of(RuleShape)
    marked = Fields("example", {"_": Value("word", EXPECTED)}, ("_",), Value("cell"))
    own: dict[str, Form] = {"on": Value("word", tuple(TABLES)), "examples": Several(marked, blank=True)}
    return head._replace(keys={**head.keys, **own})


def _actuals() -> Fields:
    from tracker.read.shapes.links import LinkShape

    lists: dict[str, Form] = {
        "entries": _records("entry", ENTRY_KEYS, ("date",)),
        "figures": _records("figure", FIGURE_KEYS, ("id", "title", "quantity", "date")),
        "events": _records("event", EVENT_KEYS, ("id", "event", "date")),
        "reminders": _records("reminder", REMINDER_KEYS, ("date",)),
        "links": _list_of(LinkShape),
    }
    return Fields("log", {"unit": Value("slug"), **lists})


def _tables() -> Fields:
    named = Value("word", ENTRY_KEYS)
    words: dict[str, Form] = {key: Value("word", tuple(known)) for key, known in MAPPED.items()}
    mapped: dict[str, Form] = {
        "files": Several(TEXT, alone=True),
        "sql": Fields("sql", {"source": TEXT, "query": TEXT}, ("source", "query")),
        "columns": Named(Either((named, Value("nothing"))), TEXT),
        "constants": Named(TEXT, named),
        "values": Named(Named(Value("cell"), TEXT), named),
        **words,
    }
    return Fields("tables_file", {"tables": Several(Fields("mapped", mapped), blank=True)}, ("tables",))


def _records(name: str, keys: Sequence[str], required: tuple[str, ...]) -> Several:
    fields: dict[str, Form] = {}
    for key in keys:
        if key in _ONE_OR_MORE:
            fields[key] = Several(Value(_ONE_OR_MORE[key]), alone=True)
        elif key == "step":
            fields[key] = Value("word", tuple(map(str, Step)))
        elif key == "cause":
            fields[key] = _CAUSE
        elif key == "how":
            fields[key] = Value("word", tuple(map(str, Channel)))
        elif key == "date" and name in {"event", "reminder"}:
            fields[key] = Value("day")
        else:
            fields[key] = Value(_WRITTEN.get(key, "text"))
    return Several(Fields(name, fields, required), blank=True)


def _waivers() -> Fields:
    slug, day = Value("slug"), Value("day")
    keys: dict[str, Form] = {
        "id": slug, "rule": slug, "subject": TEXT, "periods": Several(Value("period"), alone=True), "reason": TEXT,
        "cause": _CAUSE, "document": TEXT, "approved_by": TEXT, "issued": day, "expires": day, "broad": Value("truth"),
    }  # fmt: skip
    needed = tuple(key for key in keys if key not in {"periods", "broad", "cause"})
    return Fields("waivers_file", {"waivers": Several(Fields("waiver", keys, needed), blank=True)}, ("waivers",))


def _settings() -> Fields:
    own: dict[str, Form] = {key: Value("word", words) for key, words in CHOICES.items()}
    return Fields("settings", {**own, "time_zone": Value("zone"), "waiver_days": Value("count")})


def _list_of(shape: type[Shape]) -> Several:
    return Several(form_of(shape), blank=True)
