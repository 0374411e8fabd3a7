"""Text in fonts of before Unicode → Unicode: TCVN3 (.VnTime …) and VNI (VNI-Times …).

The font's name says which; nothing is concluded from the letters, since they fit other languages as well
(Quyết định 72/2002/QĐ-TTg made Unicode the rule).
"""

import unicodedata

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
}
_BREVES = {
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def encoding(font: str) -> str:
    """The old encoding that a font of this name shows: TCVN3, VNI or none."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "TCVN3"
    return "VNI" if name.startswith("vni-") or name == "vni" else ""


def converted(text: str, font: str) -> str:
    """The text in Unicode (NFC); as it is where the font is no old one. A capital font of TCVN3 makes it capitals."""
    match encoding(font):
        case "TCVN3":
            found = "".join(_TCVN3.get(char, char) for char in text)
            found = found.upper() if font.strip().casefold().endswith("h") else found
        case "VNI":
            found = _vni(text)
        case _:
            found = text
    return unicodedata.normalize("NFC", found)


def _vni(text: str) -> str:
    found, position = "", 0
    while position < len(text):
        char, follower = text[position], text[position + 1 : position + 2]
        lower, behind = char.lower(), follower.lower()
        base = _ALONE.get(lower, lower)
        marks = ""
        if lower in "aeouyôö":
            marks = _TONES.get(behind, "")
            if not marks and lower in "aeo":
                marks = _HATS.get(behind, "")
            if not marks and lower == "a":
                marks = _BREVES.get(behind, "")
        found += (base.upper() if char.isupper() else base) + marks
        position += 2 if marks else 1
    return found
