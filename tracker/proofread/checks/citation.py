"""Numbered documents: against the register, and against each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from tracker.model.document import Document
from tracker.model.proof import Keys, Level, Paragraph, Remark, Role, Script
from tracker.proofread.citations import BROKEN, CODES, NUMBER, TYPES, Citation, citations
from tracker.proofread.facts import Facts
from tracker.proofread.text import place_words, plain, remark, search, short

_LEADING = re.compile(rf"^(?:(?:{'|'.join(TYPES)})\s+)?(?:về\s+)?(?:việc\s+)?(?:phê duyệt\s+)?", re.IGNORECASE)
"""What one register leaves off a title and another does not."""
_OWN = 40
"""A line of the head up to this length holds the number of the paper itself."""
_SHOWN = 6
"""Words shown of a title around the first that differs."""
_LOOKED_FOR = 200
"""Characters behind a number in which its issuers may be named."""


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """Every number that is cited."""
    by_key: dict[str, list[Citation]] = {}
    for paragraph in script.paragraphs:
        # Its own number is no citation.
        for one in citations(paragraph) if paragraph.role is not Role.HEAD or len(paragraph.text) > _OWN else ():
            by_key.setdefault(one.key, []).append(one)
    for key, cited in by_key.items():
        document = facts.documents.get(key)
        if document is None:
            yield _unknown(script, cited[0], facts)
        yield from _types(script, cited, document)
        yield from _dates(script, cited, document)
        yield from _titles(script, cited)
        if document is not None:
            yield from _registered_title(script, cited[0], document)
        yield from _first(script, cited[0], document)
    yield from _comma(script, [one for cited in by_key.values() for one in cited])
    for paragraph, match in search(script, BROKEN):
        if not any(one.start() <= match.start() < one.end() for one in NUMBER.finditer(paragraph.text)):
            yield remark(script, "citation-shape", Level.DEFECT, (paragraph, *match.span()))


def _unknown(script: Script, one: Citation, facts: Facts) -> Remark:
    known = {key: document.number for key, document in facts.documents.items()}
    near = get_close_matches(one.key, list(known), n=1, cutoff=0.75)
    if near:
        return remark(script, "citation-near", Level.DOUBT, _number(one), near=known[near[0]])
    return remark(script, "citation-unknown", Level.DOUBT, _number(one))


def _types(script: Script, cited: Sequence[Citation], document: Document | None) -> Iterator[Remark]:
    for one in cited:
        allowed = (document.type,) if document is not None and document.type else CODES.get(one.code, ())
        if one.type and allowed and one.type not in allowed:
            span = (one.paragraph, one.type_at, one.end)
            yield remark(script, "citation-type", Level.DEFECT, span, written=one.type, right=" / ".join(allowed))


def _dates(script: Script, cited: Sequence[Citation], document: Document | None) -> Iterator[Remark]:
    dated = [one for one in cited if one.day_text]
    for one in dated:
        span = (one.paragraph, one.day_at, one.day_at + len(one.day_text))
        if one.day is None:
            yield remark(script, "citation-no-day", Level.DEFECT, span, number=one.number)
        elif document is not None and document.issued is not None and one.day != document.issued:
            yield remark(script, "citation-date", Level.DEFECT, span, number=one.number, right=document.issued)
    if document is not None and document.issued is None and dated:
        others = sorted({c.dated for c in document.citations if c.dated is not None and c.dated != dated[0].day})
        if others and dated[0].day is not None:
            first = dated[0]
            span = (first.paragraph, first.day_at, first.day_at + len(first.day_text))
            where = next(c.where for c in document.citations if c.dated == others[0])
            yield remark(
                script, "citation-elsewhere", Level.DOUBT, span, number=first.number, other=others[0], where=where
            )
    for one in dated[1:]:
        if one.day != dated[0].day and one.day is not None:
            span = (one.paragraph, one.day_at, one.day_at + len(one.day_text))
            place = place_words(dated[0].paragraph, dated[0].day_at)
            args = {"number": one.number, "other": dated[0].day_text, "place": place}
            yield remark(script, "citation-two-dates", Level.DEFECT, span, **args)


def _titles(script: Script, cited: Sequence[Citation]) -> Iterator[Remark]:
    """A title that goes on differently from the first one; one that merely stops earlier is the same."""
    titled = [one for one in cited if one.title]
    seen: list[Citation] = titled[:1]
    for one in titled[1:]:
        differences = [_difference(other.title, one.title) for other in seen]
        if all(differences):
            first, second = differences[0] or ("", "")
            place = place_words(seen[0].paragraph, seen[0].title_at)
            span = (one.paragraph, one.title_at, one.title_at + len(short(one.title, 70).rstrip("…")))
            args = {"number": one.number, "first": first, "second": second, "place": place}
            yield remark(script, "citation-title", Level.DEFECT, span, **args)
            seen.append(one)


def _registered_title(script: Script, one: Citation, document: Document) -> Iterator[Remark]:
    """A title that is neither that of the register nor any under which the register saw it cited."""
    known = [title for title in (document.title, *(each.title for each in document.citations)) if title]
    differences = [_difference(title, one.title) for title in known] if one.title else []
    if differences and all(differences):
        found = differences[0] or ("", "")
        span = (one.paragraph, one.title_at, one.title_at + len(short(one.title, 70).rstrip("…")))
        args = {"number": one.number, "first": found[0], "second": found[1]}
        yield remark(script, "citation-registered-title", Level.DOUBT, span, **args)


def _difference(first: str, second: str) -> tuple[str, str] | None:
    """The words from where two titles part, in both; None where one is the beginning of the other."""
    words = [_LEADING.sub("", plain(title)).split() for title in (first, second)]
    for number, (one, other) in enumerate(zip(*words, strict=False)):
        if one != other:
            begin = max(0, number - 2)
            return tuple(" ".join(each[begin : begin + _SHOWN]) for each in words)  # type: ignore[return-value]
    return None


def _first(script: Script, one: Citation, document: Document | None) -> Iterator[Remark]:
    """What the first citation leaves out; the number itself may name the issuers, as those of joint papers do."""
    behind = one.paragraph.text[one.end : one.end + _LOOKED_FOR]
    missing = []
    if not one.type:
        missing.append("type")
    if not one.day_text:
        missing.append("date")
    joint = "-" in one.key.rpartition("/")[2]
    if (
        not one.issuer
        and not joint
        and " giữa " not in behind
        and not (document and document.issuer and document.issuer in behind)
    ):
        missing.append("issuer")
    if not one.title and " giữa " not in behind:
        missing.append("title")
    if missing:
        date = document.issued if document is not None and document.issued is not None else Keys(("not_registered",))
        level = Level.DEFECT if {"type", "date"} & set(missing) else Level.HINT
        yield remark(script, "citation-incomplete", level, _number(one), missing=Keys(missing), date=date)


def _comma(script: Script, cited: Sequence[Citation]) -> Iterator[Remark]:
    """Whether a comma stands before "ngày" in all citations or in none."""
    dated = [one for one in cited if one.day_text]
    counts = Counter(one.comma for one in dated)
    if len(counts) == 2:
        rare = counts[True] < counts[False]
        first = next(one for one in dated if one.comma is rare)
        args = {"with": counts[True], "without": counts[False]}
        yield remark(script, "citation-comma", Level.HINT, (first.paragraph, first.start, first.day_at), **args)


def _number(one: Citation) -> tuple[Paragraph, int, int]:
    return one.paragraph, one.start, one.end
