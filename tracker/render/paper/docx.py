"""A paper as a file of Word, in the form (thể thức) that the rules of its side ask for on its day."""

from tracker.model.paper import Paper
from tracker.render.paper import Look


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese, what it rests on in comments. Raises ModuleNotFoundError without python-docx."""
    from tracker.render.word.write import written

    return written(paper, look)
