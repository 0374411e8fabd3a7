"""Looking through paragraphs: sentences, words, and remarks that stand where their words stand."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tracker.model.proof import Arg, Level, Paragraph, Remark, Role, Script
from tracker.model.source import Place
from tracker.names import tone

_SENTENCE = re.compile(r"(?<![ .(][A-ZĐ])(?<!T[pP])[.!?…]+[”\"»)]*[¹²³⁰⁴-⁹]*\s+(?=[“\"«(]?\S)")
WORD = re.compile(r"[^\W_]+")
_PROSE = frozenset({Role.BODY, Role.BULLET, Role.NOTE})
_AHEAD = re.compile(r"phương hướng|nhiệm vụ trọng tâm|nhiệm vụ, giải pháp|giải pháp|thời gian tới", re.IGNORECASE)
_LIMITS = re.compile(r"hạn chế|tồn tại|khó khăn|vướng mắc", re.IGNORECASE)

_SUBJECTS = (
    "hướng dẫn", "đôn đốc", "kiểm tra", "giám sát", "tuyên truyền", "vận động", "văn bản", "báo cáo", "tham mưu",
    "mô hình", "tập huấn", "nắm tình hình", "trao đổi thông tin", "giải ngân", "phối hợp", "hộ nghèo",
)  # fmt: skip
_QUOTED = re.compile(r"“(?P<words>[^”]{4,40})”")


class Part(NamedTuple):
    """A stretch of a paragraph."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.paragraph.text[self.start : self.end]


def sentences(paragraph: Paragraph) -> Iterator[Part]:
    """The sentences of a paragraph, without the blank between them."""
    start = 0
    for match in _SENTENCE.finditer(paragraph.text):
        following = paragraph.text[match.end() : match.end() + 1]
        if following.islower():
            continue
        yield Part(paragraph, start, match.start() + len(match[0].rstrip()))
        start = match.end()
    if start < len(paragraph.text):
        yield Part(paragraph, start, len(paragraph.text))


def prose(script: Script) -> Iterator[Paragraph]:
    """The paragraphs that are made of sentences."""
    return (paragraph for paragraph in script.paragraphs if paragraph.role in _PROSE)


def search(script: Script, pattern: re.Pattern[str]) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    """Every match in the prose."""
    for paragraph in prose(script):
        for match in pattern.finditer(paragraph.text):
            yield paragraph, match


def ahead(paragraph: Paragraph) -> bool:
    """Whether it speaks of what is to be done next year."""
    return any(_AHEAD.search(heading) for heading in paragraph.under)


def limits(paragraph: Paragraph) -> bool:
    """Whether it stands under the heading of limitations."""
    return not ahead(paragraph) and any(_LIMITS.search(heading) for heading in paragraph.under)


def results(paragraph: Paragraph) -> bool:
    """Whether it tells what was done."""
    return bool(paragraph.under) and not ahead(paragraph) and not limits(paragraph)


def bearer(script: Script, note: Paragraph) -> Part | None:
    """The sentence that bears the mark of a footnote."""
    for paragraph in script.paragraphs:
        if paragraph.role is not Role.NOTE:
            for mark in (note.mark, f"[^{note.mark}]"):
                for sentence in sentences(paragraph):
                    if sentence.text.rstrip(" .;,").endswith(mark) or mark + "." in sentence.text + ".":
                        return sentence
    return None


def remark(
    script: Script,
    name: str,
    level: Level,
    part: Part | tuple[Paragraph, int, int],
    /,
    **args: Arg,
) -> Remark:
    """A remark on these words; the check is what the name begins with until `proofread` says better."""
    paragraph, start, end = part
    line, column = paragraph.spot(start)
    quoted = paragraph.text[start:end]
    return Remark(
        name.partition("-")[0], name, level, Place(script.file, line, column), quoted, paragraph.section, args
    )


def whole(script: Script, name: str, level: Level, /, **args: Arg) -> Remark:
    """A remark on something that is nowhere."""
    line, column = script.paragraphs[0].spot(0)
    return Remark(name.partition("-")[0], name, level, Place(script.file, line, column), "", (), args)


def short(text: str, length: int = 60) -> str:
    """The beginning of a text, up to a whole word."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].rstrip(" ,;") + "…"


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words alone, each in one spelling, without case, quotes, commas and dashes."""
    return " ".join(WORD.findall(tone(text)))


def place_words(paragraph: Paragraph, offset: int = 0) -> str:
    """Line and column as text, for a remark that names another place."""
    line, column = paragraph.spot(offset)
    return f"{line}:{column}"


def mostly_upper(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) * 10 > 6 * len(letters)


def accents_of(word: str) -> str:
    """The letters without their marks, of the same length for NFC Vietnamese words."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


@lru_cache(maxsize=4096)
def subjects(text: str) -> frozenset[str]:
    """What a sentence is about, as far as a short list of kinds of work and its words in quotes tell."""
    lower = text.lower()
    found = {one for one in _SUBJECTS if one in lower}
    return frozenset(found | {f"“{match['words'].lower()}”" for match in _QUOTED.finditer(text)})
