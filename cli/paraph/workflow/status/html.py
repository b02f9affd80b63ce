"""Who stands where as one HTML page: a table with its heads, legible without colour, on paper as on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from paraph.workflow.status.signs import AMENDS, UNCOUNTED
from paraph.workflow.status.table import Cell, Line, Table

_RTL = ("ar", "fa", "he", "ur")
_STYLE = """
:root { --ink: #1b1b1b; --quiet: #5a5a5a; --line: #c9c9c9; --accent: %ACCENT%; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: var(--ink); background: #fff;
  font: 1rem/1.45 "Noto Sans", system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; color: var(--accent); } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
p { margin: .2rem 0; } .quiet { color: var(--quiet); }
.wide { overflow-x: auto; position: relative; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 .6rem; }
caption { text-align: start; color: var(--quiet); padding-bottom: .3rem; }
th, td { border-block-end: 1px solid var(--line); padding: .35rem .5rem; text-align: start; vertical-align: top; }
thead th { border-block-end: 2px solid var(--accent); vertical-align: bottom; }
tbody th { font-weight: 600; } tbody th small { display: block; font-weight: 400; color: var(--quiet); }
.stand { text-align: center; white-space: nowrap; }
.approved { color: #1f6b32; } .objected { color: #a3151f; font-weight: 700; } .reserved, .abstained { color: #7a4b00; }
.lapsed { color: var(--quiet); font-weight: 400; }
.legend { list-style: none; padding: 0; margin: .2rem 0; display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; }
.agreed { font-weight: 600; } .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; } dd { margin: 0; }
@media (max-width: 40rem) { body { margin: 1rem auto; } dl { display: block; } dd { margin: 0 0 .5rem; } }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .5rem; overflow-wrap: anywhere; }
@page { size: A4 landscape; margin: 14mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 9pt; } .wide { overflow: visible; }
  tr, li { break-inside: avoid; } thead { display: table-header-group; } h2 { break-after: avoid; } }
"""


def page(table: Table, accent: str) -> str:
    """The page. `accent` is a CSS colour."""
    say = table.labels
    direction = "rtl" if table.language.partition("-")[0] in _RTL else "ltr"
    said = "".join(
        f"<tr><th scope=row>{_text(who)}</th><td>{_text(what)}</td><td><bdi>{_text(when)}</bdi></td>"
        f"<td{_lang(language)} dir=auto>{_text(words)}</td></tr>"
        for (who, what, when, words), language in table.said
    )
    heads = "".join(f"<th scope=col>{_text(say[key])}</th>" for key in ("member", "text", "received", "words"))
    return "".join(
        (
            f'<!doctype html>\n<html lang="{escape(table.language)}" dir="{direction}">\n<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(table.title)} – {_text(say['approvals'])}</title>",
            f"<style>{_STYLE.replace('%ACCENT%', accent)}</style></head>\n<body><main>\n",
            f"<h1>{_text(table.title)}</h1>\n",
            f"<p class=quiet>{' · '.join(f'<bdi>{_text(fact)}</bdi>' for fact in table.facts)}</p>\n",
            _matrix(table),
            _members(say["missing"], table.missing),
            _members(say["unrecorded"], table.unrecorded),
            _members(say["members"], table.members),
            f"<h2>{_text(say['said'])}</h2>\n<div class=wide tabindex=0><table><thead><tr>{heads}</tr></thead>"
            f"<tbody>{said}</tbody></table></div>\n"
            if said
            else "",
            f"</main>\n<footer class=quiet><bdi>{_text(table.head)}</bdi></footer></body></html>\n",
        )
    )


def _members(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    """Members with what there is to say of each."""
    listed = "".join(f"<dt>{_text(who)}</dt><dd>{_text(what)}</dd>" for who, what in rows)
    return f"<h2>{_text(heading)}</h2>\n<dl>{listed}</dl>\n" if listed else ""


def _why(say: Mapping[str, str], why: str) -> str:
    return f" <small class=quiet>({_text(say[why])})</small>" if why else ""


def _matrix(table: Table) -> str:
    say = table.labels
    members = "".join(
        f'<th scope=col class=stand><abbr title="{_text(name)}">{_text(code)}</abbr>{UNCOUNTED.get(why, "")}</th>'
        for code, name, why in table.heads
    )
    head = f"<th scope=col>{_text(say['text'])}</th>{members}<th scope=col>{_text(say['standing'])}</th>"
    rows = "\n".join(map(_row, table.lines))
    cells = {cell.sign: cell for line in table.lines for cell in line.cells}
    legend = "".join(f"<li><bdi>{_text(cell.sign)} {_text(cell.meaning)}</bdi></li>" for cell in _each_once(cells))
    who = "".join(
        f"<li><bdi>{_text(code)}{UNCOUNTED.get(why, '')} {_text(name)}{_why(say, why)}</bdi></li>"
        for code, name, why in table.heads
    )
    return (
        f"<div class=wide tabindex=0><table><caption>{_text(say['approvals'])}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table></div>\n"
        f'<ul class="quiet legend">{legend}</ul>\n<ul class="quiet legend">{who}</ul>\n'
    )


def _each_once(cells: Mapping[str, Cell]) -> Iterator[Cell]:
    """The cells that the legend explains: each current one; of lapsed ones, one with an amendment and one without."""
    yield from (cell for cell in cells.values() if cell.state != "lapsed")
    lapsed = [cell for cell in cells.values() if cell.state == "lapsed"]
    for amends in (False, True):
        yield from [cell for cell in lapsed if (AMENDS in cell.sign) is amends][:1]


def _row(line: Line) -> str:
    cells = "".join(map(_cell, line.cells))
    name = f"<bdi>{_text(line.name)}</bdi><small>{_text(line.title)}</small>"
    return f"<tr><th scope=row>{name}</th>{cells}<td class={line.word}>{_text(line.standing)}</td></tr>"


def _cell(cell: Cell) -> str:
    sign = f"<span aria-hidden=true>{_text(cell.sign)}</span><span class=hidden>{_text(cell.meaning)}</span>"
    return f'<td class="stand {cell.state}" title="{_text(cell.meaning)}">{sign}</td>'


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _text(text: str) -> str:
    return escape(text)
