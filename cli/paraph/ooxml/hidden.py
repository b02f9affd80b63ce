"""Whether Word shows a run: `w:vanish`, in the run or in the styles behind it (ECMA-376 Part 1, 17.3.2.41, 17.7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.veil import Setting, of_paragraph, of_run

_OFF = ("0", "false", "off")


def switched(properties: Element | None, tag: str) -> bool | None:
    """A switch of `properties`: on, off, or not said."""
    found = properties.find(name(tag)) if properties is not None else None
    return None if found is None else attribute(found, "w:val") not in _OFF


@dataclass(slots=True)
class Visibility:
    """The styles of a file: what each is based on, whether it says that its text is hidden, and how text is set."""

    based: Mapping[str, str]
    says: Mapping[str, bool]
    everywhere: bool = False
    default: str = ""
    sets: Mapping[str, Setting] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _settings: dict[tuple[str, ...], Setting] = field(default_factory=dict)

    @classmethod
    def read(cls, styles: Element | None) -> Visibility:
        """From the root of styles.xml; without one nothing is hidden by a style."""
        if styles is None:
            return cls({}, {})
        based, says, sets, default = {}, {}, {}, ""
        for style in styles.iter(name("w:style")):
            id_ = attribute(style, "w:styleId")
            based[id_] = attribute(style.find(name("w:basedOn")), "w:val")
            sets[id_] = _set_by(style)
            hidden = switched(style.find(name("w:rPr")), "w:vanish")
            if hidden is not None:
                says[id_] = hidden
            if attribute(style, "w:type") == "paragraph" and attribute(style, "w:default") in ("1", "true", "on"):
                default = id_
        defaults = styles.find(f"{name('w:docDefaults')}/{name('w:rPrDefault')}/{name('w:rPr')}")
        return cls(based, says, bool(switched(defaults, "w:vanish")), default, sets)

    def _style(self, id_: str) -> bool:
        if id_ not in self._known:
            at, seen = id_, set[str]()
            while at and at not in self.says and at not in seen:
                seen.add(at)
                at = self.based.get(at, "")
            self._known[id_] = self.says.get(at, False)
        return self._known[id_]

    def setting(self, *styles: str) -> Setting:
        """How text is set by these styles and those that they are based on; what a later one says holds."""
        known = self._settings.get(styles)
        if known is None:
            found: dict[str, str] = {}
            for id_ in styles:
                chain: list[str] = []
                while id_ and id_ not in chain:
                    chain.append(id_)
                    id_ = self.based.get(id_, "")
                for one in reversed(chain):
                    found |= self.sets.get(one, {})
            known = self._settings[styles] = found
        return known

    def hides(self, run: Element | None, paragraph_style: str) -> bool:
        """Whether text with the properties `run` in a paragraph of that style is hidden.

        What the run says itself holds; otherwise a switch in both styles cancels itself out.
        """
        own = switched(run, "w:vanish")
        if own is not None:
            return own
        style = attribute(run.find(name("w:rStyle")), "w:val") if run is not None else ""
        return self.everywhere or (self._style(paragraph_style or self.default) != (bool(style) and self._style(style)))


def _set_by(style: Element) -> Setting:
    """What a style says; of a table's, what it says of all its cells."""
    whole = (one for one in style.findall(name("w:tblStylePr")) if attribute(one, "w:type") == "wholeTable")
    found: dict[str, str] = {}
    for one in (style, *whole):
        found |= {**of_paragraph(one.find(name("w:pPr"))), **of_run(one.find(name("w:rPr")))}
    return found


_SETS_APART = ("b", "caps")
_SETS_APART_BY = ("highlight", "u", "bdr")


def look_of(run: Element | None) -> str:
    """How the properties of a run set it apart: "b u:single", or ""."""
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
