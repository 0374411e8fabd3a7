"""`tracker status`: the weekly page."""

from datetime import date
from pathlib import Path

from tracker import door
from tracker.cli import FINE, TROUBLE


@door.command("status")
@door.shared
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    *,
    folder: Path | None,
    as_of: date | None,
    hindsight: bool,
    plans: tuple[str, ...],
    units: tuple[str, ...],
    lang: str,
    output: Path | None,
    plain: bool,
    no_color: bool,
) -> int:
    """Show where the plan stands: exit code 0 however it stands, 2 where input could not be read."""
    from tracker.render.page import render
    from tracker.run import Asked, closing, newest
    from tracker.stand import HORIZON_DAYS

    say = door.language(lang)
    project = door.load(folder)
    chosen = door.plan_ids(project, plans)
    chosen = chosen or newest(project, as_of or door.today())[0]
    as_of = as_of or closing(project, chosen, door.today())
    asked = Asked(
        door.days(as_of, hindsight=hindsight),
        chosen,
        door.known(units, (unit.id for unit in project.units), "unit"),
    )
    report = door.judged(project, asked)
    door.tell(report.problems, say)
    screen = door.screen(plain=plain, no_color=no_color, output=output)
    text = render(report, say, width=screen.width, color=screen.color, plain=screen.plain, horizon=HORIZON_DAYS)
    door.write(text, output)
    return TROUBLE if report.problems else FINE
