"""tracker.yaml → what a project says of itself. Most projects have none and want the defaults."""

import re
from pathlib import Path

from tracker.model.project import Settings
from tracker.model.source import Problem
from tracker.read.door import open_source
from tracker.read.found import Found, problem, text, value
from tracker.read.near import refuse
from tracker.read.shape import unknown_keys
from tracker.read.values import Refusal, parse_count
from tracker.read.yaml import Keys, walk

FILE = "tracker.yaml"
CHOICES = {"recorded": ("written", "git"), "plan_history": ("none", "git")}
_ZONE = re.compile(r"(?P<sign>[+-])(?P<hours>0[0-9]|1[0-4]):(?P<minutes>[0-5][0-9])")


def read_settings(folder: Path, found: Found) -> Settings:
    """The settings of a project folder; what is wrong with them is among the problems, and the default stands in."""
    if not (folder / FILE).is_file():
        return Settings()
    source, problems = open_source(folder / FILE, FILE)
    if source is None:
        found.problems += problems
        return Settings()
    tree = walk(source)
    problems += tree.problems
    root = tree.root
    chosen: dict[str, str] = {}
    minutes = Settings().zone_minutes
    if not isinstance(root, Keys):
        if root is not None and not tree.broken:
            problems.append(problem(root, Refusal("shape-keys", {"key": FILE})))
        found.add(problems, source)
        return Settings()
    unknown_keys(root, (*CHOICES, "time_zone", "waiver_days"), problems)
    for key, words in CHOICES.items():
        word = text(root, key)
        if key in root.entries and word not in words:
            problems.append(problem(value(root, key) or root, refuse("shape-choice", word, words)))
        elif word:
            chosen[key] = word
    if "time_zone" in root.entries:
        zone = _minutes(text(root, "time_zone"))
        if zone is None:
            args = {"text": text(root, "time_zone")}
            problems.append(problem(value(root, "time_zone") or root, Refusal("value-zone", args)))
        else:
            minutes = zone
    longest = Settings().waiver_days
    if "waiver_days" in root.entries:
        count = parse_count(text(root, "waiver_days"))
        if isinstance(count, Refusal):
            problems.append(problem(value(root, "waiver_days") or root, count))
        else:
            longest = count
    found.add(problems, source)
    return Settings(waiver_days=longest, zone_minutes=minutes, at=root.at, **chosen)


def _minutes(written: str) -> int | None:
    match = _ZONE.fullmatch(written)
    if match is None:
        return None
    minutes = int(match["hours"]) * 60 + int(match["minutes"])
    return -minutes if match["sign"] == "-" else minutes


def doubt(settings: Settings, refusal: Refusal, found: Found) -> None:
    """What git could not tell, at the place where it was asked for."""
    found.problems.append(Problem(settings.at, refusal.code, refusal.args))
