"""Whole processes, timed from outside, in turns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
LAUNCH = Path(__file__).with_name("launch.py")
PARAPH = str(Path(sys.executable).with_name("paraph"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and processor seconds, peak memory in MB (of the largest process), and from how many runs (medians)."""

    wall: float
    cpu: float
    peak: float
    runs: int = 1


def run(command: Sequence[str], folder: Path) -> Cost:
    """What `command` costs in `folder`. Raises RuntimeError, with what it said, where it fails."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(LAUNCH), result.name, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed ({done.returncode}):\n{done.stdout}{done.stderr}")
        found = json.loads(Path(result.name).read_bytes())
    return Cost(found["wall"], found["cpu"], found["peak"] / 1024)


def in_turns(
    commands: Mapping[_K, Sequence[str]], folder: Path, rounds: int, before: Callable[[], None] = lambda: None
) -> dict[_K, Cost]:
    """Each command once to warm the disk's cache, then `rounds` times in turns, `before` ahead of each; medians."""
    costs: dict[_K, list[Cost]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            before()
            cost = run(command, folder)
            if turn:
                costs[name].append(cost)
    return {name: middle(found) for name, found in costs.items()}


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of several runs; of their peaks, the highest."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        max(cost.peak for cost in costs),
        len(costs),
    )


def load() -> float:
    """Processes that wanted a core in the last minute, before which a measurement says little."""
    return os.getloadavg()[0]
