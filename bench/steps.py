"""Where the plain core spends its time, step by step: `python -m bench --steps`."""

import gc
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.contenders import ROOT
from bench.job import AS_OF

STEPS = ("read", "expand", "match", "stand", "check", "render", "rest")
"""rest: what was known when, events, heirs, waivers, and putting the report together."""


def steps(world: Path, obligations: int) -> dict[str, float]:
    """Microseconds of processor time an obligation of each step, in this process, output as JSON Lines."""
    from tracker import run as sentence
    from tracker.lang import words
    from tracker.periods import Days
    from tracker.read import read
    from tracker.render.findings import renderer
    from tracker.run import Asked, run

    took: dict[str, float] = defaultdict(float)
    names = ("expand", "match", "stand", "check")
    kept = {name: getattr(sentence, name) for name in names}
    render = renderer("jsonl")
    try:
        for name in names:
            setattr(sentence, name, _timed(name, kept[name], took))
        gc.collect()
        gc.disable()  # as the program itself does
        begin = time.process_time()
        project = _timed("read", read, took)(world / "csv", ROOT / "rules")
        report = run(project, Asked(Days(AS_OF, AS_OF)))
        _timed("render", render, took)(report, words())
        took["rest"] = time.process_time() - begin - sum(took.values())
    finally:
        gc.enable()
        for name in names:
            setattr(sentence, name, kept[name])
    return {name: took[name] / obligations * 1e6 for name in STEPS}


def _timed(name: str, function: Callable[..., Any], took: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any, **named: Any) -> Any:
        begin = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            took[name] += time.process_time() - begin

    return timed
