"""Projects drawn at random around the invented province: every feature of its plans, records in any order and anyhow.

Rows go to CSV and YAML, to their own unit's log and to others'; some are wrong, some correct or take back another's,
some name several units, no task, a unit that is gone or none that exists.
"""

import random
import re
from pathlib import Path

import yaml
from projects import SHOWCASE, copy_of

MORE_UNITS = """
units:
  - {id: tinh-hai, name: Tỉnh Hai, kind: tinh}
  - {id: hai-mot, name: Huyện Hai Một, kind: huyen, parent: tinh-hai, facts: {has_ethnic_office: {value: true, source: x}}}
  - {id: hai-hai, name: Huyện Hai Hai, kind: huyen, parent: tinh-hai, closed: {on: 31/3/2024, basis: 1-NQ}}
  - {id: hai-ba, name: Huyện Hai Ba, kind: huyen, parent: tinh-hai, opened: {on: 01/4/2024, basis: 1-NQ}}
  - {id: vp-hai-mot, name: Văn phòng Hai Một, kind: van-phong-ubnd, serves: hai-mot}
  - {id: xa-a, name: Xã A, kind: xa, parent: hai-mot}
  - {id: xa-b, name: Xã B, kind: xa, parent: hai-ba, formerly: xa-be}
successions:
  - {on: 01/4/2024, how: rename, from: [hai-hai], to: [hai-ba], basis: 1-NQ}
"""
UNITS = (
    "minh-son", "bdvtu", "bdt", "tp-minh-son", "ha-lam", "vp-ubnd-ha-lam", "tan-an", "tan-ang", "nam-po", "nam-khe", "dong-khe",
    "khe-trung", "ban-cai", "to-tuyen-truyen", "tinh-hai", "hai-mot", "hai-hai", "hai-ba", "vp-hai-mot", "xa-a", "xa-b", "xa-be",
)  # fmt: skip
TASKS = [f"12-KH/{n}" for n in ["1.1", "1.2", "1.3", "1.9", "2.1", "2.3", "2.6", "2.7", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "5.3", "5.4", "5.5"]]
TASKS += [f"06-KH/{n}" for n in ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4"]] + ["11-KH/1.2", "10-KH/1.1", "12-KH/9.9", "13-KH/1", "13-KH/2", "13-KH/3", ""]
PERIODS = ("", "", "2024-01", "2024-05", "2024-Q1", "2024-Q3", "2024", "2023-02", "2024-H1")
PLACES = ("Huyện Tân An", "Huyen Tan An", "xã Khê Thượng, Huyen Nam Khe", "Huyện Hai Một", "đâu đó")
MORE_PLAN = """
plan: 13-KH/BDVTU-BDT
title: Thêm
issued: 02/01/2024
period: 2024
tasks:
  - {id: "1", title: Ai cũng làm, kind: coverage, for: huyen, due: 30/4/2024, inherited: true, evidence: document, measure: huong-dan, basis: {inferred: x}}
  - {id: "2", title: Sau khi có người làm, kind: milestone, for: [huyen, xa], due: {days: 30, after: 13-KH/1}, audience: can-bo-dan-van, measure: lop, basis: {inferred: x}}
  - {id: "3", title: Sau việc khác, kind: quantity, for: van-phong-ubnd, due: {days: 10, after: 13-KH/2}, target: 2 lớp, applies: has_ethnic_office = TRUE, items: [một, hai], basis: {inferred: x}}
  - {id: "4", title: Báo cáo, kind: recurring, every: quarter, for: [huyen, xa], inherited: true, measure: report, evidence: document, basis: {inferred: x}}
  - {id: "5", title: Hội nghị, kind: coverage, for: huyen, due: 30/6/2024, inherited: true, selects: {words: hội nghị}, basis: {inferred: x}}
  - {id: "6", title: Cuộc họp, kind: quantity, for: [huyen, xa], target: 2 cuộc, selects: {any: [cuộc họp, hội nghị lớn]}, basis: {inferred: x}}
"""


def _day(dice: random.Random) -> str:
    if dice.random() < 0.05:
        return dice.choice(["tháng 5/2024", "2024", "quý I/2024", "31/02/2024", ""])
    return f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.choice([2023, 2024, 2024, 2024])}"


def _entry(dice: random.Random, ids: list[str], number: int) -> dict[str, str]:
    entry = {"unit": dice.choice(UNITS), "task": dice.choice(TASKS), "period": dice.choice(PERIODS), "date": _day(dice)}
    for key, chance, values in (
        ("doc", 0.6, [f"{dice.randint(1, 40)}-BC/X"]),
        ("quantity", 0.4, ["1 cuộc", "trên 4.700 đại biểu", "2 lớp", "1.5", "12 lớp"]),
        ("people", 0.2, ["40 đại biểu", "gần 50 người"]),
        ("parts", 0.1, ["1 cuộc; 2 cuộc", "3 lớp"]),
        ("place", 0.2, PLACES),
        ("mode", 0.2, ["trực tiếp", "gián tiếp"]),
        ("level", 0.2, ["tinh", "toan-tinh", "huyen"]),
        ("reason", 0.1, ["Mưa lũ"]),
        ("recorded", 0.1, ["30/10/2024", "18/10/2024", "01/01/2020"]),
        ("reach", 0.2, ["05 huyện; 2 trường"]),
        ("items", 0.1, ["một", "dự án 1; dự án 11"]),
        ("step", 0.1, ["returned", "accepted", "oops"]),
        ("title", 0.1, ["=1+1", "Hội nghị"]),
    ):
        if dice.random() < chance:
            entry[key] = dice.choice(values)
    if dice.random() < 0.2:
        ids.append(f"e-{number}")
        entry["id"] = ids[-1]
    if ids and dice.random() < 0.1:
        entry[dice.choice(["corrects", "withdraws", "id"])] = dice.choice([*ids, "e-none"])
    if dice.random() < 0.1:
        entry["unit"] = ""
        entry["units"] = ";".join(dice.sample(UNITS, 3))
    if dice.random() < 0.02:
        entry["unit"] = dice.choice(["khong-co", "tan-anh"])
    return {key: value for key, value in entry.items() if value}


def _figure(dice: random.Random, number: int) -> dict[str, object]:
    figure: dict[str, object] = {"id": f"f-{number}", "title": "Số", "quantity": dice.choice(["12,40%", "5.952 hộ", "1.250 người"]), "date": _day(dice) or "2024"}
    if dice.random() < 0.7:
        figure["indicator"] = dice.choice(["ty-le-ngheo-dtts", "ty-le-ngheo", "ho-dtts", "can-bo-dan-van"])
    if dice.random() < 0.3:
        figure["unit"] = dice.choice(UNITS)
    if dice.random() < 0.3:
        figure["parts"] = ["500 hộ", "320 hộ"]
    return figure


def _reminder(dice: random.Random, number: int) -> dict[str, object]:
    sent: dict[str, object] = {
        "date": _day(dice) or "01/6/2024", "by": dice.choice(["bdvtu", "bdt"]), "units": dice.sample(UNITS, dice.choice([1, 1, 3])),
        "task": dice.choice([one for one in TASKS if one]), "how": dice.choice(["letter", "phone", "bồ câu" if number == 7 else "zalo"]),
    }  # fmt: skip
    if dice.random() < 0.3:
        sent["periods"] = dice.choice(["2024-01", ["2024-Q1", "2024-Q3"], "2024-05"])
    if dice.random() < 0.3:
        sent["id"] = f"dd-{number}"
    if number > 5 and dice.random() < 0.2:
        sent[dice.choice(["corrects", "withdraws"])] = f"dd-{dice.randrange(number)}"
    return sent


def _newer(entry: dict[str, str], dice: random.Random) -> dict[str, str]:
    """What entries have that came later: several days, reasons without a deed, no task but words that tell it."""
    if dice.random() < 0.1:
        entry["date"] = dice.choice(["14–16/6/2024", "28/3/2024..02/4/2024"])
    if dice.random() < 0.1:
        entry |= {"step": "explained", "reason": "Thiếu người"}
    if dice.random() < 0.2:
        entry.pop("task", None)
        entry["title"] = dice.choice(["Hội nghị", "Cuộc họp tháng", "Hội nghị lớn", "Hội nghị cán bộ dân vận cơ sở"])
    return entry


def draw(folder: Path, seed: int, records: int = 120) -> Path:
    """A project in an empty folder; the same seed gives the same files."""
    dice = random.Random(seed)
    copy_of(SHOWCASE, folder)
    (folder / "plans" / "units-2.yaml").write_text(MORE_UNITS, encoding="utf-8")
    # where nobody waits for what another does, a part may pass over more of a table
    more = re.sub(r"\{days: \d+, after: 13-KH/\d\}", "31/5/2024", MORE_PLAN) if seed % 2 else MORE_PLAN
    (folder / "plans" / "13-KH.yaml").write_text(more, encoding="utf-8")
    plan = folder / "plans" / "12-KH-2024.yaml"
    text = plan.read_text(encoding="utf-8")
    for old in ("for: bdt\n", "for: bdvtu\n"):
        parts = text.split(old)
        text = "".join(part + (dice.choice([old, old, "for: huyen\n", "for: [huyen, xa]\n"]) if n < len(parts) - 1 else "") for n, part in enumerate(parts))
    plan.write_text(text, encoding="utf-8")
    ids: list[str] = []
    other = random.Random(-seed - 1)
    entries = [_newer(_entry(dice, ids, number), other) for number in range(records)]
    for name, unit in (("nhac.yaml", ""), ("nhac-rieng.yaml", other.choice(UNITS))):
        told = {"unit": unit} if unit else {}
        sent = [_reminder(other, number + 50 * bool(unit)) for number in range(12)]
        (folder / "actuals" / name).write_text(yaml.safe_dump({**told, "reminders": sent}, allow_unicode=True), encoding="utf-8")
    for name, (first, last) in {"a.csv": (0, 40), "b.csv": (40, 60), "c.csv": (40, 70), "d.csv": (60, 70)}.items():
        rows = entries[first * records // 100 : last * records // 100]
        if name == "c.csv":
            few = dice.sample(UNITS, 3)
            rows = [row for row in rows if row.get("unit") in few and "," not in "".join(row.values())]
        if name in {"b.csv", "c.csv"}:
            rows = [{key: value for key, value in row.items() if key not in {"id", "corrects", "withdraws", "units", "parts", "items", "reach"}} for row in rows]
        keys = list(dict.fromkeys(["unit", "date", *(key for row in rows for key in row)]))
        quote = "" if name == "c.csv" else '"'
        lines = [",".join(keys), *(",".join(f"{quote}{row.get(key, '')}{quote}" for key in keys) for row in rows)]
        (folder / "actuals" / "2024" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for number, unit in enumerate(dice.sample(UNITS, 6)):
        own = []
        for row in dice.sample(entries[7 * records // 10 :], records // 20):
            row = dict(row)  # noqa: PLW2901
            row.pop("unit", None) if dice.random() < 0.7 else None
            for key in ("units", "parts", "items", "reach"):
                if key in row:
                    row[key] = row[key].split(";")
            own.append(row)
        plain = dice.random() < 0.4
        if plain:
            own = [{key: value for key, value in row.items() if key not in {"id", "corrects", "withdraws", "unit", "units"}} for row in own]
        log: dict[str, object] = {"unit": unit, "entries": own}
        if not plain:
            log["figures"] = [_figure(dice, 10 * number + n) for n in range(3)]
            if dice.random() < 0.5:
                log["events"] = [{"id": f"vu-{number + 5}", "event": "vu-viec", "date": "05/9/2024", "units": [dice.choice(UNITS)]}]
        (folder / "actuals" / f"{unit}.yaml").write_text(yaml.safe_dump(log, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
    return folder
