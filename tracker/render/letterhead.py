"""What stands above and below a whole paper, line by line, for formats that show it plainly; in Vietnamese.

How it is laid out on the page that is signed is a matter of profiles (Hướng dẫn 36-HD/VPTW, Nghị định 30/2020/NĐ-CP).
"""

from collections.abc import Iterator

from tracker.lang import words
from tracker.model.paper import Frame, Side


def crown(frame: Frame) -> Iterator[str]:
    """The lines that head every paper of this side: the Party's name, or the State's and its motto."""
    say = words()
    if frame.side is Side.PARTY:
        yield say("paper.party")
    else:
        yield say("paper.state")
        yield say("paper.motto")


def above(frame: Frame) -> Iterator[str]:
    """The parent body, where one is known, then the issuers."""
    if frame.parent:
        yield frame.parent.upper()
    joined = " -" if frame.side is Side.PARTY else ""
    *first, last = frame.issuers or ("",)
    yield from (f"{one.upper()}{joined}" for one in first)
    if last:
        yield last.upper()


def blank_number(frame: Frame) -> str:
    """The number that a clerk fills in, before the code of the paper."""
    return words()(f"paper.number.{frame.side}", code=frame.code)


def blank_day(frame: Frame) -> str:
    """The place, where one is known, and the day that a clerk fills in."""
    return words()("paper.day", place=frame.place or words()("paper.blank"))


def below(frame: Frame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The recipients, their heading first, and the lines above the signature."""
    say = words()
    between = "," if frame.side is Side.PARTY else ";"
    last = len(frame.recipients) - 1
    recipients = tuple(f"{one}{between if place < last else '.'}" for place, one in enumerate(frame.recipients))
    return (say("paper.recipients"), *recipients), frame.signer or (say("paper.signer"),)
