"""The rule language against DuckDB, which knows SQL better than we do, and against texts that mean harm."""

import json
import re
import time
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from tracker.lang import words
from tracker.model.source import NOWHERE, Problem
from tracker.model.table import Column, Type
from tracker.where import Checked, compile_row, evaluate, read_condition, story
from tracker.where.parse import MAX_DEPTH
from tracker.where.tree import height

STATES = ("done", "late", "open")
KINDS = ("a", "b", "c")
TEXTS = ("SC", "ĐH", "it's", "")
COLUMNS = {
    c.name: c
    for c in (
        Column("state", Type.CHOICE, "", True, STATES),
        Column("kind", Type.CHOICE, "", False, KINDS),
        Column("unit", Type.TEXT, "", True),
        Column("title", Type.TEXT, ""),
        Column("days_late", Type.NUMBER, "", True),
        Column("share", Type.NUMBER, "", True),
        Column("n", Type.NUMBER, ""),
        Column("due", Type.DATE, "", True),
        Column("starts", Type.DATE, ""),
        Column("agreed", Type.TRUTH, "", True),
        Column("soon", Type.TRUTH, ""),
    )
}
SQL = {Type.CHOICE: "VARCHAR", Type.TEXT: "VARCHAR", Type.NUMBER: "DECIMAL(18, 2)", Type.DATE: "DATE", Type.TRUTH: "BOOLEAN"}
ROWS, EXPRESSIONS, BATCH = 50, 1_000, 50


class Writer:
    """Random conditions as text, with and without the brackets that precedence makes superfluous."""

    def __init__(self, seed):
        self.random = Random(seed)

    def one(self, *choices):
        return self.random.choice(choices)

    def condition(self, depth):
        kind = self.random.random()
        if depth <= 0 or kind < 0.2:
            return self.comparison()
        if kind < 0.7:
            word = self.one("AND", "OR", "and", "Or")
            return f" {word} ".join(self.condition(depth - 1) for _ in range(self.random.randint(2, 4)))
        if kind < 0.8:
            return f"NOT {self.comparison()}"
        if kind < 0.9:
            return f"{self.one('', 'NOT ', 'NOT NOT ')}({self.condition(depth - 1)})"
        if kind < 0.95:
            return f"({self.condition(depth - 1)}) {self.one('=', '<>')} ({self.condition(depth - 1)})"
        return f"({self.condition(depth - 1)}) IS {self.one('', 'NOT ')}NULL"

    def comparison(self):
        value, literal, ordered = self.one(
            (self.number, self.a_number, True), (self.day, self.a_day, True), (self.word, self.a_word, False),
            (lambda d: self.one("unit", "title", "COALESCE(unit, title)"), self.a_text, False),
            (self.truth, lambda: self.one("TRUE", "FALSE"), False),
        )  # fmt: skip
        negated = self.one("", "NOT ")
        shape = self.random.random()
        if shape < 0.15:
            return f"{value(1)} IS {negated}NULL"
        if shape < 0.3:
            return f"{value(1)} {negated}IN ({', '.join(literal() for _ in range(self.random.randint(1, 3)))})"
        if shape < 0.45 and ordered:
            low, high = (self.one(literal(), value(1)) for _ in range(2))
            return f"{value(1)} {negated}BETWEEN {low} AND {high}"
        if shape < 0.55:
            return self.truth(1)
        op = self.one("=", "<>", "<", "<=", ">", ">=") if ordered else self.one("=", "<>")
        return f"{value(2)} {op} {self.one(literal(), value(1))}"

    def a_number(self):
        return self.one("0", "7", "08", "-3", "1.5", "2.25", "-0.5", "10")

    def a_day(self):
        return f"DATE '{date(2023, 1, 25) + timedelta(self.random.randint(0, 40))}'"

    def a_word(self):
        return f"'{self.random.choice(STATES)}'"

    def a_text(self):
        return "'" + self.random.choice(TEXTS).replace("'", "''") + "'"

    def number(self, depth):
        if depth <= 0 or self.random.random() < 0.5:
            return self.one("days_late", "share", "n", "COALESCE(days_late, 1)", "COALESCE(share, days_late, n)")
        right = self.one(self.number(depth - 1), self.a_number(), f"({self.number(depth - 1)})")
        return f"{self.number(depth - 1)} {self.one('+', '-')} {right}"

    def day(self, depth):
        if depth <= 0 or self.random.random() < 0.4:
            return self.one("due", "starts", "COALESCE(due, starts)", "COALESCE(due, DATE '2023-02-10')")
        span = f"{self.random.randint(0, 40)} {self.one('DAY', 'DAYS', 'days', 'MONTH', 'MONTHS')}"
        return f"{self.day(depth - 1)} {self.one('+', '-')} {span}"

    def word(self, depth):
        return self.one("state", "state", "COALESCE(state, 'none')", "COALESCE(state, 'open')")

    def truth(self, depth):
        return self.one("agreed", "soon", "COALESCE(agreed, soon)", "COALESCE(agreed, FALSE)")


def rows(seed):
    random = Random(seed)

    def often(value):
        return None if random.random() < 0.25 else value

    for _ in range(ROWS):
        yield {
            "state": often(random.choice(STATES)), "kind": random.choice(KINDS), "unit": often(random.choice(TEXTS)),
            "title": random.choice(TEXTS), "days_late": often(random.randint(-3, 10)),
            "share": often(Decimal(random.randint(-40, 60)) / 4), "n": random.choice((0, 1, 2, 7, Decimal("1.50"))),
            "due": often(date(2023, 1, 25) + timedelta(random.randint(0, 40))),
            "starts": date(2022, 11, 28) + timedelta(random.randint(0, 100)), "agreed": often(random.random() < 0.5),
            "soon": random.random() < 0.5,
        }  # fmt: skip


def in_sql(text):
    """The same for DuckDB, which writes a span as an interval and has words of its own for nothing else."""
    return re.sub(r"([+-]) ([0-9]+) (DAY|MONTH)S?\b", r"\1 INTERVAL (\2) \3", text, flags=re.IGNORECASE)


def test_duckdb_gives_the_same_verdicts():
    duckdb = pytest.importorskip("duckdb")
    table = list(rows(11))
    writer = Writer(12)
    found: list[Checked] = []
    while len(found) < EXPRESSIONS:
        checked = read_condition(writer.condition(3), COLUMNS)
        if isinstance(checked, Checked):
            found.append(checked)
        else:
            # Sound SQL may still say nothing; only for these reasons do we refuse what the writer above makes.
            reasons = {"where-constant", "where-never-null", "where-backwards", "where-coalesce-never", "where-long", "where-large"}
            assert {fault.code for fault in checked} <= reasons
    base = duckdb.connect()
    base.execute(f"CREATE TABLE t ({', '.join(f'{c.name} {SQL[c.type]}' for c in COLUMNS.values())})")
    base.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(COLUMNS))})", [list(row.values()) for row in table])
    seen = {True: 0, False: 0, None: 0}
    for start in range(0, EXPRESSIONS, BATCH):
        batch = found[start : start + BATCH]
        theirs = base.execute(f"SELECT {', '.join(f'({in_sql(c.text)})' for c in batch)} FROM t").fetchall()
        for checked, verdicts in zip(batch, zip(*theirs, strict=True), strict=True):
            ours = compile_row(checked, lambda column: f"r[{column.name!r}]")
            for row, verdict in zip(table, verdicts, strict=True):
                assert ours(row) is verdict, (checked.text, row)
                seen[verdict] += 1
            assert evaluate(checked, table[start % ROWS]) is verdicts[start % ROWS]
    assert sum(seen.values()) == ROWS * EXPRESSIONS
    assert min(seen.values()) > 0.1 * sum(seen.values()), seen


ROW = {"state": "done", "kind": "a", "title": "a", "n": 1, "starts": date.max, "soon": True}
TOKENS = [
    "AND", "OR", "NOT", "IN", "IS", "NULL", "BETWEEN", "TRUE", "DATE", "COALESCE", "DAYS", "MONTHS", "(", ")", ",", "+", "-",
    "=", "<>", "<", ">=", "'", "''", "'done'", "'2023-01-01'", "1", "2.5", "08", "99999999999999999999", "1.234", *COLUMNS, "x",
    "é", "e\u0301", "\x00", "\ud800", "“", "!=", ";", "\n",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(TOKENS), max_size=60).map(" ".join)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.one_of(SOUP, st.text(st.characters(exclude_categories=()), max_size=200), SOUP.map(lambda s: s.replace(" ", ""))))
@example("(" * 100_000)
@example("(" * 999 + ")" * 999)
@example("NOT " * 20_000)
@example("NOT " * 499 + "x")
@example("soon OR " * 20_000 + "soon")
@example("n = " + "9" * 100_000)
@example("n = " + "9" * 1_900)
@example("COALESCE(" * 200)
@example("n" + " + (n" * 300)
@example("a " * 1000)
@example("'" * 1999)
@example("!" * 2000)
@example("n BETWEEN " * 190)
@example("((soon) = " * 180)
@example("\ud800\x00 = '\udfff'")
@example("zzz = 1 OR " * 170 + "soon")
def test_hostile_text_is_answered_and_never_raises(text):
    begin = time.perf_counter()
    found = read_condition(text, COLUMNS)
    if isinstance(found, Checked):
        for values in (ROW, {}):
            assert evaluate(found, values) in (True, False, None)
            assert all(c.verdict in (True, False, None) for c in story(found, values))
    else:
        assert found
        for fault in found:
            assert 0 <= fault.start <= fault.end <= len(text)
            said = words("vi").problem(Problem(NOWHERE, fault.code, fault.args))
            json.dumps(said, ensure_ascii=False).encode()
    assert time.perf_counter() - begin < 5


def test_deepest_allowed_trees_of_every_shape_compile():
    shapes = [
        "NOT ({})", "({}) = agreed", "COALESCE(({}), agreed)", "({} AND agreed) OR (due < starts AND soon)", "({}) IS NULL",
        "({} OR n > days_late) AND agreed", "({}) IN (TRUE)", "(NOT ({}) OR agreed) = (due + 1 DAY < starts OR agreed)",
    ]  # fmt: skip
    random = Random(5)
    deepest = 0
    for _ in range(25):
        found = read_condition("agreed", COLUMNS)
        refused = 0
        while refused < 8:
            new = read_condition(random.choice(shapes).format(found.text), COLUMNS)
            found, refused = (new, 0) if isinstance(new, Checked) else (found, refused + 1)
        assert evaluate(found, {}) in (True, False, None)
        assert compile_row(found, lambda c: f"r.get({c.name!r})")(ROW) in (True, False, None)
        deepest = max(deepest, height(found.root))
    assert deepest == MAX_DEPTH
