"""What kind of reason somebody wrote."""

from enum import StrEnum


class CauseKind(StrEnum):
    """Which of the two that reports keep apart; objective ones come first (design 4.10)."""

    OBJECTIVE = "objective"
    """Khách quan: what lay outside the body."""
    SUBJECTIVE = "subjective"
    """Chủ quan: what the body itself did or left undone."""
