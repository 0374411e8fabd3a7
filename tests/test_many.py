"""What people read where there are thousands of units: counted, the worst first, one page; each only where asked for."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import actual, plan, report, rule, task, unit
from inside import tracker
from projects import ROOT

from bench.world import AS_OF, make
from tracker.door import write
from tracker.lang import words
from tracker.model.report import Report
from tracker.periods import Days
from tracker.read import read
from tracker.render.findings import blocks, renderer
from tracker.render.grouped import MANY
from tracker.run import Asked, run

TEXT, VI, EN = renderer("text"), words("vi"), words("en")


@cache
def made() -> Report:
    with TemporaryDirectory() as room:
        make(Path(room), 18_000, rules=False)
        return run(read(Path(room) / "csv", ROOT / "rules"), Asked(Days(AS_OF, AS_OF)))


def test_thousands_of_findings_are_counted_by_rule_territory_and_year_and_the_counts_add_up():
    assert len(made().findings) > MANY
    text = TEXT(made(), VI)
    assert len(text.splitlines()) < 120
    lines = text.splitlines()
    heads = [line for line in lines if re.match(r"(LỖI|CẢNH BÁO|GHI CHÚ) [a-z-]+: .* – [0-9.]+$", line)]
    levels = [line.split()[0] for line in heads]
    assert levels == sorted(levels, key=["LỖI", "CẢNH", "GHI"].index)
    total = sum(int(line.rpartition(" – ")[2].replace(".", "")) for line in heads)
    assert total == len(made().findings)
    assert heads[0].startswith("LỖI report-missing: Thiếu báo cáo định kỳ – ")
    below = lines[1 : lines.index("")]
    counts = [int(line.split()[0].replace(".", "")) for line in below if not line.startswith("  →")]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == int(heads[0].rpartition(" – ")[2])
    assert all("Tỉnh số 0, năm 20" in line for line in below if not line.startswith("  →"))
    assert "xem từng phát hiện: tracker check --all" in text


def test_each_is_told_where_that_is_asked_for():
    every = made()._replace(gate=made().gate._replace(every=True))
    assert len(TEXT(every, VI).splitlines()) > 600
    assert "--all" not in TEXT(every, VI)
    by_owner = made()._replace(gate=made().gate._replace(by="owner"))
    assert "--all" not in TEXT(by_owner, VI)


def test_few_are_told_one_by_one():
    few = made()._replace(findings=made().findings[:MANY])
    assert "--all" not in TEXT(few, VI)


NATION = [
    unit(f"tinh-{t}", "tinh")._replace(name=f"Tỉnh {t}") for t in range(3)
] + [unit(f"x-{t}-{n}", "xa", parent=f"tinh-{t}") for t in range(3) for n in range(100 * (t + 1))]  # fmt: skip
NATION += [unit("so", "so", serves="tinh-0")]
MISSING = rule("report-missing", "state = 'overdue'")


def test_communes_are_counted_under_their_provinces_and_a_body_where_it_serves():
    owed = plan(task("1", owed_by="xa", due="2023-03-31"), task("2", owed_by="so", due="2023-03-31"))
    found = report(owed, NATION, [actual("1", "x-0-0", "2023-03-01")], "2023-06-01", [MISSING])
    assert TEXT(found, EN).splitlines()[:5] == [
        "ERROR report-missing: report-missing – 600",
        "  300  Tỉnh 2, 2023",
        "  200  Tỉnh 1, 2023",
        "  100  Tỉnh 0, 2023",
        "  → sửa",
    ]


def test_hostile_names_are_data_in_groups_too():
    units = [unit("t", "tinh")._replace(name="::error::Tỉnh [red]\x1b[31m")] + [unit(f"x-{n}", "xa", parent="t") for n in range(550)]
    text = TEXT(report(plan(task("1", owed_by="xa", due="2023-03-31")), units, [], "2023-06-01", [MISSING]), EN)
    assert "\x1b" not in text
    assert not re.search("^::", text, re.MULTILINE)
    assert "[red]" in text


def test_the_weekly_page_stays_a_page(tmp_path: Path):
    make(tmp_path, 5_500, rules=False)
    for width in (80, 120):
        ran = tracker("status", "--project", str(tmp_path / "csv"), "--as-of", "20/10/2024", width=width)
        assert ran.code == 0
        assert len(ran.out.splitlines()) < 220
        assert all(len(line) <= width for line in ran.out.splitlines())
        assert "Chỉ nêu 12 trong 60 đơn vị còn nợ nhiều nhất, 12 trong 85 kỳ gần nhất" in " ".join(ran.out.split())


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_formats_for_programs_come_in_blocks_of_the_same_text(name):
    pieces = list(blocks(name, made(), VI))
    assert len(pieces) >= 2
    assert max(map(len, pieces)) < 0.9 * sum(map(len, pieces))
    assert "".join(pieces) == renderer(name)(made(), VI) + "\n"


def test_a_file_written_in_blocks_is_there_whole_or_not_at_all(tmp_path: Path):
    def broken():
        yield "a\n"
        raise RuntimeError

    target = tmp_path / "a.txt"
    write(iter(["a\n", "b\n"]), target)
    assert target.read_text(encoding="utf-8") == "a\nb\n"
    with pytest.raises(RuntimeError):
        write(broken(), target)
    assert target.read_text(encoding="utf-8") == "a\nb\n"
