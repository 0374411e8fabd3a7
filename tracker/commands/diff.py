"""`tracker diff A [B]`: what changed between two views, each with its cause."""

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.render.change import formats


@door.command("diff")
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", default="")
@door.sharing("folder", "hindsight", "plans", "units", "lang", "output")
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="text")
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    request: door.Request,
    *,
    before: str,
    after: str,
    format_: str,
    plain: bool,
    no_color: bool,
) -> int:
    """Compare two days, two revisions, or both; exit code 0 whatever changed, 2 where a side could not be read."""
    from tracker import since
    from tracker.change import change
    from tracker.render.change import renderer

    project = door.load(request.folder)
    today = door.today()
    later = since.point(after, today) if after else since.Point(today)
    asked = request.asked(project, request.plan_ids(project), today)
    now, troubles_now = since.view(request, asked, project, later)
    then, troubles = since.view(request, asked, project, since.point(before, now.asked.days.as_of))
    found = change(then, now)
    door.tell([*troubles, *(troubles_now or found.after.problems)], request.say)
    screen = door.screen(plain=plain, no_color=no_color, output=request.output)
    look = {"width": screen.width, "color": screen.color, "plain": screen.plain}
    door.write(renderer(format_)(found, request.say, **look), request.output)
    return TROUBLE if found.before.problems or found.after.problems else FINE
