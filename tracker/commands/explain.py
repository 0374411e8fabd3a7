"""`tracker explain WHAT`: a rule, a finding by its fingerprint, an obligation by task:unit:period, or a task."""

from collections.abc import Iterator

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.lang import Words
from tracker.model.report import Report


@door.command("explain")
@click.argument("what", metavar="WHAT")
@door.shared
def command(
    request: door.Request,
    *,
    what: str,
) -> int:
    """Tell the story; exit code 2 where nothing has that name."""
    from tracker.run import newest, run

    project = door.load(request.folder)
    # The same day as the weekly page, whose last line says what to ask here.
    as_of = request.as_of or newest(project, door.today())[1]
    report = run(project, request.asked(project, request.plan_ids(project), as_of))
    door.tell(report.problems, request.say)
    story = [*_stories(what, report, request.say), "", door.both_days(report, request.say)]
    door.write("\n".join(story), request.output)
    return TROUBLE if report.problems else FINE


def _stories(what: str, report: Report, say: Words) -> Iterator[str]:
    from tracker.render.story import of_finding, of_rule, of_standing

    rule = next((rule for rule in report.rules if rule.id == what), None)
    finding = next((finding for finding in report.findings if finding.fingerprint == what), None)
    standings = [s for s in report.standings if _starts(":".join(s.obligation.key), what)]
    if rule is not None:
        yield from of_rule(rule, report, say)
    elif finding is not None:
        yield from of_finding(finding, report, say)
    elif standings:
        for number, standing in enumerate(standings):
            if number:
                yield ""
            yield from of_standing(standing, report.units, say)
    else:
        names = [rule.id for rule in report.rules] + [finding.fingerprint for finding in report.findings]
        names += [":".join(s.obligation.key) for s in report.standings]
        door.known([what], names, "what")


def _starts(key: str, what: str) -> bool:
    """Whether the key is what is asked for, or begins with it up to one of its colons."""
    return key == what or key.startswith(what + ":")
