"""Text of users in Markdown and in the comments of HTML: it is shown as it is and does nothing."""

import re

from tracker.render.visible import visible

_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "\\`*_[]|~"}
    | {"<": "&lt;", ">": "&gt;", "&": "&amp;", "#": "&#35;", "$": "&#36;", "@": "@&#8203;"}
)
_LIST = re.compile(r"^( *[0-9]+(?=[.)])| *(?=[-+=]))")
"""What would begin a list, a rule or a heading at the head of a line."""


def marked(text: str) -> str:
    """Text as it is: no markup, no table cell, no link, no mention of an account, no list, on one line."""
    escaped = visible(text).translate(_ESCAPES).replace("://", "&#58;//")
    return _LIST.sub(r"\1\\", escaped)


def comment(text: str) -> str:
    """A comment of HTML that this text cannot end."""
    return f"<!-- {visible(text).replace('--', '-&#45;').replace('--', '-&#45;')} -->"
