"""`tracker limitations`: the draft of "Một số hạn chế và nguyên nhân", every sentence with what it rests on."""

import click

from tracker import door
from tracker.cli import FINE
from tracker.render.paper import formats


@door.command("limitations")
@door.shared
@door.option("-f", "--format", "format_", key="format", type=click.Choice(formats()), default="md", show_default=True)
@door.option("--trace", "trace", key="trace", is_flag=True)
def command(
    request: door.Request,
    *,
    format_: str,
    trace: bool,
) -> int:
    """Write the draft; none where something could not be read (exit code 2): its figures would be too small."""
    from tracker.draft import section
    from tracker.render.paper import Look, renderer
    from tracker.run import run

    project = door.load(request.folder)
    report = run(project, request.asked(project, request.plan_ids(project), request.as_of))
    if report.problems:
        door.tell(report.problems, request.say)
        raise click.UsageError(request.say("usage.draft_unread"))
    if report.faults:
        raise report.faults[0]
    data = renderer(format_)(section(report, request.say), Look(request.say, trace))
    door.write_bytes(data, request.output)
    return FINE
