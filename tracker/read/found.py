"""What a run of reading has gathered so far. The only thing here that changes; it never leaves this package."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.model.actual import Actual, Event, Figure
from tracker.model.document import Document
from tracker.model.indicator import Indicator
from tracker.model.link import Link
from tracker.model.mapped import Mapped
from tracker.model.period import WorkCalendar
from tracker.model.plan import Plan, Regime
from tracker.model.rule import Rule
from tracker.model.sent import Sent
from tracker.model.share import Share
from tracker.model.source import Place, Problem
from tracker.model.unit import Group, Succession, Unit
from tracker.model.waiver import Waiver
from tracker.read.door import Source, with_excerpts
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar

if TYPE_CHECKING:
    from tracker.read.shelf import Shelf


class Reference(NamedTuple):
    """An id that somebody wrote, to be looked up when everything has been read."""

    wants: str
    """unit, unit-or-kind, plan, task or entry."""
    id: str
    at: Place
    width: int
    owner: tuple[str, str] = ("", "")
    """Kind and id of the record that names it."""
    key: str = ""
    """Under which field it names it."""


class Found:
    """Records, good and bad, of all files together."""

    def __init__(
        self, *, share: Share | None = None, renames: dict[str, str] | None = None, shelf: "Shelf | None" = None,
    ) -> None:
        self.units: list[Unit] = []
        self.plans: list[Plan] = []
        self.documents: list[Document] = []
        self.actuals: list[Actual] = []
        self.figures: list[Figure] = []
        self.indicators: list[Indicator] = []
        self.rules: list[Rule] = []
        self.regimes: dict[str, Regime] = {}
        """Those that stand beside the plans."""
        self.calendar = WorkCalendar()
        self.successions: list[Succession] = []
        self.groups: list[Group] = []
        self.events: list[Event] = []
        self.reminders: list[Sent] = []
        self.links: list[Link] = []
        self.problems: list[Problem] = []
        self.references: list[Reference] = []
        self.waivers: list[Waiver] = []
        self.share = share
        """Whose records are wanted; None = everybody's."""
        self.passed_over = False
        """Whether there are records that this share leaves to another."""
        self.renames = renames if renames is not None else {}
        """Ids that units, tasks and rules had before, with those that they have."""
        self.tables: list[Mapped] = []
        """How tables from elsewhere are written."""
        self.by_columns = False
        """Whether the records of large tables stay in columns (read.columnar.Typed)."""
        self.shelf = shelf
        """Where they lie between one run and the next, if anywhere."""
        self.bulk: list[Any] = []
        """Those that do."""
        self.seen: dict[str, dict[str, Place]] = {}
        """Kind of record to id to place; records that were dropped are known too: one fault makes one problem."""

    def claim(self, kind: str, id_: str, at: Place, width: int = 1) -> bool:
        """Whether this is the first record of its kind with this id; a second is a problem that names both places."""
        known = self.seen.setdefault(kind, {})
        first = known.setdefault(id_, at)
        if first == at:
            return True
        self.problems.append(Problem(at, f"reference-twice-{kind}", {"id": id_, "first": str(first)}, "", width))
        return False

    def rename(self, node: Node | None, new: str, kind: str, prefix: str = "") -> None:
        """Note the former ids under `formerly:` of a record. One that is still somebody's is told when all is read."""
        for scalar in scalars(node):
            old = scalar.text if not prefix or "/" in scalar.text else prefix + scalar.text
            self.renames[old] = new
            self.references.append(Reference("formerly", old, scalar.at, scalar.width, (kind, new), "formerly"))

    def of(self, kind: str) -> dict[str, Place]:
        """Ids of a kind that were seen anywhere, with their first places."""
        return self.seen.setdefault(kind, {})

    def add(self, problems: Iterable[Problem], source: Source) -> None:
        """Take problems of one file, with its lines; of a value that YAML itself refused, nothing more is said."""
        problems = tuple(problems)
        refused = {problem.place for problem in problems if problem.code.startswith("yaml-")}
        kept = (problem for problem in problems if problem.code.startswith("yaml-") or problem.place not in refused)
        self.problems += with_excerpts(kept, {source.file: source})

    def refer(self, wants: str, node: Node | None, owner: tuple[str, str] = ("", ""), key: str = "") -> None:
        """Note every id that stands in a value or list of values."""
        for scalar in scalars(node):
            self.references.append(Reference(wants, scalar.text, scalar.at, scalar.width, owner, key))


def scalars(node: Node | None) -> tuple[Scalar, ...]:
    """The values of a list, or the one value."""
    if isinstance(node, Scalar):
        return () if node.empty else (node,)
    return tuple(item for item in node.items if isinstance(item, Scalar)) if isinstance(node, Listing) else ()


def value(node: Node | None, *path: str) -> Node | None:
    """What stands under these keys; nothing where one of them is not there."""
    for key in path:
        if not isinstance(node, Keys) or key not in node.entries:
            return None
        node = node.entries[key][1]
    return node


def text(node: Node | None, *path: str) -> str:
    """The text under these keys; empty where there is none."""
    found = value(node, *path)
    return found.text if isinstance(found, Scalar) and not found.empty else ""


def places(node: Keys) -> dict[str, Place]:
    """Where each key stands."""
    return {key: scalar.at for key, (scalar, _) in node.entries.items()}


def problem(node: Node, refusal: Refusal) -> Problem:
    """A refusal at the place of a node."""
    return Problem(node.at, refusal.code, refusal.args, "", node.width if isinstance(node, Scalar) else 1)
