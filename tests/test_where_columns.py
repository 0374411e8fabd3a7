"""The rule language on whole columns says what it says row by row."""

import pytest
from hypothesis import given, settings, strategies as st
from test_where_oracle import COLUMNS, Writer, rows

from tracker.where import Checked, evaluate, read_condition

np = pytest.importorskip("numpy")


def coded(name, made):
    from tracker.where.columns import Coded

    values = list(dict.fromkeys(row[name] for row in made))
    return Coded(np.array([values.index(row[name]) for row in made]), values)


@given(st.integers(0, 1 << 30))
@settings(max_examples=40, deadline=None)
def test_by_columns_and_by_row(seed):
    from tracker.where.columns import verdicts

    text = Writer(seed).condition(3)
    checked = read_condition(text, COLUMNS)
    if not isinstance(checked, Checked):
        return
    made = list(rows(seed))
    said = verdicts(checked.root, lambda name: coded(name, made), lambda name: COLUMNS[name].nullable, len(made))
    assert [(False, True, None)[one] for one in said] == [evaluate(checked, row) for row in made], text


def test_a_sum_beyond_bounds_leaves_the_whole_open():
    from decimal import Decimal

    from tracker.where.columns import verdicts

    huge = [{"n": Decimal("1e999999"), "days_late": 1, "soon": True}, {"n": 1, "days_late": 1, "soon": True}]
    for text in ("n + n + n + n > 0 AND soon = FALSE", "soon = TRUE OR n + n + n > 5"):
        checked = read_condition(text, COLUMNS)
        from tracker.where import compile_row

        function = compile_row(checked, lambda column: f"r[{column.name!r}]")
        said = verdicts(checked.root, lambda name: coded(name, huge), lambda name: COLUMNS[name].nullable, 2)
        assert [(False, True, None)[one] for one in said] == [function(row) for row in huge]
    nothing = verdicts(read_condition("n > 0", COLUMNS).root, lambda name: coded(name, []), lambda _: False, 0)
    assert len(nothing) == 0
