"""An existing report against the data of the project: every check is asked, nothing is mended.

A check is one file in checks/ with `check(script, facts)`, a pure function from a text and what is known to remarks;
the folder is the list.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tracker.model.proof import Proof, Remark, Script
from tracker.proofread.amounts import amounts
from tracker.proofread.citations import citations
from tracker.proofread.facts import Facts


@cache
def every() -> tuple[str, ...]:
    """The names there are, in the order in which their remarks are shown."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent / "checks").glob("[a-z]*.py")))


def proofread(script: Script, facts: Facts) -> Proof:
    """All remarks on a text; two runs on the same text and data give equal remarks."""
    found: list[Remark] = []
    for name in every():
        module: Any = import_module(f"{__name__}.checks.{name}")
        found += module.check(script, facts)
    remarks = tuple(sorted(found, key=lambda one: (one.at.line, one.at.column, one.check, one.name, one.quoted)))
    cited = sum(len(citations(paragraph)) for paragraph in script.paragraphs)
    counted = sum(len(amounts(paragraph)) for paragraph in script.paragraphs)
    return Proof(script, remarks, every(), facts.year, cited, counted)
