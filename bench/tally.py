"""The yardstick of the register: the same decisions, tallied by SQL from one plain table; nothing is proved.

`tally.py PLAIN.DB` tallies every subject, `tally.py PLAIN.DB DOCUMENT CLAUSE…` those of one document.
"""

import sqlite3
import sys

TALLY = """
SELECT subject, version, choice, count(*) FROM (
  SELECT subject, version, choice, row_number() OVER (
    PARTITION BY subject, version, member ORDER BY received DESC, number DESC
  ) AS turn
  FROM decided WHERE received <= deadline {where}
) WHERE turn = 1 GROUP BY subject, version, choice
"""
database, *subjects = sys.argv[1:]
where = f"AND subject IN ({', '.join('?' * len(subjects))})" if subjects else ""
rows = sqlite3.connect(database).execute(TALLY.format(where=where), subjects).fetchall()
assert rows
