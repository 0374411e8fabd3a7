"""`tracker status`: the weekly page."""

from tracker import door
from tracker.cli import FINE, TROUBLE


@door.command("status")
@door.shared
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    request: door.Request,
    *,
    plain: bool,
    no_color: bool,
) -> int:
    """Show where the plan stands: exit code 0 however it stands, 2 where input could not be read."""
    from tracker.render.page import render
    from tracker.run import closing, newest, run
    from tracker.stand import HORIZON_DAYS

    project = door.load(request.folder)
    chosen = request.plan_ids(project) or newest(project, request.as_of or door.today())[0]
    as_of = request.as_of or closing(project, chosen, door.today())
    report = run(project, request.asked(project, chosen, as_of))
    door.tell(report.problems, request.say)
    screen = door.screen(plain=plain, no_color=no_color, output=request.output)
    size = {"width": screen.width, "horizon": HORIZON_DAYS}
    door.write(render(report, request.say, color=screen.color, plain=screen.plain, **size), request.output)
    return TROUBLE if report.problems else FINE
