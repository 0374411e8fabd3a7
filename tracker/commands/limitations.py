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
    from tracker.run import closing, followers, newest, run

    project = door.load(request.folder)
    today = request.as_of or door.today()
    chosen = request.plan_ids(project) or newest(project, today)[0]
    asked = request.asked(project, chosen, request.as_of or closing(project, chosen, today))
    report = run(project, papers.narrowed(asked, project, wish))
    if report.problems:
        door.tell(report.problems, request.say)
        raise click.UsageError(request.say("usage.draft_unread"))
    if report.faults:
        raise report.faults[0]
    choice = wish.choice._replace(later=tuple(followers(project, chosen)))
    papers.put(section(report, request.say, choice), request, wish)
    return FINE
