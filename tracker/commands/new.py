"""`tracker new rule FAMILY-NAME`: a rule that loads, with examples on both sides of every boundary."""

import re

import click

from tracker import door
from tracker.cli import FINE, spoken
from tracker.model.tables import TABLES


@door.command("new")
@click.argument("what", type=click.Choice(("rule",)))
@click.argument("id_", metavar="FAMILY-NAME")
@door.option("--on", "table", key="new_on", metavar="TABLE", type=click.Choice(tuple(TABLES)), default="standings")
@door.option("--where", key="new_where", metavar="TEXT")
@door.sharing("folder", "lang")
def command(request: door.Request, *, what: str, id_: str, table: str, where: str | None) -> int:
    """Write rules/<id>.yaml; exit code 2 where the name or the condition will not do, or the file is there."""
    from tracker.fresh.rule import condition_for, examples_for, text_of
    from tracker.where import Checked, read_condition

    say, root = request.say, door.root_of(request.folder)
    _refuse_name(id_)
    own = TABLES[table]
    text = " ".join((where or condition_for(own)).split())
    checked = read_condition(text, own.by_name)
    if not isinstance(checked, Checked):
        said = say.refusal(checked[0].code, checked[0].args)
        raise click.UsageError(say("usage.new_where", text=text, problem=said))
    examples = examples_for(checked)
    if examples is None:
        raise click.UsageError(say("usage.new_stubborn", text=text))
    file = f"{what}s/{id_}.yaml"
    alone = not (root / "rules").is_dir()
    door.write_below(root, {file: text_of(id_, own, checked, examples, say)}, anew=True)
    door.write(say("fresh.rule_done", file=file), None)
    if alone:
        # From now on these stand in for those that come with the program: that must not go unsaid.
        door.write(say("fresh.rule_alone", folder=str(door.starter_rules())), None)
    return FINE


def _refuse_name(id_: str) -> None:
    """A rule's name is its file's, and begins with its family. Raises click.UsageError with a name that would do."""
    from tracker.fresh.rule import FAMILIES
    from tracker.read.values import slug

    say = spoken()
    family, _, name = id_.partition("-")
    near = slug(id_)
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_):
        raise click.UsageError(say("usage.new_id", id=id_, near=near))
    if family not in FAMILIES or not name:
        raise click.UsageError(say("usage.new_family", id=id_, families=", ".join(FAMILIES), near=f"task-{near}"))
