"""Findings → papers for people to finish: the section on limitations, and the report around it. Pure.

Nothing is invented: a number is that of a finding or a record, a cause is what somebody wrote, and every part of a
paper remembers what it rests on. The sentences are Vietnamese, so all of a paper is.
"""

from tracker.draft.advice import advice
from tracker.draft.section import draft, limitations, section

__all__ = ["advice", "draft", "limitations", "section"]
