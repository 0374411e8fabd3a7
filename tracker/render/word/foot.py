"""What stands below the text of a whole paper: recipients on the left, who signs on the right."""

import re
from collections.abc import Iterator

from tracker.lang import words
from tracker.model.paper import Frame
from tracker.render.word.profile import Profile
from tracker.render.word.tables import side_by_side
from tracker.render.word.xml import Node, clean, line, look, node, paragraph, run

_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T/L|T/UQ)[. ]+(?=\S)", re.IGNORECASE)
"""By whose authority somebody signs (thay mặt, ký thay, thừa lệnh, thừa ủy quyền), as either side writes it."""
_SIGNING = 72
"""Points left for signature and seal."""
_LEFT = 0.48
"""Share of the page that the recipients get."""


def foot(frame: Frame, profile: Profile) -> Node:
    """The table with both blocks."""
    left = round(profile.page.inner * _LEFT)
    blocks = [list(_recipients(frame, profile)), list(_signature(frame, profile))]
    return side_by_side([blocks], (left, profile.page.inner - left))


def _recipients(frame: Frame, profile: Profile) -> Iterator[Node]:
    form = profile.recipients
    if not frame.recipients:
        return
    start, above = node("jc", val="left"), node("spacing", before=120, after=0)
    yield line(form.label.text, form.label.letters, above, start)
    last = len(frame.recipients) - 1
    for place, one in enumerate(frame.recipients):
        text = f"- {one}{form.last if place == last else form.between}"
        yield line(text, form.item, node("jc", val="left"))


def _signature(frame: Frame, profile: Profile) -> Iterator[Node]:
    form = profile.signature
    if not frame.signer:
        gap = run(words()("paper.signer"), look(form.title._replace(caps=False), blank=True))
        yield paragraph("Plain", gap, properties=(node("spacing", before=120, after=0),))
    for place, one in enumerate(frame.signer):
        above = (node("spacing", before=120, after=0),) if not place else ()
        authority = _AUTHORITY.match(clean(one))
        text = _written(one, authority, profile)
        yield line(text, form.authority if authority else form.title, *above)
    yield line("", form.name, node("spacing", before=_SIGNING * 20, after=0))


def _written(text: str, authority: "re.Match[str] | None", profile: Profile) -> str:
    """A line of the signature, its authority in the form of this side."""
    if authority is None:
        return text
    letters = authority[1].upper().replace("/", "")
    return f"{profile.signature.forms.get(letters, authority[1])} {clean(text)[authority.end() :]}"
