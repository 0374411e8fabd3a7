"""A paper as a file of Word, in the form (thể thức) that the rules of its side ask for on its day."""

from tracker.model.paper import Paper
from tracker.render.paper import Look, Renewed


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese, what it rests on in comments. Raises ModuleNotFoundError without python-docx."""
    from tracker.render.word.write import written

    return written(paper, look)


def renew(paper: Paper, look: Look, old: bytes) -> Renewed | None:
    """The same around what people did to a file that was made before; None where it is none of ours."""
    from tracker.render.word.renew import renewed

    return renewed(paper, look, old)
