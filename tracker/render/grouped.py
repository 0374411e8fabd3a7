"""Findings in their thousands, for a person: by rule, territory and period with counts, the worst first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tracker.model.finding import Finding
from tracker.model.rule import Severity
from tracker.model.unit import Unit
from tracker.render.say import Speaker
from tracker.render.visible import visible

MANY = 500
"""So many lines are told one by one."""
_TERRITORIES = 40
"""The deepest level of territories is taken that has no more: 34 provinces, or the districts of one."""
_PERIODS = 12
"""Of more periods, years are told."""
_LINES = 8
"""Groups of one rule that are told; of the rest, how many there are."""


def grouped(findings: Sequence[Finding], speaker: Speaker) -> Iterator[str]:
    """The rules with most findings of the worst level first, and of each its largest groups; then how to see each."""
    say = speaker.say
    above = _territories(findings, speaker.units)
    year = len({finding.row.get("period") for finding in findings}) > _PERIODS
    groups: dict[tuple[Severity, str], Counter[tuple[str, str]]] = {}
    for finding in findings:
        period = str(finding.row.get("period") or "")
        where = (above.get(str(finding.row.get("unit") or ""), ""), period[:4] if year else period)
        groups.setdefault((finding.severity, finding.rule), Counter())[where] += 1
    order = {id_: number for number, id_ in enumerate(("", *speaker.units))}
    ranked = sorted(groups.items(), key=lambda group: (-group[0][0].rank, -group[1].total(), group[0][1]))
    for (severity, id_), counts in ranked:
        rule = speaker.rules.get(id_)
        title = visible(rule.title[say.code]) if rule else ""
        slots = {"severity": say(f"severity.{severity}"), "rule": id_, "title": title}
        yield say("formats.group", count=say.number(counts.total()), **slots)
        lines = sorted(counts.items(), key=lambda line: (-line[1], order[line[0][0]], line[0][1]))
        shown = lines if len(lines) <= _LINES + 1 else lines[:_LINES]
        wide = len(say.number(lines[0][1]))
        yield from (f"  {say.number(count):>{wide}}  {_where(*where, speaker)}" for where, count in shown)
        if len(shown) < len(lines):
            rest = lines[len(shown) :]
            left = say.number(sum(count for _, count in rest))
            yield f"  {say('formats.group_rest', groups=say.number(len(rest)), count=left)}"
        if rule:
            yield f"  → {speaker.remedy(rule)}"
        yield ""
    yield say("formats.group_each", count=say.number(len(findings)))
    yield ""


def _where(territory: str, period: str, speaker: Speaker) -> str:
    """A territory by its name, and a period in words; what is of no unit says so."""
    unit = speaker.units.get(territory)
    name = visible(unit.name) if unit else speaker.say("formats.group_whole")
    return f"{name}, {speaker.say.period(visible(period))}" if period else name


def _territories(findings: Sequence[Finding], units: Mapping[str, Unit]) -> Mapping[str, str]:
    """For each unit of a finding the territory under which it is counted."""
    named = {str(finding.row.get("unit") or "") for finding in findings}
    above = {id_: _upwards(id_, units) for id_ in named & units.keys()}
    depth = 0
    deepest = max(map(len, above.values()), default=0)
    while depth + 1 < deepest and len({_at(chain, depth + 1) for chain in above.values()}) <= _TERRITORIES:
        depth += 1
    return {id_: _at(chain, depth) for id_, chain in above.items()}


def _at(chain: Sequence[str], depth: int) -> str:
    return chain[min(depth, len(chain) - 1)]


def _upwards(id_: str, units: Mapping[str, Unit]) -> list[str]:
    """From the highest territory down to that of the unit; an organisation counts where it serves."""
    chain: list[str] = []
    here = units.get(id_)
    while here is not None and here.id not in chain:
        over = units.get(here.serves) if here.serves else None
        if over is None:
            chain.append(here.id)
            over = units.get(here.parent)
        here = over
    return chain[::-1] or [id_]
