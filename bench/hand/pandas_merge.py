"""pandas: merged by the texts that stand in the files."""

from glob import glob

import numpy as np
import pandas as pd

from bench.job import AS_OF, Asked, answer, asked

KEY = ["task", "unit", "key"]
DAY = pd.Timestamp(AS_OF)


def obligations(ask: Asked) -> pd.DataFrame:
    days = ["starts", "due", "first", "last"]
    duties = pd.read_csv(ask.tables / "duties.csv", dtype={"period": str, "key": str}, parse_dates=days)
    units = pd.read_csv(ask.tables / "units.csv", parse_dates=["opened", "closed"])
    owed = duties.fillna({"key": ""}).merge(units, on="who")
    opened = owed["opened"].isna() | (owed["opened"] <= owed["first"])
    return owed[opened & (owed["closed"].isna() | (owed["closed"] >= owed["last"]))]


def records(ask: Asked) -> pd.DataFrame:
    files = sorted(glob(ask.actuals))  # noqa: PTH207 - a pattern is what is handed over
    if ask.parquet:
        found = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
        found["date"] = pd.to_datetime(found["date"])
    else:
        texts = dict.fromkeys(("unit", "task", "period", "date", "doc"), str)
        found = pd.concat([pd.read_csv(file, dtype=texts) for file in files], ignore_index=True)
        found["date"] = pd.to_datetime(found["date"], format="%d/%m/%Y")
    found = found[found["date"] <= DAY].rename(columns={"period": "key"})
    return found.fillna({"task": "", "key": ""})


def judged(owed: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    shown = found[found["doc"].notna()]
    each = found.groupby(KEY, sort=False).agg(records=("date", "size"), docs=("doc", "count"))
    each = each.join(shown.groupby(KEY, sort=False)["date"].min().rename("first_doc"))
    quotas = owed.loc[owed["kind"] == "quantity", [*KEY, "target"]]
    running = shown.merge(quotas, on=KEY).sort_values("date", kind="stable")
    running = running[running.groupby(KEY, sort=False)["quantity"].cumsum() >= running["target"]]
    each = each.join(running.groupby(KEY, sort=False)["date"].min().rename("full_on"))
    rows = owed.merge(each.reset_index(), on=KEY, how="left").fillna({"records": 0, "docs": 0})
    day = rows["first_doc"].where(rows["kind"] != "quantity", rows["full_on"])
    tests = {
        "done": day <= rows["due"],
        "done_late": day.notna(),
        "cancelled": rows["closed"] < DAY,
        "upcoming": rows["starts"] > DAY,
        "unknown": (rows["records"] > 0) & (rows["docs"] == 0),
        "overdue": rows["due"] + pd.to_timedelta(rows["grace"], unit="D") < DAY,
    }
    rows["state"] = np.select(list(tests.values()), list(tests), default="open")
    rows["part"] = (rows["kind"] == "quantity") & (rows["docs"] > 0) & day.isna()
    return rows


def findings(rows: pd.DataFrame) -> pd.DataFrame:
    report = (rows["kind"] == "recurring") & (rows["measure"] == "report")
    other = ~report & ~rows["part"]
    overdue, unknown = rows["state"] == "overdue", rows["state"] == "unknown"
    found = [
        ("report-missing", "broken", report & overdue),
        ("report-missing", "unknown", report & unknown),
        ("report-late", "broken", report & (rows["state"] == "done_late")),
        ("task-overdue", "broken", other & overdue),
        ("task-overdue", "unknown", other & unknown),
        ("task-target-missed", "broken", rows["part"] & overdue),
        ("task-duplicate", "broken", (rows["kind"] != "quantity") & (rows["docs"] > 1)),
    ]
    parts = []
    for rule, verdict, where in found:
        part = rows.loc[where, ["task", "unit", "period"]]
        part.insert(0, "rule", rule)
        part["verdict"] = verdict
        parts.append(part)
    return pd.concat(parts)


def main(ask: Asked) -> None:
    owed, found = obligations(ask), records(ask)
    rows = judged(owed, found)
    findings(rows).to_csv(ask.out / "findings.csv", header=False, index=False)
    rows.groupby(["unit", "state"]).size().to_csv(ask.out / "counts.csv", header=False)
    both = found[KEY].merge(owed[KEY], on=KEY, how="left", indicator=True)
    strays = int((both["_merge"] == "left_only").sum())
    answer({state: int(count) for state, count in rows["state"].value_counts().items()}, strays)


if __name__ == "__main__":
    main(asked())
