"""`python -m bench`: run the comparisons and print a table of them."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from bench import checks, letters, report, shipped, terms
from bench.measure import load
from bench.measures import ROOT, Row, build, library, start
from bench.packets import packets
from bench.register import register
from bench.website import website

PARTS = ("start", "shipped", "build", "library", "terms", "checks", "packets", "register", "letters", "site")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--rounds", type=int, default=0, help="runs of each (default 40, 9, 5 and 3)")
    parser.add_argument("--clauses", type=int, default=10_000, help="of the generated library")
    parser.add_argument("--manifests", type=int, default=200, help="of the generated library")
    parser.add_argument("--terms", type=int, default=100_000, help="of the generated termbase")
    parser.add_argument("--text", type=int, default=10_000_000, help="bytes of text in which they are looked for")
    parser.add_argument("--members", type=int, default=200, help="that packets are written for")
    parser.add_argument("--put", type=int, default=60, help="clauses that are put to them")
    parser.add_argument("--releases", type=int, default=2_000, help="of which a website is made, in four languages")
    parser.add_argument("--work", type=Path, help="a folder to work in, which is kept with the register made in it")
    parser.add_argument("--record", action="store_true", help="write the figures into bench/README.md")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - {*PARTS}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    parts = asked.parts or PARTS
    work = (asked.work or Path(tempfile.mkdtemp(prefix="paraph-bench-"))).resolve()
    os.environ["PARAPH_CACHE"] = str(work / "cache")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, not at every start
    rows: list[Row] = []
    texts: dict[str, str] = {}
    where = f"{report.machine()} Load before the run: {load():.1f}."
    try:
        if "start" in parts:
            rows += start(asked.rounds or 40)
        if "shipped" in parts:
            texts["shipped"] = f"{shipped.table(work, asked.rounds or 9)}\n\n{where}"
        if "build" in parts:
            rows += build(work, asked.rounds or 9)
        if "library" in parts:
            rows += library(work, asked.clauses, asked.manifests, asked.rounds or 5)
        kept = list(register(ROOT, work, 200, 1_000, asked.rounds or 3)) if "register" in parts else []
        sent = list(packets(ROOT, work, asked.members, asked.put)) if "packets" in parts else []
        made = list(website(ROOT, work, asked.releases)) if "site" in parts else []
    finally:
        if asked.work is None:
            shutil.rmtree(work)
    for name, measured in (("figures", rows), ("packets", sent), ("site", made)):
        if measured:
            texts[name] = f"{report.table(measured)}\n\n{where}"
    if kept:
        texts["register"] = f"{report.table(kept)}\n\n{where}"
    if "terms" in parts:
        texts["terms"] = f"{terms.table(asked.terms, asked.text, asked.rounds or 3)}\n\n{where}"
    if "checks" in parts:
        texts["checks"] = checks.table()
    if "letters" in parts:
        texts["letters"] = f"{letters.table(asked.rounds or 3)}\n\n{where}"
    print("\n\n".join(texts.values()))
    for name, text in texts.items() if asked.record else ():
        report.record(text, name)


main()
