"""JSON Lines, version 1: a header, then one finding a line, then one problem a line, in the shapes of `json`.

For programs that read a line at a time, and for comparing two runs with line tools. A header has the key `version`, a
finding `rule`, a problem `code`; the header says how many lines of each follow, so that a cut file is seen.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from tracker.lang import Words
from tracker.model.report import Report
from tracker.render.findings.json import batched, findings, head, problems, written

_ENDS = re.compile("[\x85\u2028\u2029]")
"""What JSON may hold as it is and some readers take for the end of a line."""


def render(report: Report, say: Words) -> str:
    """The whole report, in no chosen language."""
    return "".join(blocks(report, say)).rstrip("\n")


def blocks(report: Report, _say: Words) -> Iterator[str]:
    """The same, a thousand lines at a time."""
    lines = {"findings": len(report.findings), "problems": len(report.problems)}
    entries = chain([head(report) | {"lines": lines}], findings(report), problems(report))
    for block in batched(map(_line, entries)):
        yield "\n".join(block) + "\n"


def _line(entry: Mapping[str, Any]) -> str:
    return _ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", written(entry))
