"""What editors are told of files: all that this project wrote is accepted, what reading refuses is refused, every key is explained."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from inside import tracker
from test_cli import ROOT
from test_read_errors import CASES, GALLERY, build

from tracker.lang import hovers, languages
from tracker.model.actual import Step
from tracker.model.cause import CauseKind
from tracker.model.form import Either, Fields, Form, Named, Several
from tracker.read import read
from tracker.read.actuals import Converter
from tracker.read.forms import _ONE_OR_MORE, _WRITTEN, forms
from tracker.read.found import Found
from tracker.read.shapes.kinds import fields_of
from tracker.read.shapes.waivers import WaiverShape
from tracker.schema import INHERITS, known_ids, meaning, schemas
from tracker.schema.ids import EARLIER, OFFERED, STRICT

SHOWCASE = ROOT / "tests" / "showcase"
AHEAD = {"unit.formerly", "task.formerly", "rule.formerly", "rule.fail_if", "fail_if.count", "fail_if.share"}
"""Explained before every shape has them."""

CANNOT = {
    "the text is no YAML, or YAML that we do not take; the editor's own parser says so or sees nothing wrong": ("yaml-",),
    "tables are no YAML": (
        "csv-", "rows-", "table-day", "table-number", "table-parquet", "table-encoding", "table-extra", "table-column", "table-column-near",
        "table-heading",
    ),
    "which files there are": ("table-none", "table-twice", "table-outside"),
    "the bytes, the name or the place of a file": ("file-",),
    "a whole folder": ("project-",),
    "an id that stands twice, in this file or another": ("reference-twice-",),
    "an id of the same file, which is offered and not enforced": (
        "reference-amended", "reference-amended-near", "reference-area", "reference-area-near", "reference-circle",
        "reference-regime", "reference-regime-near", "reference-entry", "reference-entry-near", "reference-event",
        "reference-event-near", "reference-table", "reference-formerly", "reference-rule", "reference-rule-near",
        "reference-document", "reference-document-near", "reference-reminder", "reference-reminder-near",
        "reference-link", "reference-link-keyed", "reference-link-unit",
        "reference-link-withdraws",
    ),
    "two values compared, or two records": (
        "amended-", "calendar-", "succession-", "shape-amended-recorded", "shape-spells", "value-closed-first",
        "value-recorded", "waiver-", "value-run", "value-span-order", "value-apart",
    ),
    "what a text says": ("shape-limitation-digit", "shape-limitation-mark", "shape-limitation-part", "shape-slots", "value-phrase"),
}  # fmt: skip
"""Cases of the gallery that no schema can refuse, by reason. Every other case must be refused."""


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """What an editor makes of YAML 1.2: dates are text, yes and on are text, 08 and 2.359 are numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_implicit_resolver("tag:core:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver("tag:core:float", re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
Loader.add_constructor("tag:core:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:core:float", lambda loader, node: float(node.value))


def seen(path: Path) -> Any:
    """A file as an editor sees it; all keys are text to a schema."""
    return seen_text(path.read_text(encoding="utf-8"))


@cache
def seen_text(text: str) -> Any:
    """Many cases share their other files, and no schema changes what it looks at."""

    def keyed(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): keyed(value) for key, value in node.items()}
        return [keyed(item) for item in node] if isinstance(node, list) else node

    return keyed(yaml.load(text, Loader))


def kind_of(path: Path, root: Path) -> str:
    top, *below = path.relative_to(root).parts
    if below and (top, below[0]) == ("rules", "waivers"):
        return "waivers"
    if path.name.endswith(".tables.yaml"):
        return "tables"
    return {"plans": "plans", "actuals": "actuals", "rules": "rules", "tracker.yaml": "settings"}[top]


FORMS = forms()


@cache
def of(folder: Path) -> Mapping[str, Any]:
    return schemas(FORMS, hovers("vi"), known_ids(read(folder)))


def wrong(path: Path, folder: Path, made: Mapping[str, Any]) -> list[str]:
    checker = jsonschema.Draft7Validator(made[kind_of(path, folder)])
    return [f"{path.name} {list(error.absolute_path)}: {error.message[:300]}" for error in checker.iter_errors(seen(path))]


def written(folder: Path) -> list[Path]:
    found = [path for top in ("plans", "actuals", "rules") for path in sorted((folder / top).rglob("*.yaml"))]
    return found + sorted(folder.glob("tracker.yaml"))


@pytest.mark.parametrize("name", sorted({*FORMS, "plans"}))
@pytest.mark.parametrize("language", languages())
def test_a_schema_is_sound_and_holds_to_draft_7(name: str, language: str):
    jsonschema.Draft7Validator.check_schema(schemas(FORMS, hovers(language), {})[name])


@pytest.mark.parametrize("folder", [ROOT, SHOWCASE, GALLERY / "base"], ids=["repository", "showcase", "base"])
def test_every_file_is_accepted(folder: Path):
    files = written(folder)
    assert len(files) > 3
    bare = schemas(FORMS, hovers("en"), {})
    for path in files:
        assert wrong(path, folder, of(folder)) == []
        assert wrong(path, folder, bare) == [], "without the ids of the project"


def cannot(case: str) -> list[str]:
    return [why for why, starts in CANNOT.items() if any(case == one or (one.endswith("-") and case.startswith(one)) for one in starts)]


@pytest.mark.parametrize("case", [case for case in CASES if not cannot(case)])
def test_what_reading_refuses_is_refused(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = build(case, tmp_path, monkeypatch)
    made = of(GALLERY / "base")
    assert [one for path in written(folder) for one in wrong(path, folder, made)], "put it under CANNOT, with its reason"


def test_a_reason_is_for_cases_that_exist_and_are_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert all(len(cannot(case)) <= 1 for case in CASES)
    for why, starts in CANNOT.items():
        assert all(any(cannot(case) == [why] and case.startswith(one) for case in CASES) for one in starts), why
    for case in CASES:
        if cannot(case) and not case.startswith(("yaml-", "csv-", "file-", "project-")):
            folder = build(case, tmp_path / case, monkeypatch)
            made = schemas(FORMS, hovers("vi"), known_ids(read(folder)))
            assert [one for path in written(folder) for one in wrong(path, folder, made)] == [], case


def parts(form: Form) -> Iterator[Fields]:
    match form:
        case Fields():
            yield form
            for inner in form.keys.values():
                yield from parts(inner)
        case Several(item=item) | Named(item=item):
            yield from parts(item)
        case Either(options=options):
            for one in options:
                yield from parts(one)
        case _:
            pass


KEYS = sorted({(part.name, key) for form in FORMS.values() for part in parts(form) for key in part.keys})


@pytest.mark.parametrize("language", languages())
def test_every_key_is_explained_and_nothing_else(language: str):
    said = hovers(language)
    needed = set()
    for shape, key in KEYS:
        assert meaning(said, shape, key).strip().endswith((".", "…")), f"{shape}.{key}"
        own = shape
        while own in INHERITS and key not in said.table.get(own, {}):
            own = INHERITS[own]
        needed.add(f"{own}.{key}")
    there = {f"{shape}.{key}" for shape, keys in said.table.items() if shape != "kind" for key in keys}
    assert there - needed <= AHEAD, "explains keys that nothing reads"


def properties(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties" and node.get("type") == "object" and "additionalProperties" in node:
                yield from value.items()
            yield from properties(value)
    elif isinstance(node, list):
        for one in node:
            yield from properties(one)


@pytest.mark.parametrize("language", languages())
def test_every_key_of_every_schema_has_hover_text(language: str):
    made = schemas(FORMS, hovers(language), {})
    for name, schema in made.items():
        for key, one in properties(schema):
            assert one["description"], (name, key)
            assert one["markdownDescription"], (name, key)
            assert "`" not in one["description"]


def test_records_are_written_as_reading_takes_them():
    parsers = Converter(Found()).parsers
    entry = next(part for part in parts(FORMS["actuals"]) if part.name == "entry")
    assert set(entry.keys) == set(parsers) - {"event", "indicator", "by", "to", "how", "periods"}
    texts = {"doc", "mode", "place", "level", "title", "note", "reason", "source", "task", "outcome"}
    assert set(parsers) == set(_WRITTEN) | set(_ONE_OR_MORE) | texts | {"step", "cause", "how"}
    assert entry.keys["step"].words == tuple(Step)
    assert entry.keys["cause"].words == tuple(CauseKind)


def test_settings_are_those_that_reading_knows(tmp_path: Path):
    (tmp_path / "tracker.yaml").write_text("zzqqx: 1\n", encoding="utf-8")
    unknown = next(problem for problem in read(tmp_path).problems if problem.code == "shape-key")
    known = set(unknown.args["known"].split(", "))
    assert set(FORMS["settings"].keys) - known <= {"waiver_days"}
    assert known <= set(FORMS["settings"].keys)


def test_waivers_are_those_that_reading_knows():
    form = next(part for part in parts(FORMS["waivers"]) if part.name == "waiver")
    fields = fields_of(WaiverShape)
    assert set(form.keys) == set(fields)
    assert {key for key, field in fields.items() if field.required} == set(form.required)


def test_keys_that_name_something_exist():
    for at in [*STRICT, *OFFERED, *EARLIER]:
        assert at in KEYS, at


def test_ids_of_the_project_are_listed():
    made = json.dumps(of(ROOT), ensure_ascii=False)
    for id_ in ("song-cong", "14-KH/2.7", "report-missing", "dinh-ky", "co-quan-tinh"):
        assert f'"{id_}"' in made, id_
    assert '"song-cong"' not in json.dumps(schemas(FORMS, hovers("vi"), {}), ensure_ascii=False)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("day", ["1/2/2023", "14-6-2023", "2.4.2023", "2023-02-01", "ngày 15 tháng 3 năm 2022"], ["2023", 2023, "30/02/2023", "06/14/2023"]),
        ("span", ["14/6/2023", 2023, "tháng 3/2023", "quý I/2023", "2022-2025", "2023-Q1", "14–16/6/2023", "28/6 - 02/7/2023", "14/6/2023..16/6/2023", "ngày 14, 15/6/2023", "quý II–III/2023"], ["mùa thu", 5, True]),
        ("period", ["2023-02", "2023-Q1", "2023-H1", "2023-9M", "2023-W05", 2023, "2023-01..2023-12", "tuần 5/2023", "9 tháng 2023", "2023Q1"], ["kỳ 2", "2023-13"]),
        ("amount", [2.359, 96.105, 8, "trên 4.700 đại biểu", "6,47%", "05 hội nghị", "gần 1.500", "2 359"], ["1.5 lớp", "1,234 người", -3, "3-5 lớp", "ba lớp"]),
        ("truth", [True, "có", "Không", "yes"], ["gộp", 1]),
        ("zone", ["+07:00"], ["Hà Nội", "+7"]),
    ],
)  # fmt: skip
def test_values_as_people_write_them(kind: str, good: list[Any], bad: list[Any]):
    from tracker.model.form import Value
    from tracker.schema.values import of_value

    checker = jsonschema.Draft7Validator(of_value(Value(kind)))
    assert [one for one in good if not checker.is_valid(one)] == []
    assert [one for one in bad if checker.is_valid(one)] == []


def test_the_map_of_the_editor_names_files_that_are_written(tmp_path: Path):
    shutil.copytree(SHOWCASE, tmp_path / "p")
    ran = tracker("schema", "--write", cwd=tmp_path / "p")
    assert (ran.code, ran.err) == (0, "")
    made = {path.name for path in (tmp_path / "p" / ".tracker" / "schemas").iterdir()}
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(name).name for name in mapped} <= made
    again = {path.name: path.read_bytes() for path in (tmp_path / "p" / ".tracker" / "schemas").iterdir()}
    tracker("schema", "--write", cwd=tmp_path / "p")
    assert again == {path.name: path.read_bytes() for path in (tmp_path / "p" / ".tracker" / "schemas").iterdir()}
    printed = tracker("schema", "plan", cwd=tmp_path / "p").out
    assert printed.encode() == again["plan.json"]
    assert tracker("schema", "plan", cwd=tmp_path).code == 0, "of use before there is a project"
