"""JSON, version 1: for other programs; keys may be added, none is removed or renamed."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.lang import Words, languages, words
from tracker.model.proof import Arg, Level, Proof, Remark
from tracker.render.proofread import Look
from tracker.render.proofread.said import remedy, sentence

VERSION = 1


def render(proofs: Sequence[Proof], _say: Words, _look: Look) -> str:
    """All texts with all remarks, in every language."""
    return json.dumps({"version": VERSION, "files": [_file(proof) for proof in proofs]}, ensure_ascii=False, indent=1)


def _file(proof: Proof) -> dict[str, Any]:
    levels = Counter(remark.level for remark in proof.remarks)
    checks = Counter(remark.check for remark in proof.remarks)
    return {
        "file": proof.script.file,
        "places": "line" if proof.script.lined else "paragraph",
        "year": proof.year,
        "paragraphs": len(proof.script.paragraphs),
        "citations": proof.documents,
        "figures": proof.figures,
        "levels": {str(level): levels[level] for level in Level},
        "checks": {name: checks[name] for name in proof.checks},
        "remarks": [_remark(remark) for remark in proof.remarks],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    said = {code: words(code) for code in languages()}
    return {
        "id": remark.name,
        "check": remark.check,
        "level": remark.level,
        "line": remark.at.line,
        "column": remark.at.column,
        "section": ".".join(remark.section),
        "quoted": remark.quoted,
        "args": {name: _plain(value) for name, value in remark.args.items()},
        "message": {code: sentence(remark, say) for code, say in said.items()},
        "fix": {code: remedy(remark, say) for code, say in said.items()},
    }


def _plain(value: Arg) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
