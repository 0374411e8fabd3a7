"""A file of Word made anew: the old file is the base, and what people did to it stays; only untouched blocks change."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml.ns import qn

from tracker.hands import Fresh, Merged, Part, digest, merge
from tracker.lang import words
from tracker.model.paper import Paper
from tracker.render.paper import Look, Renewed
from tracker.render.visible import cut
from tracker.render.word.annexes import Sheet, annexes
from tracker.render.word.body import Piece, body
from tracker.render.word.marks import ANNEX, BLOCK, NEWER, marks_in, name_of, number, take_order
from tracker.render.word.notes import old_notes, settle_notes
from tracker.render.word.old import Content, Old, opened, taken_apart
from tracker.render.word.pages import section
from tracker.render.word.profile import Profile
from tracker.render.word.styles import restyle
from tracker.render.word.trace import comment_roots, numbers_of_ours, silence
from tracker.render.word.write import find_again, packed, profile_of, remember_order, say
from tracker.render.word.xml import Node, bright, node, run, text_of, thin

if TYPE_CHECKING:
    from docx.document import Document

_SHOWN = 60
"""Characters of a block that the paper no longer has, by which a person knows it again."""


class Both(NamedTuple):
    """The new pieces of a paper by the digest of their keys."""

    pieces: Mapping[str, Piece]
    sheets: Mapping[str, Sheet]


def renewed(paper: Paper, look: Look, old: bytes) -> Renewed | None:
    """The old file with the new blocks in it; None where it has none of our marks, or is no file of Word."""
    document = opened(old)
    root: Node = document.element.body if document is not None else None
    if document is None or not any(True for _ in marks_in(root)):
        return None
    number(root)
    was = take_order(root)
    notes = old_notes(document)
    found = taken_apart(document, {id_: text_of(note) for id_, note in notes.items()}, numbers_of_ours(document))
    silence(document)
    profile = profile_of(paper, look)
    both = _both(paper, profile)
    blocks = merge(found.blocks, [Fresh(key, (one.paragraph,), one.text) for key, one in both.pieces.items()], was)
    sheets = merge(found.annexes, [Fresh(key, one.pieces, one.text) for key, one in both.sheets.items()])
    _lay_out(root, found, _unchanged(blocks, found.blocks), _unchanged(sheets, found.annexes), (profile, both))
    fresh = {one.get(qn("w:id")): one for piece in both.pieces.values() for one in piece.notes}
    _adopt(document, profile, fresh.values())
    settle_notes(document, notes | fresh)
    _speak(document, paper, look)
    _adopt(document, profile, comment_roots(document))
    return _told(packed(document, paper), (blocks, sheets), both, found)


def _both(paper: Paper, profile: Profile) -> Both:
    pieces, sheets = list(body(paper, profile)), list(annexes(paper, profile))
    find_again(pieces, sheets)
    return Both(
        {digest(one.block.key): one for one in pieces},
        {digest(one.annex.key): one for one in sheets},
    )


def _unchanged(merged: Merged[Content], old: Sequence[Part[Content]]) -> list[Part[Content]]:
    """The parts to write; what says the same as before keeps its old elements, with the letters that a person chose."""
    same = {(part.key, part.digest): part for part in old if part.content and not (part.beside or part.edited)}
    found = []
    for part in merged.parts:
        before = same.get((part.key, part.digest))
        mine = before is not None and not part.beside and digest(part.plain) == part.digest
        found.append(part._replace(content=before.content) if before is not None and mine else part)
    return found


def _lay_out(
    root: Node, old: Old, blocks: Sequence[Part[Content]], sheets: Sequence[Part[Content]], new: tuple[Profile, Both],
) -> None:
    """Put all into the body again, each annex into a section of its own."""
    profile, both = new
    ends = _sections(root, old)
    heads: list[Node] = next((one.findall(qn("w:headerReference")) for one in ends.values() if one is not None), [])
    main = [*old.before, *(one for part in blocks for one in _named(part, BLOCK)), *old.after]
    end = ends[""]
    groups: list[tuple[Sequence[Node], Node]] = [(main, _section(profile, heads) if end is None else end)]
    for part in sheets:
        fresh = both.sheets.get(part.key)
        made = fresh is not None and bool(part.content) and part.content[0] is fresh.pieces[0]
        end = None if made else ends.get(part.key)
        if end is None:
            end = _section(profile, heads, across=fresh is not None and fresh.across, anew=True)
        groups.append((_named(part, ANNEX), end))
    before = list(root)
    for group, end in groups[:-1]:
        root.extend(group or [thin()])
        _close(root, end)
    root.extend(groups[-1][0])
    root.append(groups[-1][1])
    # Moving is cheap and taking out is not: what stays was moved behind all that goes.
    kept = {id(one) for group, end in groups for one in (*group, end)}
    for one in before:
        if id(one) not in kept and one.getparent() is root:
            root.remove(one)


def _close(root: Node, end: Node) -> None:
    """End a section in the last paragraph of what is there."""
    if root[-1].tag != qn("w:p"):
        root.append(thin())
    properties = root[-1].find(qn("w:pPr"))
    if properties is None:
        properties = node("pPr")
        root[-1].insert(0, properties)
    properties.append(end)


def _section(profile: Profile, heads: Sequence[Node], *, across: bool = False, anew: bool = False) -> Node:
    """A section with the headers that the file has."""
    made = section(profile, (), across=across, anew=anew)
    for one in reversed(heads):
        made.insert(0, deepcopy(one))
    return made


def _sections(root: Node, old: Old) -> dict[str, Node | None]:
    """The section of each annex by its key, and that of the text under the empty one; None where its end was taken out.

    They are taken out of their paragraphs. Sections that a person made within the text stay where they are.
    """
    texts = [*old.before, *(one for part in old.blocks for one in part.content), *old.after]
    groups = [("", texts), *((part.key, list(part.content)) for part in old.annexes)]
    ends: dict[str, Node | None] = {}
    for key, content in groups[:-1]:
        own = [found for element in content for found in element.iter(qn("w:sectPr"))]
        ends[key] = own[-1] if own else None
        if own:
            own[-1].getparent().remove(own[-1])
    ends[groups[-1][0]] = root.find(qn("w:sectPr"))
    return ends


def _named(part: Part[Content], kind: str) -> Content:
    """The elements of a part, their bookmark with the digest that it now has to remember."""
    if not part.key:
        return part.content
    if part.beside:
        kind = NEWER
        start = part.content[0].find(qn("w:bookmarkStart"))
        start.addnext(run(words()("word.newer"), node("rPr", node("b"), *bright(blank=True))))
    for element in part.content:
        for mark in list(marks_in(element)):
            if mark.key == part.key:
                mark.start.set(qn("w:name"), name_of(kind, part.key, part.digest))
    return part.content


def _adopt(document: "Document", profile: Profile, others: Iterable[Node]) -> None:
    """Let new paragraphs use the old file's styles by name, which programs keep; bring the styles that it lacks."""
    ours = node("styles")
    restyle(ours, profile)
    mine = {one.get(qn("w:styleId")): one for one in ours.iter(qn("w:style"))}
    styles: Node = document.styles.element
    there = {one.get(qn("w:styleId")): one for one in styles.iter(qn("w:style"))}
    by_name = {_style_name(one): id_ for id_, one in there.items()}
    tags = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
    for one in [one for root in (document.element.body, *others) for one in root.iter(*tags)]:
        id_ = one.get(qn("w:val"))
        if id_ in there or id_ not in mine:
            continue
        name = _style_name(mine[id_])
        if name not in by_name:
            styles.append(deepcopy(mine[id_]))
            by_name[name] = id_
        one.set(qn("w:val"), by_name[name])


def _style_name(style: Node) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).casefold()


def _speak(document: "Document", paper: Paper, look: Look) -> None:
    """The order, and the comments on all blocks and annexes that the file has now."""
    root: Node = document.element.body
    paragraphs: dict[str, Node] = {}
    for mark in marks_in(root):
        paragraph = next((one for one in mark.start.iterancestors(qn("w:p"))), None)
        if mark.kind != NEWER and paragraph is not None:
            paragraphs.setdefault(mark.key, paragraph)
    blocks = [(block, paragraphs[digest(block.key)]) for block in paper.body if digest(block.key) in paragraphs]
    sheets = [(one, paragraphs[digest(one.key)]) for one in paper.annexes if digest(one.key) in paragraphs]
    if blocks:
        remember_order(blocks[0][1], paper)
    number(root)
    say(document, paper, blocks, sheets, look)


def _told(data: bytes, merged: Sequence[Merged[Content]], both: Both, old: Old) -> Renewed:
    """What is to be said, by the keys of the paper; what it no longer has, by its first words."""
    known = {key: piece.block.key for key, piece in both.pieces.items()}
    known |= {key: sheet.annex.key for key, sheet in both.sheets.items()}
    gone = {part.key: cut(part.plain.replace("\0", ""), _SHOWN) for part in (*old.blocks, *old.annexes) if part.key}
    told = {
        field: tuple((gone | known)[key] for one in merged for key in getattr(one, field))
        for field in Renewed._fields if field != "data"
    }  # fmt: skip
    return Renewed(data, **told)
