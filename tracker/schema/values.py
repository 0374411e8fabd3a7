"""How single values are written, as JSON Schema: patterns where they check something, and what an editor makes of them.

An editor reads YAML before it asks the schema: 2023 is a number there, 2.359 too, and 14/6/2023 is text. Patterns keep
to what both ECMAScript and Python understand. They may let through what reading refuses, never the other way round.
"""

from collections.abc import Mapping
from typing import Any

from tracker.model.form import Value

Schema = dict[str, Any]

_YEAR = "(?:19|20|21)[0-9]{2}"
_MONTH = "(?:0?[1-9]|1[0-2])"


def _word(text: str) -> str:
    """The word in small letters, capitals or a mixture."""
    return "".join(f"[{char.upper()}{char}]" if char.isalpha() else char for char in text)


def _any(*parts: str) -> str:
    return f"(?:{'|'.join(parts)})"


def _whole(*parts: str) -> str:
    return rf"^\s*{_any(*parts)}\s*$"


def _days_between(first: str, second: str, last: str = "") -> str:
    """Day and month with what stands between and behind them; a month does not have more days than it has."""
    return _any(
        f"(?:0?[1-9]|[12][0-9]){first}{_MONTH}{second}{_YEAR}{last}",
        f"30{first}(?:0?[13-9]|1[0-2]){second}{_YEAR}{last}",
        f"31{first}(?:0?[13578]|1[02]){second}{_YEAR}{last}",
    )


_ISO = _any(
    f"{_YEAR}-{_MONTH}-(?:0?[1-9]|[12][0-9])", f"{_YEAR}-(?:0?[13-9]|1[0-2])-30", f"{_YEAR}-(?:0?[13578]|1[02])-31",
)
_DAY = _any(
    *(_days_between(sign, sign) for sign in ("/", r"\.", "-")),
    _ISO,
    f"(?:{_word('ngày')} )?" + _days_between(f" {_word('tháng')} ", f" {_word('năm')} "),
)
_QUARTER = _any("[1-4]", "[Ii][Vv]", "[Ii]{1,3}")
_BEHIND = rf"(?: ?[/-] ?| {_word('năm')} | )"
_PERIOD = _any(
    f"(?:{_word('tháng')} )?{_MONTH}(?:[/-]| {_word('năm')} ){_YEAR}",
    f"{_YEAR}-(?:0[1-9]|1[0-2])",
    f"{_word('quý')} {_QUARTER}{_BEHIND}{_YEAR}",
    f"(?:6|{_word('sáu')}) {_word('tháng')} (?:{_word('đầu')}|{_word('cuối')})(?: {_word('năm')})?[ /]{_YEAR}",
    f"(?:9|{_word('chín')}) {_word('tháng')}(?: {_word('đầu')})?(?: {_word('năm')})?[ /]{_YEAR}",
    f"{_word('tuần')} (?:0?[1-9]|[1-4][0-9]|5[0-3]){_BEHIND}{_YEAR}",
    f"{_YEAR}-?(?:[Qq]0?[1-4]|[SsHh]0?[12]|[Ww](?:0?[1-9]|[1-4][0-9]|5[0-3]))",
    f"{_YEAR}-9M",
    f"(?:{_word('năm')} )?{_YEAR}",
    f"(?:{_word('ngày')} )?" + _DAY,
)
_YEARS = f"(?:{_word('giai đoạn')} )?{_YEAR} ?[-–—] ?{_YEAR}"
_ENDS = rf"\s?(?:[-–—÷]|\.\.|{_word('đến')}(?: {_word('hết')})?(?: {_word('ngày')})?)\s?"
_RUN = _any(
    # Beginning and end of several days, or each of them; months and quarters
    rf"(?:{_word('từ')} )?(?:(?:{_word('các')} )?{_word('ngày')} )?"
    rf"[0-9]{{1,2}}(?:[/.][0-9]{{1,2}}(?:[/.]{_YEAR})?)?{_ENDS}{_DAY}",
    rf"{_DAY}\s?\.\.\s?{_DAY}",
    rf"(?:(?:{_word('trong')} )?{_word('các')} |{_word('hai')} |{_word('ba')} )?(?:{_word('ngày')} )?[0-9]{{1,2}}"
    rf"(?:(?:, ?| {_word('và')} | ?& ?)[0-9]{{1,2}})+[/.][0-9]{{1,2}}[/.]{_YEAR}",
    rf"(?:{_word('từ')} )?{_any(_word('tháng'), _word('quý'))} {_any('[0-9]{1,2}', _QUARTER)}\s?"
    rf"{_any('[-–—,]', _word('và'), _word('đến'))}.*{_YEAR}",
)
_BOUND = _any(*map(_word, ("không dưới", "ít nhất", "không quá", "tối đa", "khoảng", "trên", "hơn", "gần", "dưới")))
_NUMBER = _any(
    r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)(?:,[0-9]+)?",
    "(?![1-9][0-9]{0,2},[0-9]{3}(?![0-9]))[0-9]{1,15},[0-9]+",
    "[0-9]{1,15}",
)
_UNIT = r"\s*(?:[^0-9\s.,:;/÷–—-](?:(?![\s(][0-9]).)*)?"
_AMOUNT = rf"^\s*(?:{_BOUND}\s+)?{_NUMBER}(?![0-9.,]){_UNIT}\s*$"
_TRUTHS = tuple(map(_word, ("true", "yes", "có", "đúng", "false", "no", "không", "sai")))
_YEAR_NUMBER = {"type": "integer", "minimum": 1900, "maximum": 2199}


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _whole_number(least: int, most: int) -> Schema:
    """So many, as a number or as digits in quotation marks."""
    return {"anyOf": [{"type": "integer", "minimum": least, "maximum": most}, _text(r"^\s*-?[0-9]{1,4}\s*$")]}


_FREE: Schema = {"anyOf": [{"type": "string", "minLength": 1}, {"type": ["number", "boolean"]}]}
_KINDS: Mapping[str, Schema] = {
    "text": _FREE,
    "any": {},
    "nothing": {"type": "null"},
    "cell": {"type": ["string", "number", "boolean", "null"]},
    "fact": {"type": ["string", "number", "boolean", "null"]},
    "slug": {
        "anyOf": [
            _text(r"^\s*[A-Za-z0-9][A-Za-z0-9._-]{0,79}\s*$"),
            {"type": "number", "minimum": 0},
            {"type": "boolean"},
        ],
    },
    "entry": {
        "anyOf": [
            _text(r"^\s*(?:[A-Za-z0-9][A-Za-z0-9._-]{0,79}|#[0-9a-f]{12}(?:-[1-9][0-9]{0,3})?)\s*$"),
            {"type": "number", "minimum": 0},
            {"type": "boolean"},
        ],
    },
    "key": {"anyOf": [_text(r"^\s*[^\s/:]+\s*$"), {"type": ["number", "boolean"]}]},
    "fact-name": _text(r"^\s*[a-z][a-z0-9_]{0,79}\s*$"),
    "day": _text(_whole(_DAY)),
    "span": {"anyOf": [_text(_whole(_YEARS, _PERIOD, _RUN)), _YEAR_NUMBER]},
    "period": {"anyOf": [_text(_whole(rf"{_PERIOD}(?:\s*\.\.\s*{_PERIOD})?")), _YEAR_NUMBER]},
    "amount": {"anyOf": [_text(_AMOUNT), {"type": "number", "minimum": 0}]},
    "count": _whole_number(0, 9999),
    "days": _whole_number(1, 9999),
    "day-of-month": _whole_number(0, 31),
    "months": _whole_number(-3, 12),
    "share": _text(r"^\s*(?:[0-9]{1,2}|100)\s*%\s*$"),
    "truth": {"anyOf": [{"type": "boolean"}, _text(_whole(*_TRUTHS))]},
    "zone": _text(r"^[+-](?:0[0-9]|1[0-4]):[0-5][0-9]$"),
}


def of_value(value: Value) -> Schema:
    """What may be written for a value; a kind that is not known here is not checked by the editor."""
    if value.kind == "word":
        return {"enum": list(value.words)}
    return dict(_KINDS.get(value.kind, {}))


def ids(known: tuple[str, ...]) -> Schema:
    """One of these ids, also where an editor takes one for a number."""
    numbers = [number for one in known if (number := _as_number(one)) is not None]
    return {"enum": [*known, *numbers]}


def _as_number(text: str) -> int | float | None:
    if not text.replace(".", "", 1).isascii() or not text.replace(".", "", 1).isdigit():
        return None
    return float(text) if "." in text else int(text)
