"""Names of places and bodies, letter by letter: what only looks like a registered name is told.

Only units of the year are looked at. Another spelling of the same word (hoá, hóa) is fine; other accents are not: xã
Văn Lãng is not xã Văn Lăng, and both may exist.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.model.proof import Keys, Level, Paragraph, Remark, Script
from tracker.model.unit import Unit
from tracker.names import accents, bare, tone
from tracker.proofread.facts import Facts
from tracker.proofread.text import remark

_TOKEN = re.compile(r"[^\W_]+")
_KIND = re.compile(
    r"(?:(?P<kind>xã|phường|thị trấn|huyện|thị xã|thành phố|quận|tỉnh|TP|Tp)\.?)\s+$",
    re.IGNORECASE,
)
_KINDS = {
    "xã": "xa", "phường": "phuong", "thị trấn": "thi-tran", "huyện": "huyen", "thị xã": "thi-xa",
    "thành phố": "thanh-pho", "quận": "quan", "tỉnh": "tinh", "tp": "thanh-pho",
}  # fmt: skip
_HAMLET = re.compile(r"(?:xóm|thôn|ấp|buôn|làng|tổ dân phố)\s+(?=\w+\s)", re.IGNORECASE)
_COMMUNES = frozenset({"xa", "phuong", "thi-tran"})
_PARENT = re.compile(r",?\s*(?:huyện|thành phố|thị xã|TP\.?)\s+(?P<name>\w+(?:\s+\w+){0,3})")


class _Name(NamedTuple):
    """One way in which a unit is called."""

    unit: Unit
    kind: str
    """Kind of territory that the name begins with: huyen, thanh-pho; empty for a body."""
    text: str
    tokens: tuple[str, ...]
    """Its words without accents."""


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """Every stretch of words that resembles a name, in all paragraphs."""
    names: dict[str, list[_Name]] = {}
    for one in _names(facts):
        names.setdefault(one.tokens[0], []).append(one)
    for paragraph in script.paragraphs:
        yield from _paragraph(script, paragraph, names, {unit.id: unit for unit in facts.units})


def _names(facts: Facts) -> Iterator[_Name]:
    seen: set[tuple[str, str, str]] = set()
    for unit in facts.units:
        for written in (unit.name, *unit.aliases):
            kind, text = bare(written)
            if hamlet := _HAMLET.match(text):
                text = text[hamlet.end() :]
            tokens = tuple(accents(text).split())
            if len(tokens) > 1 and (unit.id, kind, tone(text)) not in seen and all(map(str.isalnum, tokens)):
                seen.add((unit.id, kind, tone(text)))
                yield _Name(unit, kind, text, tokens)


def _paragraph(
    script: Script,
    paragraph: Paragraph,
    names: Mapping[str, list[_Name]],
    units: Mapping[str, Unit],
) -> Iterator[Remark]:
    tokens = list(_TOKEN.finditer(paragraph.text))
    folded = [accents(token[0]) for token in tokens]
    upto = 0
    for number, token in enumerate(tokens):
        if number < upto or not token[0][0].isupper() or (token[0].isupper() and len(token[0]) > 1):
            continue
        near = [
            one for one in names.get(folded[number], ())
            if tuple(folded[number : number + len(one.tokens)]) == one.tokens
        ]  # fmt: skip
        if not near:
            continue
        longest = max(len(one.tokens) for one in near)
        near = [one for one in near if len(one.tokens) == longest]
        end = tokens[number + longest - 1].end()
        found = _compared(script, (paragraph, token.start(), end), near, units)
        if found is not None:
            yield found
        upto = number + longest


def _compared(
    script: Script,
    span: tuple[Paragraph, int, int],
    near: list[_Name],
    units: Mapping[str, Unit],
) -> Remark | None:
    paragraph, start, end = span
    written = paragraph.text[start:end]
    before = _KIND.search(paragraph.text[max(0, start - 14) : start])
    word = before["kind"] if before else ""
    kind = _KINDS.get(word.lower(), "")
    same = [one for one in near if tone(one.text) == tone(written)]
    if same:
        part = (paragraph, start - len(before[0]) if before else start, end)
        return _of_its_kind(script, part, kind, same) or _in_its_place(script, part, same, units)
    if not _capitals(written, near[0].text):
        return None
    fitting = [one for one in near if not kind or not one.kind or one.kind == kind]
    parent = _PARENT.match(paragraph.text, end)
    if parent:
        above = tuple(accents(parent["name"]).split())
        inside = [one for one in fitting if _parent_is(one.unit, above, units)]
        fitting = inside or fitting
    found = list(dict.fromkeys(one.unit.id for one in fitting))
    if not found:
        return None
    name = units[found[0]].name
    if len(found) > 1:
        return remark(script, "name-ambiguous", Level.DOUBT, span, names=", ".join(units[one].name for one in found))
    where = units[units[found[0]].parent].name if units[found[0]].parent in units else Keys(("register",))
    return remark(script, "name-accents", Level.DEFECT, span, right=name, where=where)


def _of_its_kind(script: Script, span: tuple[Paragraph, int, int], kind: str, same: list[_Name]) -> Remark | None:
    """A commune may bear the name of its district and not be registered: that is only a doubt."""
    kinds = {one.kind for one in same if one.kind}
    if not kind or not kinds or kind in kinds:
        return None
    right = next(one.unit.name for one in same if one.kind)
    lower = kind in _COMMUNES and not kinds & _COMMUNES
    return remark(script, "name-kind", Level.DOUBT if lower else Level.DEFECT, span, right=right)


def _in_its_place(
    script: Script,
    span: tuple[Paragraph, int, int],
    same: list[_Name],
    units: Mapping[str, Unit],
) -> Remark | None:
    """A commune of another district than the one named behind it."""
    paragraph, start, end = span
    parent = _PARENT.match(paragraph.text, end)
    communes = [one.unit for one in same if one.kind in _COMMUNES]
    if parent is None or not communes:
        return None
    above = tuple(accents(parent["name"]).split())
    if any(_parent_is(unit, above, units) for unit in communes):
        return None
    right = units[communes[0].parent].name if communes[0].parent in units else ""
    if not right:
        return None
    return remark(script, "name-parent", Level.DEFECT, (paragraph, start, parent.end()), right=right)


def _parent_is(unit: Unit, above: tuple[str, ...], units: Mapping[str, Unit]) -> bool:
    parent = units.get(unit.parent)
    if parent is None:
        return False
    tokens = tuple(accents(bare(parent.name)[1]).split())
    return above[: len(tokens)] == tokens


def _capitals(written: str, name: str) -> bool:
    """Whether the words are set like a name: capitals where the name has them."""
    pairs = zip(written.split(), name.split(), strict=False)
    return all(one[0].isupper() for one, other in pairs if other[0].isupper())
