"""Many rows at once: the loop that judges a table says of each row what the function of one row says."""

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, strategies as st

from tracker.model.tables import STANDINGS
from tracker.where import compile_finder, compile_row, read_condition


@given(st.integers(0, 2**31), st.integers(0, 2**31))
def test_going_through_rows_gives_what_each_row_gives(first, second):
    conditions = [
        "days_late > 30", "state = 'overdue'", "state = 'overdue' AND days_late > 3", "applies", "actuals + achieved > 2",
        "target - achieved > 1000000000000", "due + 3 DAYS < last_date", "NOT (share < 100) OR unverified",
    ]  # fmt: skip
    random = Random(first * 7 + second)
    scope, where = (read_condition(random.choice(conditions), STANDINGS.by_name) for _ in range(2))
    values = [
        {
            "days_late": random.choice([None, 0, 4, 40]),
            "state": random.choice([None, "overdue", "done"]),
            "applies": random.choice([None, True, False]),
            "actuals": random.choice([0, 2]),
            "achieved": random.choice([0, 5, Decimal("1e999999")]),
            "target": random.choice([None, 7, Decimal("-1e999999")]),
            "due": random.choice([None, date(2023, 1, 1), date.max]),
            "last_date": random.choice([None, date(2023, 6, 1)]),
            "share": random.choice([None, 50, 100]),
            "unverified": random.choice([True, False]),
        }
        for _ in range(20)
    ]
    seen, found = compile_finder(scope, where, lambda column: f"r[{column.name!r}]")(values)
    inside, meets = (compile_row(one, lambda column: f"r[{column.name!r}]") for one in (scope, where))
    expected = [(row, meets(row) if inside(row) else None) for row in values if inside(row) is not False]
    assert seen == len(expected)
    assert found == [(row, verdict) for row, verdict in expected if verdict is not False]
