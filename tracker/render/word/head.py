"""What stands above the text of a whole paper: issuers, Quốc hiệu or the Party's name, number, place and day, title."""

from collections.abc import Iterator

from tracker.lang import fill
from tracker.model.paper import Frame, Side
from tracker.render.word.measure import width
from tracker.render.word.profile import Letters, Profile, Under
from tracker.render.word.tables import rule, side_by_side
from tracker.render.word.xml import Node, clean, line, mm, node, paragraph

_NOWHERE = "…………"
_TITLE_SIDE = 12
"""Millimetres that the lines of a title keep from both margins."""


def head(frame: Frame, profile: Profile) -> Iterator[Node]:
    """The blocks in their order."""
    left = profile.top.left
    right = profile.page.inner - left
    number = line(fill(profile.number.text, {"code": clean(frame.code)}), profile.number.letters, _below())
    day = fill(profile.place.text, {"place": clean(frame.place) or _NOWHERE})
    place = line(day, profile.place.letters, _below())
    blocks = [list(_issuers(frame, profile, left)), list(_top(profile, right))]
    numbered = [number]
    if not frame.name:
        # A letter (công văn) has no name of its kind; what it is about stands below its number (NĐ 30, Phụ lục I.II.5).
        letters = profile.number.letters._replace(size=12, italic=profile.side is Side.PARTY)
        numbered.append(line(frame.subject, letters))
    yield side_by_side([blocks, [numbered, [place]]], (left, right))
    if frame.name:
        yield from _title(frame, profile)
    else:
        yield paragraph("Plain", properties=(node("spacing", before=0, after=0, line=240, lineRule="exact"),))


def _below() -> Node:
    return node("spacing", before=120, after=0)


def _issuers(frame: Frame, profile: Profile, within: float) -> Iterator[Node]:
    form = profile.issuers
    if frame.parent:
        yield line(frame.parent, form.parent)
    lines = [one + form.joined for one in frame.issuers[:-1]] + list(frame.issuers[-1:])
    for one in lines:
        yield line(one, form.issuer)
    if lines:
        yield _under(form.under, lines[-1], form.issuer, within)


def _top(profile: Profile, within: float) -> Iterator[Node]:
    for one in profile.top.lines:
        yield line(one.text, one.letters)
    last = profile.top.lines[-1]
    yield _under(Under(rule=1), last.text, last.letters, within)


def _title(frame: Frame, profile: Profile) -> Iterator[Node]:
    form = profile.title
    yield line(frame.name, form.name, node("keepNext"), node("spacing", before=360, after=0))
    side = node("ind", left=mm(_TITLE_SIDE), right=mm(_TITLE_SIDE))
    yield line(frame.subject, form.subject, node("keepNext"), side)
    within = profile.page.inner
    yield _under(form.under, frame.subject, form.subject, within)
    yield paragraph("Plain", properties=(node("spacing", before=0, after=0, line=240, lineRule="exact"),))


def _under(under: Under, above: str, letters: Letters, within: float) -> Node:
    """A rule or signs, as long as the text above says."""
    if under.text:
        return line(under.text, letters._replace(caps=False))
    shown = clean(above).upper() if letters.caps else clean(above)
    return rule(under.rule * min(width(shown, letters.size), within), within)
