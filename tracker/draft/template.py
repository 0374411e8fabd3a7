"""A sentence filled: by Jinja's sandbox, which is given only sentences that our own closed grammar has read."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from tracker.lang.template import Template, read_template

if TYPE_CHECKING:
    from jinja2 import Template as Engine


def filled(text: str, slots: Mapping[str, str]) -> str:
    """The sentence with every slot filled; an empty filling takes the blank before it along.

    A sentence that cannot be read never comes so far, and a slot without a filling is a fault of ours
    (jinja2.UndefinedError).
    """
    template = read_template(text)
    assert isinstance(template, Template), text
    for name in template.printed:
        if slots.get(name) == "":
            text = text.replace(f" {{{name}}}", "").replace(f"{{{name}}}", "")
    # A filling is text of people: the engine puts it in and never reads it.
    return str(_engine(text).render(slots))


@cache
def _engine(text: str) -> "Engine":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        variable_start_string="{",
        variable_end_string="}",
        undefined=StrictUndefined,
        autoescape=False,  # what comes out is text; each format escapes it in its own way
        keep_trailing_newline=True,
    )
    return environment.from_string(text)
