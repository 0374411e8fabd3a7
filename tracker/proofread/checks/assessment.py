"""Words of judgement: against each other, and without anything to judge by."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.model.proof import Level, Paragraph, Remark, Role, Script
from tracker.proofread.amounts import amounts
from tracker.proofread.facts import Facts
from tracker.proofread.text import Part, ahead, limits, place_words, prose, remark, sentences, short, subjects
from tracker.read.texts.join import FOOTMARKS

_OPPOSED = (
    (r"được tăng cường|tăng cường|thường xuyên", r"chưa\s+(?:được\s+)?thường xuyên|thiếu thường xuyên"),
    (r"kịp thời", r"chưa\s+(?:được\s+)?kịp thời|ban hành muộn|ban hành chậm|còn chậm|chậm trễ|chậm so với"),
    (
        r"lan\s+t[ỏo][ảa]|rõ nét|thiết thực|hiệu quả",
        r"chưa\s+rõ nét|chưa\s+(?:thực sự\s+)?hiệu quả|mang tính hình thức",
    ),
    (r"chặt chẽ", r"chưa\s+(?:thực sự\s+)?chặt chẽ|thiếu chặt chẽ"),
    (r"đồng bộ", r"chưa\s+đồng bộ|thiếu đồng bộ"),
    (r"hoàn thành", r"chưa\s+hoàn thành|không hoàn thành"),
)
_NEGATED = re.compile(r"(?:chưa|không|thiếu)\s+(?:được\s+|thực sự\s+)?$", re.IGNORECASE)
_COMPLETED = re.compile(r"(?<!\w)hoàn thành(?!\w)(?!\s+(?:chưa|hay))(?P<what>(?:\s+\w+){0,3})", re.IGNORECASE)
_COUNTED = re.compile(r"[0-9]+\s?/\s?[0-9]+|[0-9]+\s?%")
_CAUSE = re.compile(r"nguyên nhân|(?<!\w)do\s|(?<!\w)vì\s", re.IGNORECASE)
_CAUSES = re.compile(r"nguyên nhân", re.IGNORECASE)


class _Praise(NamedTuple):
    sentence: Part
    pair: int
    start: int
    subjects: frozenset[str]


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """Praise in one section against blame in another; limitations, with their causes and figures."""
    yield from _tensions(script)
    yield from _completed(script)
    yield from _limitations(script)


def _tensions(script: Script) -> Iterator[Remark]:
    praised: list[_Praise] = []
    for paragraph in prose(script):
        if ahead(paragraph) or limits(paragraph):
            continue
        for sentence in sentences(paragraph):
            for number, (good, _) in enumerate(_OPPOSED):
                for match in re.finditer(rf"(?<!\w)(?:{good})(?!\w)", sentence.text, re.IGNORECASE):
                    if not _NEGATED.search(sentence.text[: match.start()]):
                        start = sentence.start + match.start()
                        praised.append(_Praise(sentence, number, start, subjects(sentence.text)))
    for paragraph in prose(script):
        if ahead(paragraph):
            continue
        for sentence in sentences(paragraph):
            for number, (_, bad) in enumerate(_OPPOSED):
                blame = re.search(rf"(?<!\w)(?:{bad})(?!\w)", sentence.text, re.IGNORECASE)
                if blame:
                    start = sentence.start + blame.start()
                    yield from _tension(script, (sentence, start, start + len(blame[0])), praised, number)


def _tension(
    script: Script,
    blamed: tuple[Part, int, int],
    praised: list[_Praise],
    pair: int,
) -> Iterator[Remark]:
    """The praise that shares most subjects with a blame; two sections must be concerned, or it is mere contrast."""
    sentence, start, end = blamed
    about = subjects(sentence.text)
    quoted = {one for one in about if one.startswith("“")}
    found = []
    for one in praised:
        shared = about & one.subjects
        strong = len(shared - {"phối hợp"}) + len(quoted & one.subjects)
        if one.pair == pair and strong and one.sentence.paragraph.section != sentence.paragraph.section:
            found.append((strong, one, shared))
    if found:
        _, one, shared = max(found, key=lambda each: (each[0], -each[1].sentence.paragraph.spot(each[1].start)[0]))
        text = one.sentence.paragraph.text
        args = {
            "subjects": ", ".join(sorted(shared)),
            "other": short(text[one.start : one.sentence.end], 40),
            "place": place_words(one.sentence.paragraph, one.start),
        }
        yield remark(script, "assessment-tension", Level.DOUBT, (sentence.paragraph, start, end), **args)


def _completed(script: Script) -> Iterator[Remark]:
    """Hoàn thành: said without a count of how many of how many."""
    for paragraph in prose(script):
        if ahead(paragraph) or limits(paragraph):
            continue
        for sentence in sentences(paragraph):
            match = _COMPLETED.search(sentence.text)
            if match and not _COUNTED.search(sentence.text) and not _NEGATED.search(sentence.text[: match.start()]):
                span = (paragraph, sentence.start + match.start(), sentence.start + match.end())
                yield remark(script, "assessment-completed", Level.DOUBT, span)


def _limitations(script: Script) -> Iterator[Remark]:
    listed = [one for one in script.paragraphs if limits(one) and one.role in (Role.BULLET, Role.BODY)]
    noted = {note.mark for note in script.paragraphs if note.role is Role.NOTE and amounts(note)}
    if any(_CAUSES.search(heading) for one in listed for heading in one.under):
        without = [one for one in listed if not _CAUSE.search(one.text)]
        general = [one for one in listed if _CAUSES.match(one.text.lstrip("-–+ *"))]
        if without and not general:
            args = {"count": len(without), "all": len(listed)}
            for one in without:
                yield remark(script, "assessment-cause", Level.DOUBT, _head(one), **args)
    for one in listed:
        marked = any(mark in one.text for mark in noted if mark[0] in FOOTMARKS) or "[^" in one.text
        if not amounts(one) and not marked and not _COUNTED.search(one.text):
            yield remark(script, "assessment-figures", Level.DOUBT, _head(one))


def _head(paragraph: Paragraph) -> tuple[Paragraph, int, int]:
    return paragraph, 0, len(short(paragraph.text, 60).rstrip("…"))
