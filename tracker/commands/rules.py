"""`tracker rules`: list them, test them by their own examples, write the page about them."""

from pathlib import Path

import click

from tracker import door
from tracker.cli import FINDINGS, FINE, TROUBLE, spoken
from tracker.lang import Words, languages, words
from tracker.model.project import Project
from tracker.model.source import Problem


@door.command("rules")
@click.argument("action", type=click.Choice(("list", "test", "docs")), default="list")
@door.option("--project", "folder", key="project", metavar="DIR", type=click.Path(path_type=Path))
@door.option("--mutate", key="mutate", is_flag=True)
@door.option("--lang", "lang", key="lang", type=click.Choice(languages()), default=lambda: spoken().code)
@door.option("-o", "--output", "output", key="output", metavar="FILE", type=click.Path(path_type=Path))
def command(*, action: str, folder: Path | None, mutate: bool, lang: str, output: Path | None) -> int:
    """List, test or document; exit code 1 where an example comes out wrong, 2 where a rule cannot be used."""
    say = words(lang)
    project = door.load(folder)
    if action == "docs":
        from tracker.render.rules import page

        door.write(page(project.rules), output)
        return FINE
    text, failed = _test(project, say, mutate=mutate) if action == "test" else (_list(project, say), False)
    broken = _broken(project)
    door.tell(broken, say)
    door.write(text, output)
    return TROUBLE if broken else FINDINGS if failed else FINE


def _broken(project: Project) -> list[Problem]:
    """What is wrong with the rule files; trouble elsewhere is other commands' business."""
    from tracker.check import prepare

    read = [problem for problem in project.problems if problem.place.file.startswith("rules/")]
    return sorted([*read, *prepare(project.rules)[1]], key=lambda problem: problem.order)


def _list(project: Project, say: Words) -> str:
    lines = [
        say("rules.line", id=rule.id, severity=level, table=rule.on, title=rule.title[say.code])
        for rule in project.rules
        for level in (say(f"severity.{rule.severity}"),)
    ]
    broken = len({problem.place.file for problem in _broken(project)})
    return "\n".join([*lines, say("rules.heading", count=str(len(project.rules)), broken=str(broken))])


def _test(project: Project, say: Words, *, mutate: bool) -> tuple[str, bool]:
    from tracker.examples import survivors, wrong

    lines: list[str] = []
    mutants = failed = survived = 0
    for rule in project.rules:
        if not rule.examples:
            failed += 1
            lines.append(say("rules.untested", place=str(rule.at), rule=rule.id))
        for one in wrong(rule):
            failed += 1
            place, expect = str(one.example.at), one.example.expect
            lines.append(say("rules.failed", place=place, rule=rule.id, expect=expect, got=one.got))
        if mutate:
            count, alive = survivors(rule)
            mutants += count
            survived += len(alive)
            lines += [say("rules.survivor", rule=rule.id, text=f"{one.which}: {one.text}") for one in alive]
    lines.append(
        say(
            "rules.tested",
            rules=say.number(len(project.rules)),
            examples=say.number(sum(len(rule.examples) for rule in project.rules)),
            failed=say.number(failed),
            mutants=say.number(mutants),
            survived=say.number(survived),
        ),
    )
    return "\n".join(lines), bool(failed or survived)
