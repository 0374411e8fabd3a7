"""A project to begin with: units, one plan with sample tasks, and the logs into which results are written."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from tracker.names import file_stem

SAMPLE = "MẪU: thay bằng nội dung của văn bản"
"""Marks whatever its owner has to replace. The files are in Vietnamese in every language of the program."""
SETTINGS = {
    "yaml.schemas": {
        ".tracker/schemas/plans.json": "plans/**/*.yaml",
        ".tracker/schemas/actuals.json": ["actuals/**/*.yaml", "!actuals/**/*.tables.yaml"],
        ".tracker/schemas/tables.json": "actuals/**/*.tables.yaml",
        ".tracker/schemas/rules.json": "rules/*.yaml",
        ".tracker/schemas/waivers.json": "rules/waivers/*.yaml",
        ".tracker/schemas/settings.json": "tracker.yaml",
    },
}
"""For VS Code: which schema goes with which files."""
_PLAN = """\
# Nhiệm vụ dưới đây là {sample}.
# Nhiệm vụ nêu rõ trong văn bản thì ghi basis: {{stated: mục}}; suy ra thì ghi basis: {{inferred: chỗ suy ra}}.
plan: {number}
key: {key}
title: {title}
issued: 05/01/{year}
period: {year}
issuers: [{first}, {second}]
within: {province}
areas:
  "1": Lãnh đạo, chỉ đạo
  "2": Tuyên truyền, vận động
  "3": Trao đổi thông tin
regimes:
  bao-cao-quy: {{cutoff_day: 0, due_day: 10, due_month: 1, shift: next, assumed: true}}
tasks:
  - id: "1.1"
    title: Ban hành kế hoạch phối hợp
    kind: milestone
    area: "1"
    lead: [{first}]
    due: 31/01/{year}
    evidence: document
    basis: {{inferred: nhiệm vụ mẫu}}
  - id: "1.2"
    title: Đơn vị xây dựng kế hoạch thực hiện
    kind: coverage
    area: "1"
    lead: [{first}]
    for: huyen
    due: 31/3/{year}
    measure: ke-hoach
    basis: {{inferred: nhiệm vụ mẫu}}
  - id: "2.1"
    title: Tổ chức hội nghị tuyên truyền
    kind: quantity
    area: "2"
    lead: [{second}]
    due: 31/12/{year}
    target: 4 hội nghị
    measure: hoi-nghi
    basis: {{inferred: nhiệm vụ mẫu}}
  - id: "3.1"
    title: Báo cáo quý
    kind: recurring
    area: "3"
    lead: [{first}, {second}]
    for: huyen
    every: quarter
    regime: bao-cao-quy
    measure: report
    basis: {{inferred: nhiệm vụ mẫu}}
"""
_README = """\
# {title}

Dự án theo dõi kế hoạch {number}: đã hứa gì, đã làm gì, còn thiếu gì.

- `plans/units.yaml`: các đơn vị. `plans/{file}`: nhiệm vụ, chỉ tiêu, thời hạn (hiện là nhiệm vụ mẫu, cần thay).
- `actuals/{year}/`: kết quả, mỗi đơn vị một tệp; ghi thêm ở cuối, không sửa dòng cũ.
- `tracker.yaml`: cài đặt của dự án.

Hằng tuần:

1. Ghi kết quả mới vào `actuals/{year}/<đơn vị>.yaml`.
2. Chạy `tracker check`, sửa các chỗ được nêu.
3. Chạy `tracker status` để xem trang tuần.

Nhiệm vụ đã ban hành không sửa trực tiếp: việc điều chỉnh ghi ở `amended:` trong tệp kế hoạch.

Khi thêm đơn vị hoặc nhiệm vụ, chạy `tracker schema --write` để trình soạn thảo gợi ý đúng mã mới.
"""
_TRACKER = """\
# Cài đặt của dự án; bỏ một dòng thì dùng giá trị mặc định.
recorded: written
plan_history: none
time_zone: "+07:00"
"""


class Answers(NamedTuple):
    """What has to be known to begin."""

    title: str
    number: str
    key: str
    """What task ids begin with."""
    year: int
    units: Mapping[str, str]
    """Names by id, in order: the territory, the two bodies, and the units below."""


def files_of(answers: Answers, plan_file: str) -> Mapping[str, str]:
    """Every file of the new project, by its path."""
    province, first, second, *_ = answers.units
    slots = {
        "sample": SAMPLE, "number": _quoted(answers.number), "key": _quoted(answers.key), "year": str(answers.year),
        "title": _quoted(answers.title), "first": first, "second": second, "province": province,
    }  # fmt: skip
    logs = {f"actuals/{answers.year}/{file_stem(id_)}.yaml": _log(answers, id_, id_ == first) for id_ in answers.units}
    return {
        "plans/units.yaml": _modeline("units", 1) + _units(answers),
        f"plans/{plan_file}": _modeline("plan", 1) + _PLAN.format(**slots),
        **logs,
        "tracker.yaml": _modeline("settings", 0) + _TRACKER,
        ".gitignore": ".tracker/\n",
        ".vscode/settings.json": json.dumps(SETTINGS, indent=2) + "\n",
        "README.md": _README.format(title=answers.title, number=answers.number, file=plan_file, year=answers.year),
    }


def _modeline(schema: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}.tracker/schemas/{schema}.json\n"


def _units(answers: Answers) -> str:
    (province, name), *others = answers.units.items()
    lines = ["# Các đơn vị, theo thứ tự chính thức. Mã (id) đã dùng thì không đổi.", "units:"]
    lines += [f"  - id: {province}", f"    name: {_quoted(name)}", "    kind: tinh"]
    for number, (id_, own) in enumerate(others):
        body = number < 2
        lines += [f"  - id: {id_}", f"    name: {_quoted(own)}", f"    kind: {'co-quan-tinh' if body else 'huyen'}"]
        lines.append(f"    {'serves' if body else 'parent'}: {province}")
    return "\n".join(lines) + "\n"


def _log(answers: Answers, id_: str, first: bool) -> str:
    example = f"{{task: {answers.key}/2.1, date: 14/6/{answers.year}, quantity: 1 hội nghị, doc: số văn bản}}"
    lines = [f"unit: {id_}", "# Ghi thêm ở cuối, mỗi kết quả một dòng, ví dụ:", f"#  - {example}", "entries:"]
    if first:
        task, doc = _quoted(f"{answers.key}/1.1"), _quoted(answers.number)
        lines.append(f"  - {{task: {task}, date: 05/01/{answers.year}, doc: {doc}, note: Dòng mẫu}}")
    return _modeline("actuals", 2) + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """In double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)
