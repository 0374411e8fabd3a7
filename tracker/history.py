"""The lines of history.jsonl added up: what is open and for how long, how fast it closes, and the next line.

Written as data and never needed to judge: losing the file changes no verdict (docs/history.md). Ids that were renamed
are followed while adding up; the lines themselves are never rewritten.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import fmean, median
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.history import Counts, Life, Logged, Pace, Trend
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.standing import State

NO_RENAMES: Mapping[str, str] = MappingProxyType({})
_COUNTED = re.compile(r"(?P<part>.*?)(?P<number>#[0-9]+)?", re.DOTALL)


class Folded(NamedTuple):
    """All lines added up."""

    open: Mapping[str, Life]
    closed: Sequence[Life]
    """In the order in which they ended."""
    lives: Mapping[str, int]
    """How many lives each key has had: every key that any line had."""


def renamed(key: str, renames: Mapping[str, str]) -> str:
    """The fingerprint with every whole part (rule, task, unit) that was renamed; a part of a part is left alone.

    The number that tells findings of one name apart (#2) is no part of the name.
    """
    if not renames:
        return key
    match = _COUNTED.fullmatch(key)
    assert match is not None
    parts = [renames.get(part, part) for part in match["part"].split(":")]
    return ":".join(parts) + (match["number"] or "")


def fold(lines: Iterable[Logged], renames: Mapping[str, str] = NO_RENAMES) -> Folded:
    """Add the lines up. A key that is new twice, or resolved without being open, changes nothing the second time."""
    opened: dict[str, Life] = {}
    closed: list[Life] = []
    lives: Counter[str] = Counter()
    first_seen: dict[str, date] = {}
    for line in lines:
        owners = {renamed(key, renames): renames.get(owner, owner) for key, owner in line.owner_of.items()}
        for key in dict.fromkeys(renamed(key, renames) for key in line.resolved):
            life = opened.pop(key, None)
            if life is not None:
                closed.append(life._replace(until=line.as_of))
        for key in dict.fromkeys(renamed(key, renames) for key in (*line.new, *line.reopened)):
            if key not in opened:
                lives[key] += 1
                seen = first_seen.setdefault(key, line.as_of)
                opened[key] = Life(key, owners.get(key, ""), seen, line.as_of, number=lives[key])
    return Folded(opened, closed, lives)


def logged(
    report: Report,
    before: Sequence[Logged],
    *,
    commit: str = "",
    plans: tuple[str, ...] = (),
    units: tuple[str, ...] = (),
    renames: Mapping[str, str] = NO_RENAMES,
) -> Logged:
    """The line of a run behind these lines."""
    so_far = fold(before, renames)
    now = {finding.fingerprint: finding for finding in report.findings}
    fresh = sorted(set(now) - set(so_far.open))
    states = Counter(str(standing.state) for standing in report.standings)
    levels = Counter(str(finding.severity) for finding in report.findings)
    return Logged(
        report.as_of,
        report.known_by,
        commit,
        plans,
        units,
        {str(state): states[state] for state in State},
        dict(report.verdicts),
        _sorted(Counter(finding.rule for finding in report.findings)),
        {str(level): levels[level] for level in reversed(Severity)},
        _sorted(Counter(finding.owner for finding in report.findings if finding.owner)),
        tuple(key for key in fresh if key not in so_far.lives),
        tuple(sorted(set(so_far.open) - set(now))),
        tuple(key for key in fresh if key in so_far.lives),
        {key: now[key].owner for key in fresh if now[key].owner},
    )


def says_nothing_new(line: Logged, before: Sequence[Logged]) -> bool:
    """Whether the last line is of the same two days and says the same, so that this one need not be written."""
    if not before:
        return False
    last = before[-1]
    turned = line.new or line.resolved or line.reopened
    return (last.as_of, last.known_by) == (line.as_of, line.known_by) and last.counts == line.counts and not turned


def trend(lines: Sequence[Logged], renames: Mapping[str, str] = NO_RENAMES) -> Trend:
    """What the lines, at least one, say together."""
    folded = fold(lines, renames)
    still = sorted(folded.open.values(), key=lambda life: (life.since, life.key))
    runs = [
        line._replace(rules=_merged(line.rules, renames), owners=_merged(line.owners, renames)) for line in lines
    ]
    lives = [*still, *folded.closed]
    by_rule, by_owner = _paces(lives, lambda life: life.rule), _paces(lives, lambda life: life.owner)
    return Trend(runs, still, folded.closed, by_rule, by_owner)


def _paces(lives: Sequence[Life], name: Callable[[Life], str]) -> tuple[Pace, ...]:
    groups: dict[str, list[Life]] = {}
    for life in lives:
        groups.setdefault(name(life), []).append(life)
    return tuple(_pace(one, groups[one]) for one in sorted(groups, key=lambda one: (not one, one)))


def _pace(name: str, lives: Sequence[Life]) -> Pace:
    took = [life.days(life.until) for life in lives if life.until is not None]
    back = sum(life.number > 1 for life in lives)
    mean, middle = (fmean(took), float(median(took))) if took else (None, None)
    return Pace(name, len(lives) - len(took), len(took), back, mean, middle)


def _merged(counts: Counts, renames: Mapping[str, str]) -> Counts:
    """Counts by id under the names of today: what was renamed into one is added up."""
    found: Counter[str] = Counter()
    for name, count in counts.items():
        found[renames.get(name, name)] += count
    return _sorted(found)


def _sorted(counts: Counts) -> Counts:
    return dict(sorted(counts.items()))
