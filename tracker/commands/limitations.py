"""`tracker limitations`: the draft of "Một số hạn chế và nguyên nhân", every sentence with what it rests on."""

import click

from tracker import door, papers
from tracker.cli import FINE


@door.command("limitations")
@door.shared
@papers.options
def command(request: door.Request, *, wish: papers.Wish) -> int:
    """Write the draft; none where something could not be read (exit code 2): its figures would be too small."""
    from tracker.draft import section
    from tracker.run import run

    project = door.load(request.folder)
    report = run(project, request.asked(project, request.plan_ids(project), request.as_of))
    if report.problems:
        door.tell(report.problems, request.say)
        raise click.UsageError(request.say("usage.draft_unread"))
    if report.faults:
        raise report.faults[0]
    papers.put(section(report, request.say), request, wish)
    return FINE
