"""`tracker check`: every finding, for a person or for CI."""

import click

from tracker import door
from tracker.render.findings import formats

LEVELS = ("error", "warning", "note", door.NEVER)


@door.command("check")
@door.shared
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="text")
@door.option("--fail-on", key="fail_on", type=click.Choice(LEVELS), default="error", show_default=True)
@door.option("--select", key="select", metavar="RULE", multiple=True)
@door.option("--ignore", key="ignore", metavar="RULE", multiple=True)
def command(
    request: door.Request,
    *,
    format_: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> int:
    """Judge everything that is in force and print what breaks a rule."""
    from tracker.render.findings import renderer
    from tracker.run import run

    project = door.load(request.folder)
    wanted, unwanted = door.split(select), door.split(ignore)
    door.patterns(project, (*wanted, *unwanted))
    plans = request.plan_ids(project)
    asked = request.asked(project, plans, request.as_of, select=wanted or ("*",), ignore=unwanted)
    report = run(project, asked)
    door.tell(report.problems, request.say)
    door.write(renderer(format_)(report, request.say), request.output)
    return door.exit_code(report, fail_on)
