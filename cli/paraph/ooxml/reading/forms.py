"""What content controls and old form fields say of themselves: tick boxes, lists, prompts."""

from __future__ import annotations

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import count
from paraph.ooxml.reading.formatting import switched
from paraph.ooxml.reading.shown import Control

_TICK, _NO_TICK = "☒", "☐"
_OFF = ("0", "false", "off")


def control_of(number: int, properties: Element | None) -> Control:
    """The content control with these properties (`w:sdtPr`)."""
    if properties is None:
        return Control(number, "", "")
    box = properties.find(name("w14:checkbox"))
    checked = None
    if box is not None:
        state = box.find(name("w14:checked"))
        checked = state is not None and state.get(name("w14:val"), "1") not in _OFF
    listed = [one for kind in ("dropDownList", "comboBox") for one in properties.findall(name(f"w:{kind}"))]
    items = tuple(
        (attribute(item, "w:displayText") or attribute(item, "w:value"), attribute(item, "w:value"))
        for one in listed
        for item in one.findall(name("w:listItem"))
    )
    return Control(
        number=number,
        tag=attribute(properties.find(name("w:tag")), "w:val"),
        title=attribute(properties.find(name("w:alias")), "w:val"),
        checked=checked,
        placeholder=bool(switched(properties, "w:showingPlcHdr")),
        bound=any(str(one.tag).endswith("}dataBinding") for one in properties.iter()),
        items=items,
    )


def form_field(form: Element) -> str:
    """What an old form field shows: a box with its tick, or the entry chosen of a list; text stands in its result."""
    box = form.find(name("w:checkBox"))
    if box is not None:
        checked, default = switched(box, "w:checked"), switched(box, "w:default")
        return _TICK if (checked if checked is not None else default) else _NO_TICK
    choices = form.find(name("w:ddList"))
    if choices is not None:
        entries = [attribute(one, "w:val") for one in choices.findall(name("w:listEntry"))]
        chosen = count(choices, "result", count(choices, "default", 0))
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def is_speck(form: Element) -> bool:
    """Whether the box of an old form field has a size of its own (half points) at which nobody sees what is in it."""
    size = form.find(f"{name('w:checkBox')}/{name('w:size')}")
    return size is not None and not 10 <= count(form.find(name("w:checkBox")), "size", 0) <= 200


def is_counted(form: Element) -> bool:
    """Whether Word fills in an old form field by itself: with the day, the hour, or what a formula comes to."""
    kind = form.find(f"{name('w:textInput')}/{name('w:type')}")
    return attribute(kind, "w:val") in ("calculated", "currentDate", "currentTime")
