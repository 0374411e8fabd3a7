"""Problems of the input: file:line:col, what it is, what to do, and the person's own line (design 7)."""

from collections.abc import Iterator, Sequence

from tracker.lang import Words
from tracker.model.source import GROUPED, Problem
from tracker.render.visible import cells, cut, harmless, visible

MOST = 50
"""How many are told in full; the rest are counted, so that one broken export does not bury the first mistake."""
_EXCERPT = 160


def lines(problems: Sequence[Problem], say: Words) -> Iterator[str]:
    """The lines to print, in order of place; what stands for many rows behind them."""
    single = [problem for problem in problems if problem.code != GROUPED]
    grouped = [problem for problem in problems if problem.code == GROUPED]
    shown = [*single[:MOST], *grouped[:MOST]]
    for problem in shown:
        yield harmless(f"{visible(str(problem.place))}: {visible(say.problem(problem))}")
        if problem.excerpt.strip():
            yield from _excerpt(problem)
    if len(problems) > len(shown):
        yield say("trouble.more", count=say.number(len(problems) - len(shown)))
    places = sum(problem.places for problem in problems)
    yield say("trouble.count", count=say.number(places), files=say.number(len({p.place.file for p in problems})))


def _excerpt(problem: Problem) -> Iterator[str]:
    """The line as written with a mark under what is meant; a long line is cut around it."""
    line, column = problem.excerpt.rstrip("\n"), problem.place.column
    begin = max(0, column - 1 - _EXCERPT // 2) if column > _EXCERPT else 0
    shown = visible(line[begin : begin + _EXCERPT])
    before = visible(line[begin : max(begin, column - 1)])
    width = min(max(1, problem.width), max(1, len(shown) - len(before)))
    yield harmless(f"    {cut(shown, _EXCERPT)}")
    yield f"    {' ' * cells(before)}{'^' * width}"
