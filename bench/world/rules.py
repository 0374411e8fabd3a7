"""The five rules of the job, as a project of `tracker` has them; every contender says the same in its own way."""

REPORT = "kind = 'recurring' AND measure = 'report'"
PART = "kind = 'quantity' AND evidence = 'part'"
_RULES = {
    # id: scope, where, and what raises the level
    "report-missing": (REPORT, "state = 'overdue'", "days_late > 30"),
    "report-late": (f"{REPORT} AND state IS NOT NULL", "state = 'done_late'", "days_late > 10"),
    "task-overdue": (f"NOT ({REPORT}) AND NOT ({PART})", "state = 'overdue'", "days_late > 30"),
    "task-target-missed": (PART, "state = 'overdue' AND achieved < target", ""),
    "task-duplicate": ("", "evidence = 'many'", ""),
}
_TEXT = """\
title: {{vi: "{id}", en: "{id}"}}
on: standings
{scope}where: "{where}"
severity: warning
{escalate}message:
  vi: "{{unit}}: {{title}} ({{period}}), hạn {{due}}."
  en: "{{unit}}: {{title}} ({{period}}), due on {{due}}."
why: {{vi: Để đo., en: To measure.}}
fix: {{vi: Không phải xử lý., en: Nothing to do.}}
"""
RULE_FILES = {
    id_: _TEXT.format(
        id=id_,
        scope=f'scope: "{scope}"\n' if scope else "",
        where=where,
        escalate=f'escalate: {{where: "{raised}", to: error}}\n' if raised else "",
    )
    for id_, (scope, where, raised) in _RULES.items()
}
