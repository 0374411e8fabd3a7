"""`tracker explain`: the story of one obligation, finding or rule, down to the comparison that decided."""

from collections.abc import Iterator, Mapping, Sequence

from tracker.lang import Words
from tracker.match import verified
from tracker.model.actual import Actual, Step
from tracker.model.finding import Finding
from tracker.model.link import Way
from tracker.model.report import Report
from tracker.model.rule import Condition, Rule
from tracker.model.sent import Chased
from tracker.model.standing import Obligation, Receipt, Standing, State
from tracker.model.table import Table
from tracker.model.tables import STANDINGS, TABLES
from tracker.model.unit import Unit
from tracker.periods import deadline
from tracker.render.say import Speaker, cell
from tracker.render.visible import visible
from tracker.where import Checked, columns_of, read_condition, story


def of_rule(rule: Rule, report: Report, say: Words) -> Iterator[str]:
    """What the rule is, why, and what it found."""
    level, title = say(f"severity.{rule.severity}"), rule.title[say.code]
    yield say("explain.rule", rule=rule.id, severity=level, table=rule.on, title=title)
    yield say("explain.why", text=rule.why[say.code])
    yield say("explain.fix", text=rule.fix[say.code])
    if rule.scope is not None:
        yield say("explain.scope", text=visible(rule.scope.text))
    yield say("explain.where", text=visible(rule.where.text))
    if rule.basis:
        yield say("explain.basis", text=visible(rule.basis))
    found = [finding for finding in report.findings if finding.rule == rule.id]
    if rule.id in report.saw:
        yield say("explain.saw", rows=say.number(report.saw[rule.id]), count=say.number(len(found)))
    for finding in found[:10]:
        yield f"  {finding.fingerprint}"


def of_finding(finding: Finding, report: Report, say: Words) -> Iterator[str]:
    """What is wrong, what to do, and every comparison of the rule with the values that it saw."""
    rule = next(rule for rule in report.rules if rule.id == finding.rule)
    level, speaker = say(f"severity.{finding.severity}"), Speaker(report, say)
    yield say("explain.finding", rule=rule.id, severity=level, message=speaker.message(finding))
    yield f"  {finding.at}"
    yield say("explain.fix", text=speaker.remedy(rule))
    standing = next((s for s in report.standings if _is(finding, s)), None)
    if standing is not None:
        yield from _comparisons(rule, standing, report, say)
        yield ""
        yield from of_standing(standing, report.units, say)


def of_standing(standing: Standing, units: Mapping[str, Unit], say: Words) -> Iterator[str]:
    """Task, unit, period, day, records, and why this state."""
    obligation = standing.obligation
    task = obligation.task
    yield say("explain.task", task=visible(task.id), title=visible(task.title))
    yield "  " + say("explain.stated" if task.basis.stated else "explain.inferred", where=visible(task.basis.where))
    yield f"  {task.at}"
    yield say("explain.unit", unit=visible(obligation.unit.name))
    yield say("explain.period", period=say.period(obligation.period.id), starts=say.day(obligation.starts))
    yield from _deadline(obligation, say)
    if task.applies:
        yield _fact(standing, say)
    for key, other in (("carried_from", task.carried_from), ("carried_to", task.carried_to)):
        if other:
            yield say(f"explain.{key}", task=visible(other))
    if obligation.heir_of:
        yield say("explain.heir_of", units=", ".join(map(visible, obligation.heir_of)))
    yield from _records(standing, say)
    yield from _reminders(standing, units, say)
    state, window, evidence = (say(f"{k}.{v}") for k, v in _three(standing))
    yield say("explain.state", state=state, window=window, evidence=evidence)
    if standing.receipt is not Receipt.NONE:
        yield say("explain.receipt", receipt=say(f"receipt.{standing.receipt}"))
    if standing.days_late:
        yield say("explain.late", days=say.number(standing.days_late))
    if standing.days_late_first and standing.days_late_first != standing.days_late:
        yield say("explain.late_first", days=say.number(standing.days_late_first))
    if standing.reason:
        yield f"  {visible(standing.reason)}"


def _deadline(obligation: Obligation, say: Words) -> Iterator[str]:
    """The day, what it runs from, and every decision that moved it."""
    task = obligation.task
    if obligation.event:
        yield say("explain.case", event=visible(obligation.event))
    if obligation.waits:
        yield say("explain.waits", event=visible(obligation.waits))
    elif obligation.due is None:
        yield say("explain.no_due")
    else:
        yield say("explain.due" if obligation.due_stated else "explain.due_inferred", due=say.day(obligation.due))
    if task.optional:
        yield say("explain.optional")
    for one in task.amendments:
        due = deadline(one.due) if one.due else None
        what = [
            *([say("explain.moved_due", due=say.day(due))] if due else []),
            *([say("explain.moved_target", target=visible(one.target.text))] if one.target else []),
            *([say("explain.moved_added")] if one.added else []),
            *([say("explain.moved_cancelled")] if one.cancelled else []),
        ]
        paper, reason = visible(one.document or "–"), visible(one.reason)
        yield "  " + say("explain.moved", on=say.day(one.on), document=paper, what=", ".join(what), reason=reason)
    if obligation.first_due is not None and obligation.slip:
        first, slip = say.day(obligation.first_due), say.number(obligation.slip)
        yield "  " + say("explain.first_due", first=first, slip=slip)


def _three(standing: Standing) -> Sequence[tuple[str, str]]:
    return (("state", standing.state), ("window", standing.window), ("evidence", standing.evidence))


def _fact(standing: Standing, say: Words) -> str:
    obligation = standing.obligation
    verdict = {True: "explain.always", False: "explain.never", None: "explain.maybe"}[obligation.applies]
    fact = obligation.fact
    value = "?" if fact is None or fact.value is None else str(fact.value).upper()
    return say(
        "explain.fact",
        condition=visible(obligation.task.applies),
        verdict=say(verdict),
        fact=fact.name if fact else "?",
        value=value,
        source=visible(fact.source) if fact and fact.source else "?",
    )


def _records(standing: Standing, say: Words) -> Iterator[str]:
    if not standing.actuals:
        yield say("explain.no_actuals")
    for actual in standing.actuals:
        yield say("explain.actual", place=str(actual.at), when=_when(actual, say), what=_what(actual, standing, say))
        yield from _taken(actual, say)
    for actual in standing.surplus:
        yield say("explain.surplus", place=str(actual.at))
        yield from _taken(actual, say)
    for actual in standing.reasons:
        cause = say(f"sheet.cause.{actual.cause}") if actual.cause else say("explain.no_cause")
        slots = {"when": _when(actual, say), "cause": cause, "text": visible(actual.reason)}
        yield say("explain.why_not", place=str(actual.at), **slots)


def _when(actual: Actual, say: Words) -> str:
    when = say.day(actual.when.first)
    return when if actual.when.exact else f"{when} – {say.day(actual.when.last)}"


def _reminders(standing: Standing, units: Mapping[str, Unit], say: Words) -> Iterator[str]:
    """Every reminder that was logged; that there was none only where one was to be expected, and they are logged."""
    if standing.chased == Chased() and standing.state is State.OVERDUE:
        yield say("explain.no_reminders")
    for one in standing.chased.sent:
        by = units[one.by].name if one.by in units else one.by
        to = say("explain.reminder_to", unit=units[one.to].name) if one.to in units else ""
        how = say(f"channel.{one.how}") if one.how else ""
        more = ", ".join(filter(None, (to, f"{how} {one.doc}".strip(), one.note)))
        more = f" ({visible(more)})" if more else ""
        yield say("explain.reminder", place=str(one.at), day=say.day(one.on), by=visible(by), more=more)


def _taken(actual: Actual, say: Words) -> Iterator[str]:
    """How an entry that names no task came to this one."""
    taken = actual.taken
    if taken is None:
        return
    place = visible(str(taken.at))
    if taken.way is Way.SELECTOR or taken.on is None:
        yield "    " + say("explain.by_selector", place=place)
    else:
        slots = {"by": visible(taken.by), "on": say.day(taken.on), "place": place}
        if taken.score is None:
            yield "    " + say("explain.by_link", **slots)
        else:
            yield "    " + say("explain.by_link_scored", score=str(taken.score), **slots)


def _what(actual: Actual, standing: Standing, say: Words) -> str:
    if actual.step is not Step.SENT:
        return say(f"step.{actual.step}")
    quantities = [q.text or say.number(q.value) for q in (actual.quantity, actual.people) if q]
    named = [*quantities, *([actual.doc] if actual.doc else [])]
    enough = verified(actual, standing.obligation.task.evidence)
    return ", ".join([*map(visible, named), say("explain.shown" if enough else "explain.claimed")])


def _comparisons(rule: Rule, standing: Standing, report: Report, say: Words) -> Iterator[str]:
    from tracker.check import cells_of

    for heading, condition in (("explain.scope", rule.scope), ("explain.where", rule.where)):
        checked = _read(condition, STANDINGS)
        if condition is None or checked is None:
            continue
        yield say(heading, text=visible(condition.text))
        values = cells_of(standing, STANDINGS, columns_of(checked))
        for comparison in story(checked, values):
            verdict = {True: "explain.true", False: "explain.false", None: "explain.null"}[comparison.verdict]
            shown = ", ".join(
                f"{name} = {visible(cell(value, STANDINGS.by_name[name], report.units, say))}"
                for name, value in comparison.values.items()
            )
            mark = say("explain.decides") if comparison.decides else ""
            said = say("explain.comparison", text=visible(comparison.text), verdict=say(verdict), values=shown)
            yield f"{said} {mark}".rstrip()


def _read(condition: Condition | None, table: Table) -> Checked | None:
    read = read_condition(condition.text, table.by_name) if condition else None
    return read if isinstance(read, Checked) else None


def _is(finding: Finding, standing: Standing) -> bool:
    if TABLES[finding.table] is not STANDINGS:
        return False
    return standing.obligation.key == tuple(finding.row[name] for name in STANDINGS.key)
