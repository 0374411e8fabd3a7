"""A report that is owed each period: how many of those that came due were sent, in time or not, or are missing."""

from collections.abc import Sequence

from tracker.draft.matter import Matter, Told
from tracker.draft.over import named
from tracker.draft.pen import NOTHING, Said, joined, said
from tracker.model.standing import Receipt, Standing, State

_DONE = (State.DONE, State.DONE_LATE)
_FATES = (Receipt.ACCEPTED, Receipt.RESENT, Receipt.EMPTY)
"""What became of a report that came, where it is more than that."""
_NAMED, _LISTED = 3, 6
"""Up to so many units are named, up to so many periods listed."""
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
        "annual.rounds.sent_optional" if optional else "annual.rounds.sent",
        done=pen.count(len(done), "done"),
        due=pen.count(len(due), "due"),
        units=pen("annual.rounds.units", count=pen.count(len(units), "units")) if len(units) > 1 else NOTHING,
    )
    parts = [head]
    on_time = sum(one.state is State.DONE for one in done)
    if late and on_time:
        slots = {"on_time": pen.count(on_time, "on_time"), "late": pen.count(len(late), "late")}
        parts.append(pen("annual.rounds.timely", **slots))
    elif done:
        parts[0] = head + said(pen.say("annual.rounds.all_late" if late else "annual.rounds.all_timely"))
    fates = {receipt: [one for one in done if one.receipt is receipt] for receipt in _FATES}
    groups = {"unknown": unknown, "returned": returned, "missing": missing}
    groups |= {str(receipt): ones for receipt, ones in fates.items()}
    parts += [_group(key, ones, len(units), matter) for key, ones in groups.items() if ones]
    return joined(parts, "; ")


def _group(key: str, ones: Sequence[Standing], units: int, matter: Matter) -> Said:
    """So many reports of one fate; whose where there are several units, of which periods where there is one."""
    pen, of, who, which = matter.pen, {one.obligation.unit.id for one in ones}, NOTHING, NOTHING
    if units > 1:
        few = len(of) <= _NAMED
        who = pen(
            "annual.rounds.who" if few else "annual.rounds.who_count",
            count=pen.count(len(of), f"{key}_units"),
            names=matter.names(of, f"{key}_names") if few else NOTHING,
        )
    elif len(ones) <= _LISTED:
        periods = joined(said(named(one.obligation.period.id, pen.say), "period") for one in ones)
        which = pen("annual.rounds.which", periods=periods)
    return pen(f"annual.rounds.{key}", count=pen.count(len(ones), key), who=who, which=which)
