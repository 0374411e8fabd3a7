"""Whose rules of form hold for a paper."""

from enum import StrEnum


class Side(StrEnum):
    """Whose rules of form hold for a paper."""

    PARTY = "party"
    STATE = "state"
