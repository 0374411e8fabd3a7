"""What fills the slots of a sentence: cells of its finding, and what is counted over several of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from tracker.draft.writer import NAMED, Writer, levels_of, name_in_sentence, small
from tracker.lang.template import Template, read_template
from tracker.model.draft import Filled, Naming
from tracker.model.finding import Finding
from tracker.model.standing import State
from tracker.model.tables import TABLES
from tracker.model.unit import Unit
from tracker.render.visible import visible

_OF_UNITS = frozenset({"some_units", "units", "all_units"})


def figures(text: str, found: Sequence[Finding], writer: Writer, annex: str = "") -> tuple[Filled, ...]:
    """The filling of each slot of a sentence on these findings; `annex` is the label of the list of their units."""
    template = read_template(text)
    assert isinstance(template, Template), text
    columns = TABLES[found[0].table].by_name
    filled: list[Filled] = []
    for slot in template.slots:
        if slot in columns:
            filled.append(Filled(slot, visible(writer.cell(found[0].row.get(slot), columns[slot], found[0]))))
        elif slot not in _OF_UNITS:
            filled.append(Filled(slot, _counted(slot, found, writer)))
    if _OF_UNITS & set(template.slots):
        filled += _of_units(found, writer, annex)
    return tuple(filled)


def concerned(found: Sequence[Finding], writer: Writer) -> list[Unit]:
    """The units of these findings, in official order."""
    mine = {finding.row.get("unit") for finding in found}
    return [unit for id_, unit in writer.units.items() if id_ in mine]


def _counted(slot: str, found: Sequence[Finding], writer: Writer) -> str:
    """What is counted over several findings; empty where there is nothing to say."""
    say, rows = writer.say, [finding.row for finding in found]
    match slot:
        case "count":
            return say.counted(len(found))
        case "all":
            return say.counted(writer.report.saw.get(found[0].rule, len(found)))
        case "tasks":
            return say.counted(len({row.get("task") for row in rows} - {None}))
        case "longest":
            longest = max((days for row in rows if isinstance(days := row.get("days_late"), int)), default=0)
            return say.counted(longest) if longest > 0 else ""
        case _:
            return _main_area(found, writer)


def _main_area(found: Sequence[Finding], writer: Writer) -> str:
    """The area to which more than half of the findings belong, where they are of several."""
    areas = Counter((finding.row.get("plan"), finding.row.get("area")) for finding in found)
    (key, count), *others = areas.most_common(2)
    return small(writer.areas.get(key, "")) if others and 2 * count > len(found) else ""


def _of_units(found: Sequence[Finding], writer: Writer, annex: str) -> Iterator[Filled]:
    """The units by the quantifiers of reports, always with how many of how many."""
    say = writer.say
    mine = concerned(found, writer)
    if not mine:
        yield Filled("some_units", say("draft.nobody"))
        yield from (Filled(name, "") for name in ("units", "all_units"))
        return
    those = _those(found, mine, writer)
    names = [name_in_sentence(unit, say) for unit in mine]
    levels = levels_of(those, say)
    slots = {
        "group": say("draft.places" if levels else "draft.bodies"),
        "kind": levels or say("draft.bodies"),
        "units": say.counted(len(mine)),
        "all": say.counted(len(those)),
        "names": (", " if not any("," in name for name in names) else "; ").join(names),
        "annex": annex,
    }
    manner = _manner(len(mine), len(those), writer.naming, annex)
    text = say(f"draft.units.{_quantity(len(mine), len(those))}{manner}", **slots)
    yield Filled("some_units", visible(text))
    yield Filled("units", slots["units"])
    yield Filled("all_units", slots["all"])


def _manner(units: int, all_: int, naming: Naming, annex: str) -> str:
    """How they are named: in the sentence, by the list that stands behind it, or not at all."""
    if units == 1:
        return "_only" if all_ == 1 else ""
    if annex:
        return "_annex"
    return "_named" if naming is Naming.BODY or units <= NAMED else ""


def _those(found: Sequence[Finding], mine: Sequence[Unit], writer: Writer) -> list[Unit]:
    """The units of which these are some: all that owe one of the tasks spoken of, or anything where none is."""
    tasks = {finding.row.get("task") for finding in found} - {None}
    owing = {
        standing.obligation.unit.id
        for standing in writer.standings.values()
        if standing.obligation.applies and standing.state is not State.CANCELLED
        and (not tasks or standing.obligation.task.id in tasks)
    }  # fmt: skip
    all_ = owing.union(unit.id for unit in mine)
    return [unit for id_, unit in writer.units.items() if id_ in all_]


def _quantity(some: int, all_: int) -> str:
    """Which word reports use for so many of so many."""
    if some == 1:
        return "one"
    if some == all_:
        return "all"
    return "most" if some > NAMED and 2 * some >= all_ else "some"


def annexed(found: Sequence[Finding], writer: Writer) -> bool:
    """Whether the units are listed behind the paper instead of in the sentence; "all" needs no list."""
    mine = concerned(found, writer)
    match writer.naming:
        case Naming.BODY:
            return False
        case Naming.ANNEX:
            return len(mine) > 1
        case Naming.SHORT:
            return NAMED < len(mine) < len(_those(found, mine, writer))


def by_name(figures_: Sequence[Filled]) -> dict[str, str]:
    """What fills each slot, the first of a name."""
    return dict(chain.from_iterable([[(figure.name, figure.text)] for figure in reversed(figures_)]))
