"""What a file may hold, key by key: what editors are told of it, derived from what reading accepts."""

from collections.abc import Mapping
from typing import NamedTuple


class Value(NamedTuple):
    """One value as somebody writes it."""

    kind: str
    """How it is written: text, slug, day, amount … ; "word" where it is one of a few."""
    words: tuple[str, ...] = ()


class Several(NamedTuple):
    """A list."""

    item: "Form"
    alone: bool = False
    """Whether one value stands for a list of one."""
    blank: bool = False
    """Whether nothing written stands for a list of none."""


class Fields(NamedTuple):
    """Keys that are known, and no others unless `others` says what stands under them."""

    name: str
    """The shape's own word, under which its keys are explained: task, unit, entry …"""
    keys: Mapping[str, "Form"]
    required: tuple[str, ...] = ()
    others: "Form | None" = None


class Named(NamedTuple):
    """Keys that the writer chooses."""

    item: "Form"
    names: Value


class Either(NamedTuple):
    """One of several forms."""

    options: tuple["Form", ...]


Form = Value | Several | Fields | Named | Either
