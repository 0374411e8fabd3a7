"""JSON Lines, version 1: a header, then one finding a line, then one problem a line, in the shapes of `json`.

For programs that read a line at a time, and for comparing two runs with line tools. A header has the key `version`, a
finding `rule`, a problem `code`; the header says how many lines of each follow, so that a cut file is seen.
"""

import re
from collections.abc import Iterator
from itertools import chain

from tracker.lang import Words
from tracker.model.report import Report
from tracker.render.findings.json import batched, head, problems, texts, written

_ENDS = re.compile("[\x85\u2028\u2029]")
"""What JSON may hold as it is and some readers take for the end of a line."""


def render(report: Report, say: Words) -> str:
    """The whole report, in no chosen language."""
    return "".join(blocks(report, say)).rstrip("\n")


def blocks(report: Report, _say: Words) -> Iterator[str]:
    """The same, a thousand lines at a time."""
    lines = {"findings": len(report.findings), "problems": len(report.problems)}
    header = _safe(written(head(report) | {"lines": lines}))
    entries = chain([header], texts(report, _safe), (_safe(written(one)) for one in problems(report)))
    for block in batched(entries):
        yield "\n".join(block) + "\n"


def _safe(text: str) -> str:
    return text if text.isascii() else _ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
