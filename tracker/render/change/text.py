"""For people: both views with their days, and what lies between them as the weekly page tells it."""

from tracker.lang import Words
from tracker.model.change import Change
from tracker.model.report import Report
from tracker.render.page import layout
from tracker.render.page.changes import changes
from tracker.render.page.parts import HEADING, Bit
from tracker.render.visible import visible


def render(change: Change, say: Words, *, width: int, color: bool, plain: bool) -> str:
    """Two lines that name the views, then the sections."""
    head = [
        [Bit(_view(change.before, change.label_before, "change.view_before", say), HEADING)],
        [Bit(_view(change.after, change.label_after, "change.view_after", say), HEADING)],
    ]
    sections = list(changes(change, say))
    if plain:
        return layout.plain(head, sections, [])
    return layout.drawn(head, sections, [], width=width, color=color)


def _view(report: Report, label: str, key: str, say: Words) -> str:
    files = say("change.files", revision=visible(label)) if label else say("change.files_here")
    return say(key, as_of=say.day(report.as_of), known_by=say.day(report.known_by), files=files)
