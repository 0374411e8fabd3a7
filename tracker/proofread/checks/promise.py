"""What headings promise, and what the directions for the next year leave out."""

import re
from collections.abc import Iterator, Sequence

from tracker.model.proof import Arg, Level, Paragraph, Remark, Role, Script
from tracker.proofread.amounts import amounts
from tracker.proofread.citations import citations, normal
from tracker.proofread.facts import Facts
from tracker.proofread.text import (
    Part,
    ahead,
    limits,
    mostly_upper,
    place_words,
    plain,
    prose,
    remark,
    results,
    sentences,
    short,
    subjects,
)

_LEAD = re.compile(
    r"^[0-9IVX.]+[.)]?\s+(?:(?:về\s+)?(?:phối hợp\s+)?(?:trong\s+)?(?:các\s+)?(?:công tác|hoạt động|việc)\s+"
    r"|phối hợp\s+(?:trong\s+)?)?",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"(?<!\w)(?:vùng|đồng bào)\s+(?:đồng bào\s+)?(?P<whom>dân tộc thiểu số|biên giới|nông thôn|miền núi)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\s+(?:về tình hình|là người|vùng|đối với|trên địa bàn|công tác dân tộc|của|cho)\s.*$", re.IGNORECASE
)
_LAST = re.compile(r"(?P<one>\w+(?:\s\w+){0,2})\s+và\s+(?P<other>\w+(?:\s\w+){0,3})")
"""The last two of a short list; "và" inside of a longer name joins no kinds of work."""
_GENERAL = frozenset({"lãnh đạo", "chỉ đạo", "lãnh đạo chỉ đạo", "điều hành"})
"""What every section is about."""
_FEW = 2
_OPENING = re.compile(
    r"(?:(?:Đã )?(?:tổ chức|triển khai)\s+)?(?:thực hiện\s+)?(?:tốt\s+)?(?:công tác|việc)\s+"
    r"(?P<what>\w+\s+\w+)[^:;.]{20,200}:(?=.{80})",
    re.IGNORECASE,
)
_TRIP = re.compile(r"(?:đi\s+)?(?:tham quan,?\s+)?học tập(?:,\s*trao đổi)?\s+kinh nghiệm", re.IGNORECASE)
_TIME = re.compile(
    r"(?:trước ngày|trong quý|trong tháng|quý\s+[IV1-4]|hoàn thành trong|đến hết|xong trước|tháng\s+[0-9])",
    re.IGNORECASE,
)


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """Headings of results that name several kinds of work."""
    headings = [one for one in script.paragraphs if one.role is Role.HEADING and len(one.section) == _FEW]
    next_year = [one for one in script.paragraphs if ahead(one) and one.role is not Role.HEADING]
    for heading in headings:
        if ahead(heading) or limits(heading) or mostly_upper(heading.text):
            continue
        inside = [
            one for one in script.paragraphs
            if one.section[: len(heading.section)] == heading.section and one.role in (Role.BODY, Role.BULLET)
        ]  # fmt: skip
        items = _items(heading)
        if inside and len(items) > 1:
            yield from _met(script, heading, items, inside)
            yield from _scope(script, heading, inside)
            yield from _carried(script, heading, items, next_year)
    yield from _next(script, next_year, facts)
    yield from _measures(script, next_year)
    yield from _openings(script)
    yield from _trips(script)


def _openings(script: Script) -> Iterator[Remark]:
    """A sentence that announces one kind of work before its colon and tells of others behind it."""
    for paragraph in prose(script):
        for sentence in sentences(paragraph) if results(paragraph) else ():
            match = _OPENING.match(sentence.text)
            if match and not _has(sentence.text[match.end() :], plain(match["what"])):
                span = (paragraph, sentence.start + match.start("what"), sentence.start + match.end("what"))
                yield remark(script, "promise-opening", Level.DOUBT, span)


def _trips(script: Script) -> Iterator[Remark]:
    """The same undertaking in two sections, without a number by which one could tell whether it is one."""
    first: Paragraph | None = None
    for paragraph in prose(script):
        match = _TRIP.search(paragraph.text) if results(paragraph) else None
        if match is None:
            continue
        if first is None:
            first, place = paragraph, place_words(paragraph, match.start())
        elif first.section != paragraph.section:
            yield remark(script, "promise-same", Level.DOUBT, (paragraph, *match.span()), place=place)
            return


def _items(heading: Paragraph) -> list[tuple[str, int]]:
    """The kinds of work that a heading lists, each with the offset at which it is printed."""
    text = heading.text
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    found: list[tuple[str, int]] = []
    parts = text[at:].split(",")
    if last := _LAST.fullmatch(parts[-1].strip()):
        parts[-1:] = [last["one"], last["other"]]
    for part in parts:
        name = _ABOUT.sub("", part.strip()).strip()
        if len(name.split()) > 1 or (name and found):
            offset = text.find(name, at)
            found.append((name, offset))
    return [(name, offset) for name, offset in found if name and offset >= 0 and plain(name) not in _GENERAL]


def _met(
    script: Script, heading: Paragraph, items: Sequence[tuple[str, int]], inside: Sequence[Paragraph]
) -> Iterator[Remark]:
    """Kinds of work that the section does not come back to, or only without any figure."""
    for name, offset in items:
        key = _key(name)
        span = (heading, offset, offset + len(name))
        told = [sentence for one in inside for sentence in sentences(one) if _has(sentence.text, key)]
        if not told:
            yield remark(script, "promise-unmet", Level.DOUBT, span)
        elif not any(_counted(sentence) for sentence in told):
            yield remark(script, "promise-uncounted", Level.HINT, span)


def _key(name: str) -> str:
    """The two words by which a kind of work is known again: the first, or of a long name the last."""
    words = plain(name).split()
    return " ".join(words[-2:] if len(words) > 4 else words[:2])


def _has(text: str, key: str) -> bool:
    return f" {key} " in f" {plain(text)} "


def _counted(sentence: Part) -> bool:
    return any(sentence.start <= one.start < sentence.end for one in amounts(sentence.paragraph))


def _scope(script: Script, heading: Paragraph, inside: Sequence[Paragraph]) -> Iterator[Remark]:
    """A paragraph with figures that does not mention whom the heading limits the section to."""
    scope = _SCOPE.search(heading.text)
    if scope is None:
        return
    whom = scope["whom"].lower()
    letters = "".join(word[0].upper() for word in whom.split()).replace("Đ", "D")
    for one in inside:
        if len(amounts(one)) > 1 and whom not in one.text.lower() and letters not in one.text:
            first = amounts(one)[0]
            yield remark(script, "promise-scope", Level.DOUBT, first.span, whom=whom)
            return  # one is enough to ask for the whole section


def _carried(
    script: Script,
    heading: Paragraph,
    items: Sequence[tuple[str, int]],
    next_year: Sequence[Paragraph],
) -> Iterator[Remark]:
    """An area of work of which the directions for the next year say nothing."""
    if not next_year:
        return
    texts = " ".join(plain(one.text) for one in next_year)
    if not any(_has(texts, _key(name)) for name, _ in items):
        yield remark(script, "promise-next", Level.DOUBT, (heading, 0, len(heading.text)))


def _measures(script: Script, next_year: Sequence[Paragraph]) -> Iterator[Remark]:
    """A limitation whose subjects the directions never name: nothing is said of how it will be overcome."""
    texts = " ".join(one.text.lower() for one in next_year)
    for one in script.paragraphs if next_year else ():
        if not limits(one) or one.role is not Role.BULLET:
            continue
        first = next(sentences(one))
        about = subjects(first.text) - {"phối hợp", "tham mưu"}
        if about and not any(each.strip("“”") in texts for each in about):
            span = (one, 0, len(short(one.text).rstrip("…")))
            yield remark(script, "promise-measure", Level.DOUBT, span, subjects=", ".join(sorted(about)))


def _next(script: Script, next_year: Sequence[Paragraph], facts: Facts) -> Iterator[Remark]:
    if not next_year:
        return
    first = next_year[0]
    counted = [one for paragraph in next_year for one in amounts(paragraph) if not one.duration]
    if not counted and not any(_TIME.search(one.text) for one in next_year):
        heading = next((one for one in script.paragraphs if one.role is Role.HEADING and ahead(one)), first)
        yield remark(script, "promise-target", Level.HINT, (heading, 0, len(heading.text)))
    programme = facts.programme
    if programme is not None and programme.period.last.year > facts.year:
        cited = {one.key for paragraph in next_year for one in citations(paragraph)}
        if normal(programme.id) not in cited:
            heading = next((one for one in script.paragraphs if one.role is Role.HEADING and ahead(one)), first)
            args: dict[str, Arg] = {"number": programme.id, "last": programme.period.last}
            yield remark(script, "promise-programme", Level.HINT, (heading, 0, len(heading.text)), **args)
