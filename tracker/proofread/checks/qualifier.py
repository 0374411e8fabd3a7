"""Words before figures: an approximate word does not go with a figure that is exact to the unit."""

import re
from collections.abc import Iterator

from tracker.model.proof import Level, Remark, Script
from tracker.proofread.amounts import amounts, printed
from tracker.proofread.facts import Facts
from tracker.proofread.text import prose, remark, search

_TWICE = re.compile(
    r"(?<!\w)(?:khoảng|gần|trên|hơn|ước|xấp xỉ)\s+(?:khoảng|gần|trên|hơn|xấp xỉ)\s+(?=[0-9])",
    re.IGNORECASE,
)
_ROUGH = frozenset({"gần", "trên", "hơn", "khoảng", "xấp xỉ", "ước", "dưới"})


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """Every figure with such a word."""
    for paragraph in prose(script):
        for one in amounts(paragraph):
            fine = one.unit == "%" and not printed(one)
            if one.word.lower() in _ROUGH and not fine and one.value >= 100 and one.value % 10:
                yield remark(script, "qualifier-exact", Level.DEFECT, one.span, word=one.word, figure=one.value)
    for paragraph, match in search(script, _TWICE):
        yield remark(script, "qualifier-twice", Level.DEFECT, (paragraph, match.start(), match.end() - 1))
