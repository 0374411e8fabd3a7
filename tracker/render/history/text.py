"""For people: how the counts moved from run to run, what is open since when, and how fast things close."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tracker.lang import Words
from tracker.model.history import Pace, Trend
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.render.history import Look
from tracker.render.page import layout
from tracker.render.page.parts import BAD, HEADING, Bit, Section, Track
from tracker.render.page.words import short
from tracker.render.visible import cells, visible

MOST = 20
"""Findings that are listed; the rest are counted."""
OLD_DAYS = 30
"""From this age on a finding stands out."""
_BARS = "▁▂▃▄▅▆▇█"
_VERDICTS = ("passed", "broken", "unknown", "waived")
_LEAST_BARS = 6
_BESIDE_BARS = 44
"""Columns that a line with bars needs for its name and figures."""


def render(trend: Trend, look: Look) -> str:
    """The whole history on one page; with --plain figures stand where the bars were."""
    say, runs = look.say, trend.runs
    days = {"first": say.day(runs[0].as_of), "last": say.day(trend.today)}
    head = [[Bit(say("history.title", count=say.number(len(runs)), **days), HEADING)]]
    states = [(say(f"state.{state}"), [run.states.get(str(state), 0) for run in runs]) for state in State]
    verdicts = [
        (say(f"history.verdict.{kind}"), [run.verdicts.get(kind, 0) for run in runs]) for kind in _VERDICTS
    ]
    levels = [
        (say(f"severity.{level}"), [run.severities.get(str(level), 0) for run in runs])
        for level in reversed(Severity)
    ]
    sections = [
        _counts(say("history.states"), states, look),
        _counts(say("history.verdicts"), verdicts, look),
        _counts(say("history.severities"), levels, look),
        _open(trend, look),
        *_paces(say("history.by_rule"), trend.by_rule, look),
        *_paces(say("history.by_owner"), trend.by_owner, look),
    ]
    foot = [
        say("history.reopened", count=say.number(trend.reopened)),
        say("explain.days", as_of=say.day(trend.today), known_by=say.day(runs[-1].known_by)),
    ]
    if look.plain:
        return layout.plain(head, sections, foot)
    return layout.drawn(head, sections, foot, width=look.width, color=look.color)


def bars(counts: Sequence[int]) -> str:
    """One bar a count, the highest of all the tallest; the lowest bar is for 0 alone."""
    most = max(counts, default=0)
    return "".join(_BARS[-(-count * (len(_BARS) - 1) // most) if most else 0] for count in counts)


def _counts(heading: str, series: Sequence[tuple[str, Sequence[int]]], look: Look) -> Section:
    """One line for each count that was ever above 0: its bars, and its first and last figure."""
    say = look.say
    room = max(_LEAST_BARS, look.width - _BESIDE_BARS)
    seen = [(name, counts) for name, counts in series if any(counts)]
    shown = min(room, max((len(counts) for _, counts in seen), default=0))
    size = max((len(say.number(count)) for _, counts in seen for count in counts), default=1)
    lines, spoken = [], []
    for name, counts in seen:
        last = counts[-shown:]
        figures = f"{say.number(last[0]):>{size}} → {say.number(last[-1]):>{size}}"
        lines.append((Bit(name), Bit(bars(last)), Bit(figures)))
        spoken.append(f"{name}: {', '.join(map(say.number, counts))}")
    left_out = len(series[0][1]) - shown
    before = []
    if not seen:
        before = [say("finding.none")]
    elif left_out > 0 and not look.plain:
        before = [say("history.last_runs", shown=say.number(shown), count=say.number(len(series[0][1])))]
    return Section(heading, (Track(), Track(), Track()), lines, before, spoken=spoken)


def _open(trend: Trend, look: Look) -> Section:
    """What is open, the oldest first, with its age."""
    say = look.say
    lines, spoken = [], []
    for life in trend.open[:MOST]:
        days = life.days(trend.today)
        age = say("history.days", days=say.number(days))
        text = [visible(life.key), say("history.since", day=say.day(life.since))]
        if life.owner:
            text.append(say("history.owner", unit=_name(life.owner, look)))
        if life.number > 1:
            again = {"number": say.number(life.number - 1), "first": say.day(life.first_seen)}
            text.append(say("history.again", **again))
        lines.append((Bit(age, BAD if days >= OLD_DAYS else ""), Bit("; ".join(text))))
        spoken.append("; ".join([text[0], age, *text[1:]]))
    rest = len(trend.open) - MOST
    after = [say("history.more", count=say.number(rest))] if rest > 0 else []
    heading = say("history.open", count=say.number(len(trend.open)))
    before = [] if lines else [say("history.nothing_open")]
    return Section(heading, (Track(), Track(elastic=True)), _padded(lines), before, after, [*spoken, *after])


def _padded(lines: Sequence[tuple[Bit, Bit]]) -> list[tuple[Bit, Bit]]:
    """The ages one under the other, to the right."""
    size = max((cells(age.text) for age, _ in lines), default=0)
    return [(age._replace(text=" " * (size - cells(age.text)) + age.text), text) for age, text in lines]


def _paces(heading: str, paces: Sequence[Pace], look: Look) -> Iterator[Section]:
    """How long until a finding was gone, of each rule or owner, the slowest first; where none is gone, a count."""
    say = look.say
    lines, spoken = [], []
    closed = [pace for pace in paces if pace.mean is not None]
    for pace in sorted(closed, key=lambda one: (-(one.mean or 0), not one.name, one.name)):
        name = _name(pace.name, look) if pace.name else say("history.nobody")
        text = "; ".join(_said(pace, say))
        lines.append((Bit(name), Bit(text)))
        spoken.append(f"{name}: {text}")
    rest = [pace for pace in paces if pace.mean is None]
    after = []
    if rest:
        counts = {"count": say.number(len(rest)), "open": say.number(sum(pace.open for pace in rest))}
        after = [say("history.none_closed", **counts)]
    if lines or after:
        yield Section(heading, (Track(), Track(elastic=True)), lines, (), after, [*spoken, *after])


def _said(pace: Pace, say: Words) -> Iterator[str]:
    figures = {"mean": _days(pace.mean or 0, say), "median": _days(pace.median or 0, say)}
    yield say("history.closed", count=say.number(pace.closed), **figures)
    yield say("history.still_open", count=say.number(pace.open))
    if pace.reopened:
        yield say("history.came_back", count=say.number(pace.reopened))


def _days(value: float, say: Words) -> str:
    """One decimal, half up; a whole number stays whole."""
    short_ = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return say.number(int(short_) if short_ == int(short_) else short_)


def _name(owner: str, look: Look) -> str:
    return short(look.units[owner]) if owner in look.units else visible(owner)
