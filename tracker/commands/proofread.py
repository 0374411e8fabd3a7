"""`tracker proofread FILE…`: a finished report against the data of the project."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import door
from tracker.cli import FINDINGS, FINE, TROUBLE
from tracker.render.proofread import Look, formats, renderer

if TYPE_CHECKING:
    from tracker.model.plan import Plan
    from tracker.model.project import Project
    from tracker.model.proof import Script
    from tracker.proofread.facts import Facts

LEVELS = ("defect", "doubt", "hint")


@door.command("proofread")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@door.sharing("folder", "lang", "output")
@door.option("--plan", "plan", key="proof_plan", metavar="ID")
@door.option("-f", "--format", "format_", key="format", type=click.Choice(formats()), default="text", show_default=True)
@door.option(
    "--fail-on", key="fail_on_remark", type=click.Choice((*LEVELS, door.NEVER)), default="defect", show_default=True
)
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    request: door.Request,
    *,
    files: tuple[Path, ...],
    plan: str | None,
    format_: str,
    fail_on: str,
    plain: bool,
    no_color: bool,
) -> int:
    """Remark on each file; one that cannot be read is told, and the others are looked at (exit code 2)."""
    from tracker.proofread import proofread
    from tracker.read.texts import read_script

    project = door.load(request.folder)
    number = door.plan_ids(project, [plan])[0] if plan else ""
    proofs, problems = [], list(project.problems)
    for path in files:
        script, wrong = read_script(path, path.as_posix())
        problems += wrong
        if script is not None:
            proofs.append(proofread(script, _facts(project, number, script)))
    door.tell(problems, request.say)
    screen = door.screen(plain=plain, no_color=no_color, output=request.output)
    if proofs:
        look = Look(screen.width, screen.color, screen.plain)
        door.write(renderer(format_)(proofs, request.say, look), request.output)
    if problems:
        return TROUBLE
    counting = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on != door.NEVER else ()
    return FINDINGS if any(one.level in counting for proof in proofs for one in proof.remarks) else FINE


def _facts(project: "Project", number: str, script: "Script") -> "Facts":
    """The data of the year that the plan asked for is of, or that the text's title names, or of the newest plan."""
    from tracker.model.proof import Role
    from tracker.proofread.facts import gather
    from tracker.run import newest

    head = " ".join(one.text for one in script.paragraphs if one.role is Role.HEAD)
    said = re.findall(r"năm\s+((?:19|20)[0-9]{2})", head, re.IGNORECASE)
    yearly = [one for one in project.plans if not one.programme]
    chosen: Plan | None = next((one for one in project.plans if one.id == number), None)
    if chosen is None and said:
        chosen = next((one for one in yearly if one.period.first.year == int(said[-1])), None)
    if chosen is None and not said:
        newest_ids = newest(project, door.today())[0]
        chosen = next((one for one in yearly if one.id in newest_ids), None)
    year = chosen.period.first.year if chosen else int(said[-1]) if said else door.today().year
    return gather(project, chosen, year)
