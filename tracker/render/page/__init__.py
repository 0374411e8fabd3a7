"""The weekly page (`tracker status`): what a coordinator wants to know on Monday, in that order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.lang import Words
from tracker.model.report import Report
from tracker.render.page import layout
from tracker.render.page.coverage import coverage
from tracker.render.page.grid import grids
from tracker.render.page.parts import Section
from tracker.render.page.rest import contradictions, doubts, late, outside, plan_gaps, report_gaps, silent
from tracker.render.page.tasks import act_now, carried, coming, unclear, unrecorded
from tracker.render.page.verdict import footer, headline

if TYPE_CHECKING:
    from tracker.model.change import Change


def render(
    report: Report,
    say: Words,
    *,
    width: int,
    color: bool,
    plain: bool,
    horizon: int,
    change: "Change | None" = None,
) -> str:
    """The page as text for this many columns; plain for screen readers and e-mail."""
    changed: Iterable[Section] = ()
    if change is not None:
        from tracker.render.page.changes import changes

        changed = changes(change, say)
    sections = list(
        layout.blocks(
            [
                *changed,
                act_now(report, say),
                contradictions(report, say),
                coming(report, say, horizon),
                carried(report, say),
                late(report, say),
                coverage(report, say),
                *grids(report, say, width),
                *unclear(report, say),
                unrecorded(report, say),
                doubts(report, say),
                plan_gaps(report, say),
                report_gaps(report, say),
                outside(report, say),
                silent(report, say),
            ],
        ),
    )
    head, foot = headline(report, say), footer(report, say)
    if plain:
        return layout.plain(head, sections, foot)
    return layout.drawn(head, sections, foot, width=width, color=color)
