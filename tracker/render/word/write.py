"""A paper as a file of Word: the parts put together, and the same paper the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from tracker.hands import digest, order
from tracker.model.paper import Annex, Block, Paper, Side
from tracker.render.paper import Look
from tracker.render.visible import cut
from tracker.render.word.annexes import Sheet, annexes
from tracker.render.word.body import Piece, body
from tracker.render.word.foot import foot
from tracker.render.word.head import head
from tracker.render.word.marks import ANNEX, BLOCK, enclose, number, order_mark
from tracker.render.word.notes import attach, setting
from tracker.render.word.pages import headers, section
from tracker.render.word.profile import Profile, profile_on, profiles
from tracker.render.word.styles import restyle
from tracker.render.word.trace import behind_notes, comment, dated, of_block, of_grounds, opening
from tracker.render.word.xml import Node, clean, node, text_of, thin

if TYPE_CHECKING:
    from docx.document import Document

_KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.FONT_TABLE,
}  # fmt: skip
_EARLIEST = date(1980, 1, 1)
"""The first day that a ZIP file can tell."""
_TITLE = 250
"""Word's own limit for a title is 255."""


def profile_of(paper: Paper, look: Look) -> Profile:
    """The rules of form by name, or those of the paper's side on its day. Raises KeyError for a name not there."""
    if look.profile:
        return profiles()[look.profile]
    return profile_on(paper.frame.side if paper.frame else Side.PARTY, paper.as_of)


def written(paper: Paper, look: Look) -> bytes:
    """The file."""
    profile = profile_of(paper, look)
    document = blank(profile)
    ids = headers(document)
    pieces, sheets = list(body(paper, profile)), list(annexes(paper, profile))
    above = list(head(paper.frame, profile)) if paper.frame else []
    below = [foot(paper.frame, profile)] if paper.frame else []
    _fill(document, [*above, *(piece.paragraph for piece in pieces), *below], sheets, profile, ids)
    find_again(pieces, sheets)
    if pieces:
        remember_order(pieces[0].paragraph, paper)
    number(document.element.body)
    attach(document, [note for piece in pieces for note in piece.notes])
    _settle(document, notes=any(piece.notes for piece in pieces))
    blocks = [(piece.block, piece.paragraph) for piece in pieces]
    say(document, paper, blocks, [(sheet.annex, sheet.pieces[0]) for sheet in sheets], look)
    _sign(document, paper)
    return packed(document, paper)


def blank(profile: Profile) -> "Document":
    """An empty document with the styles of a profile and nothing of the template that it came from."""
    document = docx.Document()
    for owner in (document.part, document.part.package):
        for id_ in [id_ for id_, relation in owner.rels.items() if relation.reltype not in _KEPT]:
            del owner.rels[id_]
    restyle(document.styles.element, profile)
    return document


def _fill(
    document: "Document", main: Sequence[Node], sheets: Sequence[Sheet], profile: Profile, ids: Sequence[str],
) -> None:
    """The pages: text first, then each annex in a section of its own."""
    root = document.element.body
    for child in list(root):
        root.remove(child)
    root.extend(main)
    ends = [section(profile, ids), *(section(profile, ids, across=sheet.across, anew=True) for sheet in sheets)]
    if sheets or not main or main[-1].tag == node("tbl").tag:
        root.append(thin())
    for sheet, end in zip(sheets, ends, strict=False):
        root[-1].find(node("pPr").tag).append(end)
        root.extend(sheet.pieces)
    root.append(ends[-1])


def find_again(pieces: Sequence[Piece], sheets: Sequence[Sheet]) -> None:
    """A bookmark around each block and each annex."""
    for piece in pieces:
        enclose(piece.paragraph, BLOCK, piece.block.key, piece.text)
    for sheet in sheets:
        enclose(sheet.pieces[0], ANNEX, sheet.annex.key, sheet.text)


def remember_order(paragraph: Node, paper: Paper) -> None:
    """A bookmark in the first block's paragraph that says in which order the blocks were generated."""
    paragraph.extend(order_mark(order(digest(block.key) for block in paper.body)))


def _settle(document: "Document", *, notes: bool) -> None:
    """The settings, in place of the template's."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    root.append(node("zoom", percent=100))
    root.append(node("defaultTabStop", val=720))
    root.append(node("characterSpacingControl", val="doNotCompress"))
    if notes:
        root.append(setting())
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    root.append(node("compat", node("compatSetting", **mode)))
    root.append(node("decimalSymbol", val=","))
    root.append(node("listSeparator", val=";"))


def say(
    document: "Document", paper: Paper, blocks: Sequence[tuple[Block, Node]], sheets: Sequence[tuple[Annex, Node]],
    look: Look,
) -> None:
    """The comments: of the whole paper on its first paragraph, then each block's and each annex's own."""
    filled = (one for one in document.element.body.iter(node("p").tag) if text_of(one))
    first = blocks[0][1] if blocks else next(filled, None)
    if first is not None:
        comment(document, first, list(opening(paper, look.say)))
    for block, paragraph in blocks:
        comment(document, paragraph, of_block(block, look))
    for annex, paragraph in sheets:
        comment(document, paragraph, of_grounds(annex.grounds, (), look))
    dated(document, paper.as_of)
    behind_notes(document)


def _sign(document: "Document", paper: Paper) -> None:
    """What the file says of itself: no clock, no machine, no person."""
    own = document.core_properties
    frame = paper.frame
    own.title = cut(clean(f"{frame.name} {frame.subject}" if frame else ", ".join(paper.plans)), _TITLE)
    own.author = own.last_modified_by = "tracker"
    own.comments = ""
    own.language = "vi-VN"
    own.created = own.modified = datetime.combine(paper.as_of, time(), UTC)


def packed(document: "Document", paper: Paper) -> bytes:
    """The file, its members stamped with the paper's own day."""
    made, stamped = BytesIO(), BytesIO()
    document.save(made)
    day = max(paper.as_of, _EARLIEST)
    with ZipFile(made) as old, ZipFile(stamped, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = ZipInfo(member.filename, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            new.writestr(info, old.read(member))
    return stamped.getvalue()
