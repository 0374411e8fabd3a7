"""`tracker status`: the weekly page."""

from typing import TYPE_CHECKING

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.progress import waiting

if TYPE_CHECKING:
    from tracker.model.change import Change
    from tracker.model.project import Project
    from tracker.run import Asked


@door.command("status")
@door.shared
@door.option("--since", key="since", metavar="WHEN")
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    request: door.Request,
    *,
    since: str | None,
    plain: bool,
    no_color: bool,
) -> int:
    """Show where the plan stands: exit code 0 however it stands, 2 where input could not be read."""
    from tracker.render.page import render
    from tracker.run import closing, newest, run
    from tracker.stand import HORIZON_DAYS

    if since is None:
        door.note(request)
    with waiting(request.say("check.waiting")):
        project = door.load(request.folder)
        chosen = request.plan_ids(project) or newest(project, request.as_of or door.today())[0]
        as_of = request.as_of or closing(project, chosen, door.today())
        asked = request.asked(project, chosen, as_of)
        changed = _changed(request, asked, project, since) if since else None
        report = changed.after if changed else run(project, asked)
    door.tell([*(changed.before.problems if changed and changed.label_before else ()), *report.problems], request.say)
    screen = door.screen(plain=plain, no_color=no_color, output=request.output)
    size = {"width": screen.width, "horizon": HORIZON_DAYS}
    page = render(report, request.say, color=screen.color, plain=screen.plain, change=changed, **size)
    door.write(page, request.output)
    return door.noted(TROUBLE if report.problems or (changed and changed.before.problems) else FINE)


def _changed(request: door.Request, asked: "Asked", project: "Project", written: str) -> "Change":
    """What is different from the earlier view that somebody names."""
    from tracker import since
    from tracker.change import View, change

    before, _ = since.view(request, asked, project, since.point(written, asked.days.as_of))
    return change(before, View(project, asked))
