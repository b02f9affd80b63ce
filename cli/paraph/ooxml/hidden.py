"""Whether Word shows a run: `w:vanish`, in the run or in the styles behind it (ECMA-376 Part 1, 17.3.2.41, 17.7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paraph.ooxml.names import Element, attribute, name

_OFF = ("0", "false", "off")
_FAINT = ("FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC")
_TINY = 4
"""Half points: what is smaller is a speck."""


def switched(properties: Element | None, tag: str) -> bool | None:
    """A switch of `properties`: on, off, or not said."""
    found = properties.find(name(tag)) if properties is not None else None
    return None if found is None else attribute(found, "w:val") not in _OFF


@dataclass(slots=True)
class Visibility:
    """The styles of a file: what each is based on, and whether it says that its text is hidden."""

    based: Mapping[str, str]
    says: Mapping[str, bool]
    everywhere: bool = False
    default: str = ""
    _known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, styles: Element | None) -> Visibility:
        """From the root of styles.xml; without one nothing is hidden by a style."""
        if styles is None:
            return cls({}, {})
        based, says, default = {}, {}, ""
        for style in styles.iter(name("w:style")):
            id_ = attribute(style, "w:styleId")
            based[id_] = attribute(style.find(name("w:basedOn")), "w:val")
            hidden = switched(style.find(name("w:rPr")), "w:vanish")
            if hidden is not None:
                says[id_] = hidden
            if attribute(style, "w:type") == "paragraph" and attribute(style, "w:default") in ("1", "true", "on"):
                default = id_
        defaults = styles.find(f"{name('w:docDefaults')}/{name('w:rPrDefault')}/{name('w:rPr')}")
        return cls(based, says, bool(switched(defaults, "w:vanish")), default)

    def _style(self, id_: str) -> bool:
        if id_ not in self._known:
            at, seen = id_, set[str]()
            while at and at not in self.says and at not in seen:
                seen.add(at)
                at = self.based.get(at, "")
            self._known[id_] = self.says.get(at, False)
        return self._known[id_]

    def hides(self, run: Element | None, paragraph_style: str) -> bool:
        """Whether text with the properties `run` in a paragraph of that style is hidden.

        What the run says itself holds; otherwise a switch in both styles cancels itself out.
        """
        own = switched(run, "w:vanish")
        if own is not None:
            return own
        style = attribute(run.find(name("w:rStyle")), "w:val") if run is not None else ""
        return self.everywhere or (self._style(paragraph_style or self.default) != (bool(style) and self._style(style)))


_SETS_APART = ("strike", "dstrike", "b", "caps")
_SETS_APART_BY = ("highlight", "u", "bdr")


def look_of(run: Element | None) -> str:
    """How the properties of a run set it apart: "strike u:single", or ""."""
    if run is None:
        return ""
    found = [tag for tag in _SETS_APART if switched(run, f"w:{tag}")]
    for tag in _SETS_APART_BY:
        value = attribute(run.find(name(f"w:{tag}")), "w:val")
        if value and value != "none":
            found.append(f"{tag}:{value}")
    shade = shade_of(run)
    return " ".join((*found, *([f"shade:{shade}"] if shade else [])))


def shade_of(properties: Element | None) -> str:
    """The colour behind a run or a cell, as six digits, or ""."""
    fill = attribute(properties.find(name("w:shd")), "w:fill").upper() if properties is not None else ""
    return "" if fill in ("AUTO", "FFFFFF") else fill


def is_faint(run: Element | None) -> bool:
    """Whether the properties of a run make its text next to invisible on paper."""
    if run is None:
        return False
    size = attribute(run.find(name("w:sz")), "w:val")
    colour = attribute(run.find(name("w:color")), "w:val").upper()
    return colour in _FAINT or (size.isdecimal() and int(size) <= _TINY)
