"""Footnotes with the arithmetic, and the lists of units behind the paper."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.draft.causes import chased
from tracker.draft.figures import by_name, concerned, figures
from tracker.draft.template import filled
from tracker.draft.writer import Writer, name_in_sentence
from tracker.model.draft import Annex, Filled, Ground, Note
from tracker.model.finding import Finding
from tracker.model.rule import Rule
from tracker.model.standing import State
from tracker.render.say import Speaker
from tracker.render.visible import visible

_BROKEN_DOWN = range(2, 7)
"""Into so many tasks a count is broken down in a footnote."""


def footnote(rule: Rule, found: Sequence[Finding], counted: str, writer: Writer) -> Note | None:
    """What the rule writes of each finding, or else how a count over several tasks is made up; and who was reminded."""
    return _with_reminders(_footnote(rule, found, counted, writer), found, writer)


def _with_reminders(note: Note | None, found: Sequence[Finding], writer: Writer) -> Note | None:
    """The note with the reminders that were logged of what is overdue: a fact, which no sentence above it judges."""
    standings = [one for one in map(writer.standing, found) if one is not None and one.state is State.OVERDUE]
    told = chased(standings, writer.say)
    if not told:
        return note
    text = writer.say("draft.chased", **told)
    figures = tuple(Filled(f"chased_{name}", value) for name, value in told.items())
    grounds = (
        Ground(":".join(("reminder", *one.obligation.key)), tuple(dict.fromkeys(sent.at for sent in one.chased.sent)))
        for one in standings
        if one.chased.sent
    )
    before = note or Note("", ())
    return before._replace(
        text=f"{before.text} {text}".strip(),
        figures=(*before.figures, *figures),
        grounds=(*before.grounds, *grounds),
    )


def _footnote(rule: Rule, found: Sequence[Finding], counted: str, writer: Writer) -> Note | None:
    text = rule.limitation.get("footnote", "")
    if text:
        slots = [figures(text, [finding], writer) for finding in found]
        lines = [visible(filled(text, by_name(one))).rstrip(".") for one in slots]
        named = [
            figure._replace(name=figure.name if len(found) == 1 else f"{figure.name}_{number}")
            for number, one in enumerate(slots, 1)
            for figure in one
        ]
        return Note(f"{'; '.join(lines)}.", tuple(named))
    titles = {standing.obligation.task.id: standing.obligation.task.title for standing in writer.standings.values()}
    tasks = Counter(str(finding.row["task"]) for finding in found if finding.row.get("task") in titles)
    if not counted or tasks.total() != len(found) or len(tasks) not in _BROKEN_DOWN:
        return None
    parts = [(visible(titles[task]).rstrip(". "), writer.say.counted(count)) for task, count in tasks.items()]
    # One of each: the list says it all.
    single = len(tasks) == len(found)
    said = [title if single else writer.say("draft.part", title=title, count=count) for title, count in parts]
    named = [] if single else [Filled(f"part_{number}", count) for number, (_, count) in enumerate(parts, 1)]
    named += [Filled(f"title_{number}", title) for number, (title, _) in enumerate(parts, 1)]
    return Note(writer.say("draft.made_up", count=counted, parts="; ".join(said)), (Filled("count", counted), *named))


def listed(rule: Rule, key: str, found: Sequence[Finding], writer: Writer) -> Annex:
    """Who it is and what of each: one row a unit, in official order."""
    say = writer.say
    speaker = Speaker(writer.report, say)
    rows = []
    for number, unit in enumerate(concerned(found, writer), 1):
        mine = [finding for finding in found if finding.row.get("unit") == unit.id]
        said = [speaker.message(finding).removeprefix(unit.name).strip(" :.") for finding in mine]
        what = _what(mine, writer) or "; ".join(dict.fromkeys(said))
        rows.append((str(number), visible(name_in_sentence(unit, say)), say.counted(len(mine)), what))
    head = tuple(say(f"draft.annex.{name}") for name in ("number", "unit", "count", "what"))
    return Annex(key, visible(rule.title[say.code]), head, tuple(rows), counts=(0, 2))


def _what(found: Sequence[Finding], writer: Writer) -> str:
    """The tasks with their periods; nothing where a finding speaks of no obligation."""
    periods: dict[str, list[str]] = {}
    for finding in found:
        standing = writer.standing(finding)
        if standing is None:
            return ""
        periods.setdefault(standing.obligation.task.title, []).append(standing.obligation.period.id)
    return "; ".join(
        visible(f"{title} ({runs(ids, writer)})") for title, ids in periods.items()
    )  # fmt: skip


def runs(periods: Iterable[str], writer: Writer) -> str:
    """Periods in words, months and quarters that follow one another as one run."""
    say, ordered = writer.say, sorted(set(periods))
    groups: list[list[str]] = []
    for one in ordered:
        if groups and _follows(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    said = []
    for group in groups:
        first, last = say.period(group[0]), say.period(group[-1])
        said.append(first if first == last else say("draft.run", first=first.partition("/")[0], last=last))
    return ", ".join(said)


def _follows(before: str, after: str) -> bool:
    """Whether a month or quarter is the next of the same year."""
    (year, _, part), (same, _, next_) = before.partition("-"), after.partition("-")
    part, next_ = part.removeprefix("Q"), next_.removeprefix("Q")
    alike = year == same and before.count("Q") == after.count("Q") and before.count("-") == after.count("-") == 1
    return alike and part.isdecimal() and next_.isdecimal() and int(next_) == int(part) + 1
