"""Nodes → a rule. Whether its conditions can be read, and whether its examples hold, is for tracker.check to say."""

from pathlib import PurePosixPath
from types import MappingProxyType

from tracker.lang import slots_of
from tracker.lang.template import Malformed, read_template
from tracker.model.rule import SENTENCES, Condition, Example, Rule
from tracker.model.source import Place, Problem
from tracker.read.door import Source
from tracker.read.found import Found, places, problem, value
from tracker.read.near import refuse
from tracker.read.shape import listed, record
from tracker.read.values import Refusal, parse_slug
from tracker.read.yaml import Keys, Node, Scalar

EXPECTED = ("pass", "outside", "unknown", "note", "warning", "error")
"""What an example may say of its row."""


def read_rule(root: Keys, source: Source, found: Found, problems: list[Problem]) -> None:
    """Add the rule of a file, whose name is the rule's id."""
    from tracker.read.shapes.rules import RuleShape

    id_ = parse_slug(PurePosixPath(source.file).stem)
    if isinstance(id_, Refusal):
        problems.append(Problem(Place(source.file), "file-name", id_.args))
        return
    shape = record(RuleShape, root, problems)
    examples = _examples(root, problems)
    slots = [*_slots_differ(root), *_sentences(root)]
    problems += slots
    first = found.claim("rule", id_, Place(source.file))
    if shape is None or slots or not first:
        return
    found.rename(value(root, "formerly"), id_, "rule")
    escalate, sentences = shape.escalate, vars(shape.limitation) if shape.limitation else {}
    found.rules.append(
        Rule(
            id=id_,
            on=shape.on,
            where=_condition(shape.where, value(root, "where"), source),
            severity=shape.severity,
            title=MappingProxyType(vars(shape.title)),
            message=MappingProxyType(vars(shape.message)),
            why=MappingProxyType(vars(shape.why)),
            fix=MappingProxyType(vars(shape.fix)),
            scope=_condition(shape.scope, value(root, "scope"), source) if shape.scope else None,
            escalate_where=_condition(escalate.where, value(root, "escalate", "where"), source) if escalate else None,
            escalate_to=escalate.to if escalate else None,
            pointing_at=shape.at,
            basis=shape.basis,
            fail_count=shape.fail_if.count if shape.fail_if else None,
            fail_share=shape.fail_if.share if shape.fail_if else None,
            limitation=MappingProxyType({key: line for key, line in sentences.items() if line}),
            examples=examples,
            at=Place(source.file),
            places=MappingProxyType(places(root)),
        ),
    )


def _condition(written: str, node: Node | None, source: Source) -> Condition:
    """A condition with the place of its first character, behind any quotation mark or block sign, and that line."""
    if not isinstance(node, Scalar):
        return Condition(written)
    at = node.at
    if node.style in {"'", '"'}:
        at = Place(at.file, at.line, at.column + 1)
    elif node.style:
        number = at.line + 1
        while number < len(source.lines()) and not source.line(number).strip():
            number += 1
        line = source.line(number)
        at = Place(at.file, number, len(line) - len(line.lstrip(" ")) + 1)
    return Condition(" ".join(written.split("\n")).strip(), at, source.line(at.line))


def _examples(root: Keys, problems: list[Problem]) -> tuple[Example, ...]:
    """The good examples; a bad one is reported, and the rule is judged by the others."""
    examples = []
    for node in listed(root, "examples", problems):
        example = _example(node, problems)
        if example is not None:
            examples.append(example)
    return tuple(examples)


def _example(node: Node, problems: list[Problem]) -> Example | None:
    if not isinstance(node, Keys):
        problems.append(problem(node, Refusal("shape-keys", {"key": "examples"})))
        return None
    row, good = {}, True
    for key, (_, cell) in node.entries.items():
        if isinstance(cell, Scalar):
            row[key] = "" if cell.empty else cell.text
        else:
            problems.append(problem(cell, Refusal("shape-text", {"key": key})))
            good = False
    expect = row.pop("_", None)
    if expect is None:
        problems.append(problem(node, Refusal("shape-missing", {"key": "_"})))
    elif expect not in EXPECTED:
        problems.append(problem(value(node, "_") or node, refuse("shape-choice", expect, EXPECTED)))
    elif good:
        return Example(expect, MappingProxyType(row), node.at)
    return None


def _slots_differ(root: Keys) -> list[Problem]:
    """The two languages of a message must say the same: a figure in one that the other lacks is a fault of the rule."""
    found = []
    for key in ("title", "message", "why", "fix"):
        texts = [value(root, key, language) for language in ("vi", "en")]
        if not all(isinstance(node, Scalar) and not node.empty for node in texts):
            continue
        vi, en = (set(slots_of(node.text)) for node in texts if isinstance(node, Scalar))
        if vi != en:
            slots = ", ".join(f"{{{slot}}}" for slot in sorted(vi ^ en))
            found.append(problem(texts[0] or root, Refusal("shape-slots", {"key": key, "slots": slots})))
    return found


def _sentences(root: Keys) -> list[Problem]:
    """What is wrong with the sentences for the annual report."""
    found = []
    for key in SENTENCES:
        node = value(root, "limitation", key)
        read = read_template(node.text) if isinstance(node, Scalar) else None
        if node is not None and isinstance(read, Malformed):
            found.append(problem(node, Refusal(read.code, {"key": key, **read.args})))
    return found
