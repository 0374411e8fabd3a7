"""How wide a text in Times New Roman is, near enough for the length of a rule and the columns of a table."""

import unicodedata

_UPPER = (
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
    722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667,
)  # fmt: skip
_LOWER = (
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
    556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444,
)  # fmt: skip
"""Thousandths of the size, bold; the metrics of the face are public."""
_WIDTHS = (
    {chr(ord("A") + place): width for place, width in enumerate(_UPPER)}
    | {chr(ord("a") + place): width for place, width in enumerate(_LOWER)}
    | {"Đ": 722, "đ": 556, " ": 250, ".": 250, ",": 250, "-": 333, "/": 278, ":": 333, ";": 333, "(": 333, ")": 333}
)
_OTHER = 500
_MM = 25.4 / 72


def width(text: str, size: float) -> float:
    """Millimetres that a text takes on one line, `size` points high; bold, so that it is never too little."""
    letters = (one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    return sum(_WIDTHS.get(letter, _OTHER) for letter in letters) * size / 1000 * _MM
