"""Runs one command and writes its cost as JSON: `python -I -S launch.py RESULT COMMAND…`; exits as the command did.

A process of its own, because Linux counts the memory of whoever started a process towards that process’s peak: this
one stays below 10 MB. Wall seconds; processor seconds (user + system) and the peak (kB) include the command’s own
children; the peak is that of the largest single process, not a sum.
"""

import os
import sys
from time import perf_counter

result, *command = sys.argv[1:]
start = perf_counter()
pid = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(pid, 0)
wall = perf_counter() - start
with open(result, "w", encoding="utf-8") as out:  # noqa: PTH123  # pathlib would add to the memory
    out.write(f'{{"wall": {wall}, "cpu": {usage.ru_utime + usage.ru_stime}, "peak": {usage.ru_maxrss}}}')
sys.exit(os.waitstatus_to_exitcode(status))
