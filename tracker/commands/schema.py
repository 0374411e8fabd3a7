"""`tracker schema`: what files may hold, for editors: completion, hover texts and underlined mistakes, offline."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from tracker import door
from tracker.cli import FINE
from tracker.lang import Words, hovers

FOLDER = ".tracker/schemas"
"""Where editors look for the schemas, below the project; docs/editors.md."""
NAMES = (
    "plan", "actuals", "tables", "units", "documents", "regimes", "calendar", "rules", "waivers", "settings", "plans",
)  # fmt: skip


@door.command("schema")
@click.argument("name", type=click.Choice(NAMES), required=False)
@door.option("--write", "folder_to", key="schema_write", metavar="DIR", is_flag=False, flag_value=FOLDER, default=None)
@door.sharing("folder", "lang", "output")
def command(request: door.Request, *, name: str | None, folder_to: str | None) -> int:
    """Print one schema, or write all of them; without either, say how to use them."""
    say = request.say
    root = _root(request.folder)
    if folder_to is not None:
        folder = (root or Path()) / folder_to
        door.write_below(folder, texts(root, say))
        door.write(say("schema_command.written", count=str(len(NAMES)), folder=folder.as_posix()), None)
        return FINE
    if name is None:
        door.write(say("schema_command.names", names=", ".join(NAMES)), request.output)
        return FINE
    door.write(texts(root, say)[f"{name}.json"], request.output)
    return FINE


def texts(root: Path | None, say: Words) -> Mapping[str, str]:
    """Every schema as a file; with the ids of the project where there is one."""
    from tracker.read.forms import forms
    from tracker.schema import known_ids, schemas

    known = known_ids(door.load(root)) if root is not None else {}
    made = schemas(forms(), hovers(say.code), known)
    return {f"{name}.json": _text(made[name]) for name in NAMES}


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _root(folder: Path | None) -> Path | None:
    """The project, or none: a schema is of use before there is one. Raises click.UsageError where one was named."""
    if folder is not None:
        return door.root_of(folder)
    try:
        return door.root_of(None)
    except click.UsageError:
        return None
