"""A report that is owed each period: how many of those that came due were sent, in time or not, or are missing."""

from tracker.draft.matter import Matter, Told
from tracker.draft.over import named
from tracker.draft.pen import NOTHING, Said, joined, said
from tracker.model.standing import State

_DONE = (State.DONE, State.DONE_LATE)
_APART = (State.EXEMPT, State.CANCELLED, State.UPCOMING)


def rounds(told: Told, matter: Matter) -> Said:
    """So many of so many due, then what is behind the difference; the parts add up to what came due."""
    pen, over = matter.pen, matter.over
    within = [
        one for one in told.standings
        if over.first <= one.obligation.period.first and one.obligation.period.last <= over.last
        and one.state not in _APART
    ]  # fmt: skip
    optional = told.task.optional
    due = [one for one in within if one.state is not State.OPEN or one.actuals]
    done = [one for one in due if one.state in _DONE]
    late = [one for one in done if one.state is State.DONE_LATE]
    unknown = [one for one in due if one.state is State.UNKNOWN and one.actuals]
    returned = [one for one in due if one.state not in _DONE and one.actuals and one not in unknown]
    missing = [one for one in due if not one.actuals]
    units = {one.obligation.unit.id for one in within}
    head = pen(
        "paper.rounds.sent_optional" if optional else "paper.rounds.sent",
        done=pen.count(len(done), "done"),
        due=pen.count(len(due), "due"),
        units=pen("paper.rounds.units", count=pen.count(len(units), "units")) if len(units) > 1 else NOTHING,
    )
    parts = [head]
    on_time = sum(one.state is State.DONE for one in done)
    if late and on_time:
        slots = {"on_time": pen.count(on_time, "on_time"), "late": pen.count(len(late), "late")}
        parts.append(pen("paper.rounds.timely", **slots))
    elif done:
        parts[0] = head + said(pen.say("paper.rounds.all_late" if late else "paper.rounds.all_timely"))
    for key, ones in (("unknown", unknown), ("returned", returned), ("missing", missing)):
        texts = {
            "unknown": "paper.rounds.unknown", "returned": "paper.rounds.returned", "missing": "paper.rounds.missing",
        }  # fmt: skip
        if ones:
            of = {one.obligation.unit.id for one in ones}
            who = NOTHING
            if len(units) > 1:
                few = len(of) <= 3
                who = pen(
                    "paper.rounds.who" if few else "paper.rounds.who_count",
                    count=pen.count(len(of), f"{key}_units"),
                    names=matter.names(of, f"{key}_names") if few else NOTHING,
                )
            periods = joined(said(named(one.obligation.period.id, pen.say), "period") for one in ones)
            which = pen("paper.rounds.which", periods=periods) if len(units) == 1 and len(ones) <= 6 else NOTHING
            parts.append(pen(texts[key], count=pen.count(len(ones), key), who=who, which=which))
    return joined(parts, "; ")
