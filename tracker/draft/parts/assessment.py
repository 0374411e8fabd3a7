"""Part II.1: counts and rates in place of adjectives, and those of the year before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.draft.matter import Matter, plan_ground
from tracker.draft.pen import NOTHING, Said, block, joined, resting, said
from tracker.model.paper import Block, Role
from tracker.model.plan import Plan
from tracker.model.standing import Standing, State

_DONE = (State.DONE, State.DONE_LATE)
_APART = (State.EXEMPT, State.CANCELLED)


class Before(NamedTuple):
    """The plan of the year before, as it stood when it was over."""

    plan: Plan
    standings: Sequence[Standing]


class Rate(NamedTuple):
    """Done, of what came due and of all that has a deadline (design 4.3): the first is what officials publish."""

    done: int
    ended: int
    all: int
    unknown: int


def rate(standings: Sequence[Standing]) -> Rate:
    """Of these obligations; exempt and cancelled ones are no part of either figure, unknown ones not of the first."""
    due = [one for one in standings if one.obligation.due is not None and one.state not in _APART]
    done = sum(one.state in _DONE for one in due)
    overdue = sum(one.state is State.OVERDUE for one in due)
    return Rate(done, done + overdue, len(due), sum(one.state is State.UNKNOWN for one in due))


def assessment(matter: Matter, before: Before | None) -> Iterator[Block]:
    """What was reached, in numbers that add up."""
    pen = matter.pen
    own = [one for one in matter.report.standings if one.obligation.plan.id == matter.plan.id]
    rests = resting([plan_ground(matter.plan)])
    yield block("II.1", Role.HEADING, pen("annual.part.reached"), "1")
    if not own:
        yield block("II.1/nothing", Role.TEXT, rests + pen("annual.assess.nothing"))
        return
    yield block("II.1/counts", Role.TEXT, rests + _counts(own, matter))
    if not matter.over.whole:
        yield block("II.1/period", Role.TEXT, rests + _of_the_period(own, matter))
    yield block("II.1/rates", Role.TEXT, rests + _rates(own, matter))
    yield block("II.1/tasks", Role.TEXT, rests + _tasks(matter))
    above = [one for one in matter.report.standings if one.obligation.plan.id != matter.plan.id]
    if above and matter.programme is not None:
        yield block("II.1/programme", Role.TEXT, resting([plan_ground(matter.programme)]) + _above(above, matter))
    if matter.over.whole:
        yield block("II.1/before", Role.TEXT, rests + _before(rate(own), before, matter))


def _counts(own: Sequence[Standing], matter: Matter) -> Said:
    pen = matter.pen
    return pen(
        "annual.assess.counts",
        plan=matter.plan_name(matter.plan),
        tasks=pen.count(len(matter.plan.tasks), "tasks"),
        all=pen.count(len(own), "all"),
        day=pen.day(matter.report.as_of, "as_of"),
        states=_states(own, matter),
    )


def _states(standings: Sequence[Standing], matter: Matter) -> Said:
    """How many in each state, in the words of the official split; they add up to all."""
    counted = Counter(one.state for one in standings)
    return joined(
        (
            _state(counted[state], state, matter)
            for state in State
            if counted[state]
        ),
        "; ",
    )


def _state(count: int, state: State, matter: Matter) -> Said:
    pen = matter.pen
    return pen("annual.assess.state", count=pen.count(count, str(state)), state=pen.say(f"annual.state.{state}"))


def _of_the_period(own: Sequence[Standing], matter: Matter) -> Said:
    """What came due in these days alone."""
    pen, over = matter.pen, matter.over
    due = [one for one in own if one.obligation.due is not None and over.opens <= one.obligation.due <= over.end]
    due = [one for one in due if one.state not in _APART]
    if not due:
        return pen("annual.assess.none_due")
    return pen("annual.assess.period", count=pen.count(len(due), "due"), states=_states(due, matter))


def _rates(own: Sequence[Standing], matter: Matter) -> Said:
    pen, of = matter.pen, rate(own)
    if not of.all:
        return pen("annual.assess.no_deadlines")
    slots = {
        "done": pen.count(of.done, "done"), "ended": pen.count(of.ended, "ended"), "all": pen.count(of.all, "all"),
        "share_all": pen.share(of.done, of.all, "share_all"),
    }  # fmt: skip
    if of.ended:
        text = pen("annual.assess.rates", share=pen.share(of.done, of.ended, "share"), **slots)
    else:
        text = pen("annual.assess.rates_none_due", **slots)
    return text + (pen("annual.assess.unknown", count=pen.count(of.unknown, "unknown")) if of.unknown else NOTHING)


def _tasks(matter: Matter) -> Said:
    """By task: done by all who owe it, begun, not begun; and those that are never "done"."""
    whole = part = open_ = endless = 0
    for told in matter.told.values():
        if told.task.plan != matter.plan.id:
            continue
        owed = [one for one in told.standings if one.state not in _APART]
        with_due = [one for one in owed if one.obligation.due is not None]
        if not with_due:
            endless += 1
        elif all(one.state in _DONE for one in with_due):
            whole += 1
        elif any(one.state in _DONE for one in with_due):
            part += 1
        else:
            open_ += 1
    pen = matter.pen
    texts = {
        "whole": ("annual.assess.tasks_whole", whole, True), "part": ("annual.assess.tasks_part", part, part > 0),
        "open": ("annual.assess.tasks_open", open_, open_ > 0),
        "endless": ("annual.assess.tasks_endless", endless, endless > 0),
    }  # fmt: skip
    with_deadline = pen.count(whole + part + open_, "with_deadline")
    parts = [pen(key, count=pen.count(n, name), all=with_deadline) for name, (key, n, told) in texts.items() if told]
    return pen("annual.assess.tasks", parts=joined(parts, "; "))


def _above(above: Sequence[Standing], matter: Matter) -> Said:
    assert matter.programme is not None
    pen = matter.pen
    return pen(
        "annual.assess.programme",
        programme=matter.plan_name(matter.programme),
        all=pen.count(len(above), "all"),
        states=_states(above, matter),
    )


def _before(now: Rate, before: Before | None, matter: Matter) -> Said:
    """Against the year before, in points of the rate that officials publish."""
    from decimal import Decimal

    from tracker.render.say import rounded

    pen = matter.pen
    if before is None:
        return pen("annual.assess.no_before")
    then = rate(before.standings)
    slots = {"plan": matter.plan_name(before.plan)}
    if not then.ended or not now.ended:
        return resting([plan_ground(before.plan)]) + pen("annual.assess.before_none_due", **slots)
    # Each is rounded as it is printed, so that whoever subtracts them finds the difference that stands there.
    shares = [rounded(Decimal(one.done * 100) / one.ended) for one in (now, then)]
    points = Decimal(shares[0]) - Decimal(shares[1])
    if not points:
        change = pen("annual.assess.same")
    else:
        key = "annual.assess.up" if points > 0 else "annual.assess.down"
        change = pen(key, points=said(pen.say.number(rounded(abs(points))), "points"))
    slots |= {
        "done": pen.count(then.done, "done"), "ended": pen.count(then.ended, "ended"),
        "share": pen.share(then.done, then.ended, "share"), "change": change,
    }  # fmt: skip
    return resting([plan_ground(before.plan)]) + pen("annual.assess.before", **slots)
