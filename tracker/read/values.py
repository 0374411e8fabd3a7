"""Text as people write it → numbers, quantities, truths and names (docs/files.md, «Values»).

Each function gives the value, or a Refusal that says which words of [problem] to use. Nothing is guessed: what can be
read in two ways is refused with both readings (design 4.7).
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tracker.model.source import NOTHING
from tracker.model.values import Bound, Number, Quantity

DIGITS = 15
"""Most digits of a number: beyond them a spreadsheet has already lost some."""


class Refusal(NamedTuple):
    """Why a text is not a value: a key under [problem] and what fills its slots."""

    code: str
    args: Mapping[str, str] = NOTHING


_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_WHOLE = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))(?:,(?P<part>[0-9]+))?")
_DECIMAL = re.compile(r"(?P<whole>[0-9]+),(?P<part>[0-9]+)")
_DOTTED = re.compile(r"(?P<whole>[0-9]+)\.(?P<part>[0-9]+)")
_ENGLISH = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_ALL_NUMBER = re.compile(r"[0-9](?:[0-9., ]*[0-9])?")
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DIGEST = re.compile(r"#[0-9a-f]{12}(?:-[1-9][0-9]{0,3})?")
_FACT = re.compile(r"[a-z][a-z0-9_]{0,79}")
_FURTHER = re.compile(r"(?:^|[^\w/])[0-9]")

TRUE = frozenset({"true", "yes", "có", "đúng"})
FALSE = frozenset({"false", "no", "không", "sai"})

BOUNDS: tuple[tuple[str, Bound], ...] = (
    ("không dưới", Bound.AT_LEAST),
    ("ít nhất", Bound.AT_LEAST),
    ("không quá", Bound.AT_MOST),
    ("tối đa", Bound.AT_MOST),
    ("khoảng", Bound.ABOUT),
    ("trên", Bound.OVER),
    ("hơn", Bound.OVER),
    ("gần", Bound.UNDER),
    ("dưới", Bound.UNDER),
)
"""Words before a number; the longer ones first, so that "không dưới" is not taken for "dưới"."""


def clean(text: str) -> str:
    """NFC, with every run of white space, no-break spaces included, as one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def parse_number(text: str) -> Number | Refusal:
    """2.359, 2 359, 08, 99,79 and 2.359,5 as numbers; a sign may stand before. What has two readings is refused."""
    written = clean(text)
    if refusal := foreign_digit(written):
        return refusal
    negative = written[:1] in {"-", "−"}
    number = _unsigned(written[1:] if negative else written, written)
    return number if isinstance(number, Refusal) or not negative else -number


def parse_quantity(text: str) -> Quantity | Refusal:
    """"trên 4.700 đại biểu" as a number with its bound and the thing counted."""
    written = clean(text)
    if refusal := foreign_digit(written):
        return refusal
    bound, rest = _bound(written)
    match = _ALL_NUMBER.match(rest)
    if match is None:
        return _without_number(written, rest)
    unit = rest[match.end() :]
    if unit[:1] in {"-", "–", "—", "÷", "/", ":"} and unit[1:].strip()[:1].isdigit():
        return Refusal("value-range", {"text": written})
    unit = unit.strip()
    number = _unsigned(match[0], match[0])
    if isinstance(number, Refusal):
        return number
    if unit and not (unit[0].isalpha() or unit[0] in "%‰°("):
        return Refusal("value-quantity", {"text": written})
    if _FURTHER.search(unit):
        return Refusal("value-two-numbers", {"text": written})
    return Quantity(number, bound, unit, unicodedata.normalize("NFC", text).strip())


def parse_count(text: str, most: int = 9999) -> int | Refusal:
    """A whole number from 0 to `most`: days of grace, day of a month, months."""
    written = clean(text)
    if refusal := foreign_digit(written):
        return refusal
    if not _WHOLE.fullmatch(written) or len(written) > DIGITS or int(written) > most:
        return Refusal("value-count", {"text": written, "most": str(most)})
    return int(written)


def parse_share(text: str) -> int | Refusal:
    """A whole share in per cent: `10 %` or `10%`."""
    number = text.removesuffix("%").strip()
    if not text.endswith("%") or not (number.isascii() and number.isdigit()) or int(number) > 100:
        return Refusal("value-share", {"text": text})
    return int(number)


def parse_truth(text: str) -> bool | Refusal:
    """true, yes, có, đúng · false, no, không, sai."""
    word = clean(text).casefold()
    if word in TRUE:
        return True
    return False if word in FALSE else Refusal("value-truth", {"text": clean(text)})


def parse_slug(text: str) -> str | Refusal:
    """An id: ASCII letters, digits, dot, hyphen and underscore; anything else is refused with an id that would do."""
    written = clean(text)
    return written if SLUG.fullmatch(written) else Refusal("value-id", {"text": written, "near": slug(written)})


def parse_phrase(text: str) -> str | Refusal:
    """Words to be looked for: with at least one letter or digit, or they would be found everywhere."""
    written = clean(text)
    return written if any(map(str.isalnum, written)) else Refusal("value-phrase", {"text": written})


def parse_entry(text: str) -> str | Refusal:
    """What an entry is named by: its id, or what a digest of it says (#3f2a9c01d4e7) where it has none."""
    written = clean(text)
    return written if _DIGEST.fullmatch(written) else parse_slug(text)


def parse_fact_name(text: str) -> str | Refusal:
    """The name of a fact, which conditions use as a column: small ASCII letters, digits and underscore."""
    written = clean(text)
    if _FACT.fullmatch(written):
        return written
    return Refusal("value-fact-name", {"text": written, "near": slug(written).replace("-", "_").replace(".", "_")})


def parse_key(text: str) -> str | Refusal:
    """What task ids begin with: 14-KH. Fingerprints and paths are made of it, so no space, slash or colon."""
    written = clean(text)
    return Refusal("value-key", {"text": written}) if re.search(r"[\s/:]", written) or not written else written


def slug(text: str) -> str:
    """An id that resembles the text: "Sông Công" as song-cong."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9._]+", "-", kept).strip("-._")[:80] or "x"


def foreign_digit(text: str) -> Refusal | None:
    """Digits of another script: they look like a number to Python and like nothing to a reader."""
    if text.isascii():
        return None
    for char in text:
        if char.isnumeric() and not char.isascii() and unicodedata.category(char) in {"Nd", "No", "Nl"}:
            digit = unicodedata.digit(char, None)
            near = unicodedata.normalize("NFKC", char) if digit is None else str(digit)
            # "m²" and "km³" are units, not numbers
            if char not in "²³":
                return Refusal("value-foreign-digit", {"char": char, "name": unicodedata.name(char, "?"), "near": near})
    return None


def _unsigned(text: str, written: str) -> Number | Refusal:
    if sum(char.isdigit() for char in text) > DIGITS:
        return Refusal("value-digits", {"text": written, "most": str(DIGITS)})
    if _WHOLE.fullmatch(text):
        return int(text)
    if match := _THOUSANDS.fullmatch(text):
        whole = match["whole"].replace(".", "").replace(" ", "")
        return Decimal(f"{whole}.{match['part']}") if match["part"] else int(whole)
    if match := _DECIMAL.fullmatch(text):
        whole, part = match["whole"], match["part"]
        if len(part) == 3 and len(whole) <= 3 and whole[0] != "0":
            return Refusal("value-comma", {"text": written, "first": f"{whole}.{part}", "second": f"{whole},{part}0"})
        return Decimal(f"{whole}.{part}")
    if match := _DOTTED.fullmatch(text):
        dotless = str(int(match["whole"] + match["part"]))
        return Refusal("value-dot", {"text": written, "first": f"{match['whole']},{match['part']}", "second": dotless})
    if match := _ENGLISH.fullmatch(text):
        near = match["whole"].replace(",", ".") + (f",{match['part']}" if match["part"] else "")
        return Refusal("value-english", {"text": written, "near": near})
    return Refusal("value-number", {"text": written})


def _bound(text: str) -> tuple[Bound, str]:
    lower = text.lower()
    for word, bound in BOUNDS:
        if lower.startswith(word + " "):
            return bound, text[len(word) + 1 :]
    return Bound.EXACT, text


def _without_number(written: str, rest: str) -> Refusal:
    """A word that we do not know before a number, a negative number, or no number at all."""
    match = re.search(r"[0-9]", rest)
    if match is None:
        return Refusal("value-quantity", {"text": written})
    word = rest[: match.start()].strip()
    if word in {"-", "−"}:
        return Refusal("value-negative", {"text": written})
    return Refusal("value-word", {"text": written, "word": word, "known": ", ".join(word for word, _ in BOUNDS)})
