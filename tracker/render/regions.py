"""Papers as text, line by line: each region between two comments, so that people can write in the file and around them.

A mark is a line of its own. What of a mark is broken, by a hand or by a merge in git, is no mark: the lines between are
then free text, and stay.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from tracker.hands import Fresh, Merged, Part, merge, order
from tracker.render.marked import comment
from tracker.render.paper import Renewed, told

_BEGIN = re.compile(r"<!-- tracker: (?P<kind>begin|new) (?P<key>\S+) (?P<digest>[0-9a-f]{12}) -->")
_END = re.compile(r"<!-- tracker: end(?: (?P<rests>.*))? -->")
_ORDER = re.compile(r"<!-- tracker: paper (?P<order>[0-9a-f]{12})(?: .*)? -->")
_UNSAFE = re.compile(r"[^!-~\u00a1-\u1fff]|[%<>\"'\u061c]|(?<=-)-")
"""What a key cannot have in a mark: blanks, signs of direction, and all that could end a comment."""
_BLANK = re.compile(r"\A(?:[ \t]*\n)+|\s+\Z")
"""Blank lines around a part; the indent of its first line is its own."""


class Piece(NamedTuple):
    """What stands in a file for a part."""

    text: str
    """Lines without an end."""
    rests: str = ""
    """Of a region: what it rests on, in short, as its closing mark says; never held against a person."""


class Form(NamedTuple):
    """What one text format needs to know of the marks."""

    note: str
    """What is said to who opens the file as text, in the mark at its head."""
    newer: str
    """The line above a new version that stands behind an edited region."""
    plain: Callable[[str], str] = str
    """What of a region's text counts: edits elsewhere are not seen."""
    single: frozenset[str] = frozenset()
    """Keys of regions of which a file can only have one: no new version is put beside them."""


def region(key: str, text: str, form: Form, rests: str = "") -> Fresh[Piece]:
    """A region of this text."""
    text = _trimmed(text)
    return Fresh(key, Piece(text, rests), form.plain(text))


def page(regions: Sequence[Fresh[Piece]], form: Form) -> bytes:
    """The file where nothing was there before."""
    return _written([one.part for one in regions], order(one.key for one in regions), form)


def renew(regions: Sequence[Fresh[Piece]], form: Form, old: bytes) -> Renewed | None:
    """The file made anew around what people wrote in it; None where it has none of our marks, or is no text."""
    parts, was = read(old, form)
    if not was and not any(part.key for part in parts):
        return None
    merged = merge(parts, regions, was)
    if form.single:
        merged = _alone(merged, form.single)
    return told(_written(merged.parts, order(one.key for one in regions), form), merged)


def read(data: bytes, form: Form) -> tuple[list[Part[Piece]], str]:
    """The parts of a file, and the order in which its regions were generated; nothing where it is no text."""
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return [], ""
    lines = text.replace("\r\n", "\n").split("\n")
    was = [match["order"] for line in lines if (match := _ORDER.fullmatch(line.strip()))]
    lines = [line for line in lines if not _ORDER.fullmatch(line.strip())]
    return list(_parts(lines, form)), was[0] if was else ""


def _parts(lines: Sequence[str], form: Form) -> Iterator[Part[Piece]]:
    free: list[str] = []
    at = 0
    while at < len(lines):
        begin = _BEGIN.fullmatch(lines[at].strip())
        end = _closing(lines, at + 1) if begin else None
        if begin is None or end is None:
            # A mark without its other half marks nothing; left in the file it might find a wrong one in the next run.
            if begin is None and not _END.fullmatch(lines[at].strip()):
                free.append(lines[at])
            at += 1
            continue
        yield from _free(free)
        free = []
        yield _region(begin, lines[at + 1 : end], lines[end], form)
        at = end + 1
    yield from _free(free)


def _region(begin: re.Match[str], lines: Sequence[str], end: str, form: Form) -> Part[Piece]:
    closing = _END.fullmatch(end.strip())
    assert closing is not None
    beside = begin["kind"] == "new"
    text = _trimmed("\n".join(lines))
    if beside:
        text = _trimmed(text.removeprefix(form.newer))
    key = unquote(begin["key"], errors="surrogatepass")
    return Part(Piece(text, closing["rests"] or ""), form.plain(text), key, begin["digest"], beside)


def _closing(lines: Sequence[str], at: int) -> int | None:
    """The line that ends a region begun above; None where another begins before it, or none ends."""
    for number in range(at, len(lines)):
        line = lines[number].strip()
        if _END.fullmatch(line):
            return number
        if _BEGIN.fullmatch(line):
            return None
    return None


def _free(lines: Sequence[str]) -> Iterator[Part[Piece]]:
    text = _trimmed("\n".join(lines))
    if text:
        yield Part(Piece(text))


def _trimmed(text: str) -> str:
    return _BLANK.sub("", text)


def _written(parts: Sequence[Part[Piece]], now: str, form: Form) -> bytes:
    said = [comment(f"tracker: paper {now} {form.note}")]
    for part in parts:
        if not part.key:
            said.append(part.content.text)
            continue
        key = _UNSAFE.sub(lambda match: quote(match[0], safe="", errors="surrogatepass").replace("-", "%2D"), part.key)
        lines = [f"<!-- tracker: {'new' if part.beside else 'begin'} {key} {part.digest} -->"]
        lines += [form.newer, ""] if part.beside else []
        lines += [part.content.text] if part.content.text else []
        # What stood in an old mark was escaped when it was written.
        rests = f" {part.content.rests}" if part.content.rests else ""
        said.append("\n".join([*lines, f"<!-- tracker: end{rests} -->"]))
    return ("\n\n".join(said) + "\n").encode()


def _alone(merged: Merged[Piece], single: frozenset[str]) -> Merged[Piece]:
    """Without new versions of what a file has once."""
    parts = tuple(part for part in merged.parts if not (part.beside and part.key in single))
    return merged._replace(parts=parts, beside=tuple(key for key in merged.beside if key not in single))


def short(keys: Sequence[str], most: int = 6) -> str:
    """The keys of findings for a closing mark: all of a few; of many, what they have in common and how often."""
    if len(keys) <= most:
        return _safe(", ".join(keys))
    counts: dict[str, int] = {}
    for key in keys:
        stem = ":".join(key.split(":")[:2])
        counts[stem] = counts.get(stem, 0) + 1
    named = [f"{stem} ×{count}" if count > 1 else stem for stem, count in list(counts.items())[:most]]
    more = len(keys) - sum(list(counts.values())[:most])
    return _safe(", ".join([*named, f"… +{more}"] if more else named))


def _safe(text: str) -> str:
    """The text as it can stand in a comment."""
    return comment(text.replace("<", "&lt;").replace(">", "&gt;")).removeprefix("<!-- ").removesuffix(" -->")


