"""`tracker close PLAN`: close a plan and freeze what is published of it."""

from collections.abc import Sequence
from datetime import date

import click

from tracker import append, door
from tracker.cli import FINE
from tracker.lang import Words
from tracker.model.plan import Close, Plan


@door.command("close")
@click.argument("plan", metavar="PLAN")
@door.sharing("folder", "lang")
@door.option("--on", "on", key="close_on", metavar="DATE", type=door.Day())
@door.option("--known-by", "known_by", key="close_known_by", metavar="DATE", type=door.Day())
@door.option("--document", key="close_document", metavar="TEXT", required=True)
@door.option("--yes", key="yes", is_flag=True)
def command(
    request: door.Request,
    *,
    plan: str,
    on: date | None,
    known_by: date | None,
    document: str,
    yes: bool,
) -> int:
    """Show what would be published; with --yes write it at the end of the plan's file. Exit code 2 where refused."""
    from tracker.freeze import digests, figures
    from tracker.run import published

    say, root = request.say, door.root_of(request.folder)
    project = door.load(root)
    number = door.plan_ids(project, (plan,))[0]
    chosen = next(one for one in project.plans if one.id == number)
    today = door.today()
    close = Close(on or min(chosen.period.last, today), document.strip(), today, known_by or today)
    _refuse_early(chosen, close, today, say)
    if project.problems:
        # What could not be read is not counted: such figures must not be published.
        door.tell(project.problems, say)
        raise click.UsageError(say("usage.close_unread"))
    judged = published(project, chosen._replace(close=close))
    counts = figures(judged.standings)
    lines = _lines(close, tuple(counts.items()), tuple(digests(*judged).items()))
    if not yes:
        shown = [say("close.shown", file=chosen.at.file), "", "closed:", *(f"  {line}" for line in lines)]
        door.write("\n".join(shown), None)
        return FINE
    append.append_key(root, chosen.at.file, "closed", lines)
    done = say("close.done", plan=chosen.id, on=say.day(close.on), file=chosen.at.file)
    door.write(done, None)
    return FINE


def _refuse_early(plan: Plan, close: Close, today: date, say: Words) -> None:
    """A plan is closed once, on a day that has been, by what was known by a day that has been."""
    if plan.close is not None:
        raise click.UsageError(say("usage.close_twice", plan=plan.id, on=say.day(plan.close.on), file=plan.at.file))
    for day in (close.on, close.known_by):
        if day is not None and not plan.known_from <= day <= today:
            raise click.UsageError(
                say("usage.close_day", day=say.day(day), first=say.day(plan.known_from), last=say.day(today)),
            )
    if not close.document:
        raise click.UsageError(say("usage.close_document"))


def _lines(close: Close, figures: Sequence[tuple[str, int]], digests: Sequence[tuple[str, str]]) -> list[str]:
    from tracker.read.append import quoted

    return [
        f"on: {close.on:%d/%m/%Y}",
        f"recorded: {close.recorded:%d/%m/%Y}",
        f"known_by: {close.known_by:%d/%m/%Y}",
        f"document: {quoted(close.document)}",
        "figures: {" + ", ".join(f"{word}: {count}" for word, count in figures) + "}",
        "digests:",
        *(f"  {part}: {digest}" for part, digest in digests),
    ]
