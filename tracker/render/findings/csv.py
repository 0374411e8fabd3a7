"""CSV, one finding a line: for spreadsheets, and for comparing lists that are too long for anything else.

UTF-8 with a mark so that Excel sees it, days as ISO, every text in quotation marks, and harmless where a spreadsheet
would run it. The message is in the language that was asked for.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from tracker.lang import Words
from tracker.model.finding import Finding
from tracker.model.report import Report
from tracker.render.alike import texts, with_marks
from tracker.render.findings.json import batched
from tracker.render.say import Speaker
from tracker.render.table.csv import RUN, field

_ROW = ("plan", "task", "unit", "period", "due", "days_late", "state")
COLUMNS = (
    "rule", "severity", "verdict", *_ROW, "message", "owner", "waived_until", "novelty", "file", "line", "fingerprint",
)  # fmt: skip


def render(report: Report, say: Words) -> str:
    """The whole list."""
    return "".join(blocks(report, say)).rstrip("\n")


def blocks(report: Report, say: Words) -> Iterator[str]:
    """The same, a thousand findings at a time."""
    speaker = Speaker(with_marks(report), say)

    def whole(finding: Finding) -> str:
        row, waiver = finding.row, finding.waiver
        return _line([
            finding.rule, finding.severity, finding.verdict, *(field(row.get(key)) for key in _ROW),
            field(speaker.message(finding)), finding.owner, field(waiver.expires if waiver else None),
            finding.novelty or "", field(finding.at.file), str(finding.at.line), field(finding.fingerprint),
        ])  # fmt: skip

    yield f"\ufeff{_line(COLUMNS)}\n"
    # What makes a text harmless stands before it; whether it must, its first character says, which a name may be.
    some = any(unit.name.startswith(RUN) for unit in report.units.values())
    lines = map(whole, report.findings) if some else texts(report, whole, lambda text: text.replace('"', '""'))
    for block in batched(lines):
        yield "\n".join(block) + "\n"


def _line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return out.getvalue()
