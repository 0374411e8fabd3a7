"""DuckDB: one statement, joined by the texts that stand in the files."""

import duckdb

from bench.job import AS_OF, Asked, answer, asked

OBLIGATIONS = """
CREATE TABLE owed AS
SELECT d.* REPLACE (coalesce(d.key, '') AS key), u.unit, u.closed
FROM read_csv('{tables}/duties.csv', header = true, types = {{'period': 'VARCHAR', 'key': 'VARCHAR'}}) d
JOIN read_csv('{tables}/units.csv', header = true, types = {{'opened': 'DATE', 'closed': 'DATE'}}) u USING (who)
WHERE (u.opened IS NULL OR u.opened <= d.first) AND (u.closed IS NULL OR u.closed >= d.last)
"""
CSV = """read_csv('{actuals}', header = true, dateformat = '%d/%m/%Y', columns = {{'unit': 'VARCHAR', 'task': 'VARCHAR',
'period': 'VARCHAR', 'date': 'DATE', 'doc': 'VARCHAR', 'quantity': 'INTEGER'}})"""
RECORDS = """
CREATE TABLE found AS
SELECT unit, coalesce(task, '') AS task, coalesce(period, '') AS key, date, doc, quantity
FROM {source} WHERE date <= DATE '{as_of}'
"""
STANDINGS = """
CREATE TABLE standings AS
WITH each AS (
  SELECT task, unit, key, count(*) AS records, count(doc) AS docs, min(date) FILTER (doc IS NOT NULL) AS first_doc
  FROM found GROUP BY ALL
), running AS (
  SELECT f.task, f.unit, f.key, f.date, o.target,
         sum(f.quantity) OVER (PARTITION BY f.task, f.unit, f.key ORDER BY f.date ROWS UNBOUNDED PRECEDING) AS total
  FROM found f JOIN owed o USING (task, unit, key) WHERE f.doc IS NOT NULL AND o.kind = 'quantity'
), filled AS (
  SELECT task, unit, key, min(date) AS full_on FROM running WHERE total >= target GROUP BY ALL
), together AS (
  SELECT o.*, coalesce(e.records, 0) AS records, coalesce(e.docs, 0) AS docs,
         CASE WHEN o.kind = 'quantity' THEN f.full_on ELSE e.first_doc END AS shown
  FROM owed o LEFT JOIN each e USING (task, unit, key) LEFT JOIN filled f USING (task, unit, key)
)
SELECT task, unit, period, kind = 'recurring' AND measure = 'report' AS report, kind = 'quantity' AS quota, docs,
       kind = 'quantity' AND docs > 0 AND shown IS NULL AS part,
       CASE WHEN shown <= due THEN 'done' WHEN shown IS NOT NULL THEN 'done_late'
            WHEN closed < DATE '{as_of}' THEN 'cancelled' WHEN starts > DATE '{as_of}' THEN 'upcoming'
            WHEN records > 0 AND docs = 0 THEN 'unknown'
            WHEN due + grace::INTEGER < DATE '{as_of}' THEN 'overdue' ELSE 'open' END AS state
FROM together
"""
FINDINGS = """
COPY (
  SELECT 'report-missing', task, unit, period, CASE state WHEN 'overdue' THEN 'broken' ELSE 'unknown' END
  FROM standings WHERE report AND state IN ('overdue', 'unknown')
  UNION ALL SELECT 'report-late', task, unit, period, 'broken' FROM standings WHERE report AND state = 'done_late'
  UNION ALL SELECT 'task-overdue', task, unit, period, CASE state WHEN 'overdue' THEN 'broken' ELSE 'unknown' END
  FROM standings WHERE NOT report AND NOT part AND state IN ('overdue', 'unknown')
  UNION ALL SELECT 'task-target-missed', task, unit, period, 'broken' FROM standings WHERE part AND state = 'overdue'
  UNION ALL SELECT 'task-duplicate', task, unit, period, 'broken' FROM standings WHERE NOT quota AND docs > 1
) TO '{out}/findings.csv' (HEADER false)
"""
COUNTS = "COPY (SELECT unit, state, count(*) FROM standings GROUP BY ALL) TO '{out}/counts.csv' (HEADER false)"


def main(ask: Asked) -> None:
    names = {"tables": ask.tables, "actuals": ask.actuals, "out": ask.out, "as_of": AS_OF}
    source = f"read_parquet('{ask.actuals}')" if ask.parquet else CSV.format(**names)
    base = duckdb.connect()
    for statement in (OBLIGATIONS, RECORDS, STANDINGS, FINDINGS, COUNTS):
        base.execute(statement.format(source=source, **names))
    states = base.execute("SELECT state, count(*) FROM standings GROUP BY ALL").fetchall()
    strays = base.execute("SELECT count(*) FROM found ANTI JOIN owed USING (task, unit, key)").fetchone()
    answer(dict(states), strays[0])


if __name__ == "__main__":
    main(asked())
