"""A document as PDF/UA-1 and PDF/A-3a at once, set by typst wholly in memory.

The form's page.typ sets the tree of `tree` with the help of common.typ. The fonts are those of the fontpkg packages
and nothing else, and a character that none of them has stops the rendering: a page must not show an empty box where a
word was agreed. The same edition and kit give the same bytes: the file is dated by its document, never by a clock.
"""

from __future__ import annotations

import codecs
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from paraph.errors import GlyphError, PanelError, RenderError
from paraph.model.document import Edition, printed
from paraph.model.workspace import Brand
from paraph.render.kit import Kit
from paraph.render.pdf.glyphs import code_points, missing, refused, typst_fonts
from paraph.render.pdf.tree import edition_tree

if TYPE_CHECKING:
    import typst

STANDARDS: Final = ("ua-1", "a-3a")
_TEXT = (".typ", ".svg")
_BINARY = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_UNDATED = dt.date(2000, 1, 1)


def render(edition: Edition, kit: Kit) -> bytes:
    """The PDF of an edition. RenderError: a character that no font has, a font that is missing, a template fault."""
    press, tree = Press.of(edition, kit), json.dumps(edition_tree(edition, kit), ensure_ascii=False)
    try:
        data = press.set(tree)
    except GlyphError as error:
        raise _refused(error.texts, edition) from error
    if kit.sheet is not None and (found := press.overflow(tree)):
        lacking = ", ".join(f"{name} by {over:.0f} mm" for name, over, _ in found)
        raise PanelError(f"{edition.name} does not fit on its panels: {lacking}", "Shorten what stands there.", found)
    return data


@dataclass(frozen=True, slots=True)
class Press:
    """Sets trees of one form and date: the files of its template, and a compiler that keeps what it has read."""

    name: str
    files: Any
    date: dt.datetime
    compiler: typst.Compiler

    @classmethod
    def of(cls, edition: Edition, kit: Kit) -> Press:
        """What sets `edition`, and any other of its form and date."""
        import typst

        files: Any = {name: data for name, data in kit.files.items() if name.endswith(_TEXT)}
        files |= {"main.typ": kit.files["page.typ"], **_materials(kit)}
        date = edition.documents[0].date or _UNDATED
        when = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        return cls(edition.name, files, when, typst.Compiler(font_paths=typst_fonts()))

    def set(self, tree: str) -> bytes:
        """The PDF of a tree in JSON. It is given at each call: one left out would be that of the call before."""
        return self._set(input=self.files, sys_inputs={"data": tree})

    def at(self, folder: Path, tree: str) -> Press:
        """A press for one tree, whose files are put into `folder`: what has not changed there is not read anew."""
        import typst

        for name, data in self.files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        inputs = {"data": tree}
        compiler = typst.Compiler(folder / "main.typ", folder, font_paths=typst_fonts(), sys_inputs=inputs)
        return replace(self, compiler=compiler)

    def again(self) -> bytes:
        """The PDF of what stands now in the folder of `at`."""
        return self._set()

    def _set(self, **given: Any) -> bytes:
        import typst

        try:
            data, warnings = self.compiler.compile_with_warnings(
                format="pdf", pdf_standards=[*STANDARDS], timestamp=self.date, **given
            )
        except typst.TypstError as error:
            if lacking := refused(error.diagnostic):
                raise _refused(lacking) from error
            raise RenderError(f"typst could not set {self.name}: {error.message}", error.diagnostic.strip()) from error
        except RuntimeError as error:
            raise RenderError(
                f"typst could not read the template files: {error}", "Save .typ and .svg as UTF-8."
            ) from error
        except BaseException as error:  # a panic of typst comes as pyo3's PanicException, which is no Exception
            if type(error).__name__ != "PanicException":
                raise
            raise RenderError(f"typst crashed on {self.name}: {error}", "Report it to typst with this text.") from error
        for warning in warnings:
            if "unknown font family" in warning.message:
                raise RenderError(
                    f"the font of paraph.yml is not there: {warning.message.partition(': ')[2]}",
                    f"Install its fontpkg package, or name one of: {', '.join(sorted(typst_fonts().families()))}.",
                )
        assert isinstance(data, bytes)
        return data

    def overflow(self, tree: str) -> tuple[tuple[str, float, str], ...]:
        """The panels that overflow, with the mm that are lacking, being “short” or “narrow”: the template says it in
        metadata, on no page."""
        import typst

        inputs = {"data": tree, "tight": "yes"}  # only the smallest type matters, and takes half the time
        found = typst.query(self.files, "<overflow>", field="value", font_paths=typst_fonts(), sys_inputs=inputs)
        forget()  # a poster leaves 300 MB, of which the next one, in other words, uses next to nothing
        return tuple((str(one["panel"]), float(one["over"]), str(one.get("way", "short"))) for one in json.loads(found))


def letterhead_end(edition: Edition, kit: Kit) -> float:
    """How far the letterhead of a letter reaches down, in mm from the upper edge; 0 where its template does not say."""
    import typst

    press, tree = Press.of(edition, kit), json.dumps(edition_tree(edition, kit), ensure_ascii=False)
    inputs = {"data": tree, "asked": "letterhead"}
    found = typst.query(press.files, "<letterhead>", field="value", font_paths=typst_fonts(), sys_inputs=inputs)
    forget(1)
    return max(map(float, json.loads(found)), default=0)


def overflow(edition: Edition, kit: Kit) -> tuple[tuple[str, float, str], ...]:
    """The panels of a folded sheet that are too short or too narrow, with the mm that are lacking."""
    if kit.sheet is None:
        return ()
    return Press.of(edition, kit).overflow(json.dumps(edition_tree(edition, kit), ensure_ascii=False))


def render_large(edition: Edition, kit: Kit) -> bytes:
    """The same words for readers with low vision: page by page on A4, text of 18 points. RenderError as in `render`."""
    return render(edition, replace(kit, sheet=None, paper="a4", large=True))


def forget(most: int = 11) -> None:
    """Let typst forget what it has not used for a while: it keeps what it made until it has set ten pages more, and a
    question alone makes it forget nothing, at 40 MB each. What is forgotten has to be made anew."""
    import typst

    page: Any = {"main.typ": b""}
    compiler = typst.Compiler(font_paths=typst_fonts())
    for _ in range(most):
        compiler.compile(input=page, format="pdf")


def prepare() -> None:
    """Load typst and the fonts, which are otherwise loaded by the first document: with a page of one character."""
    missing("é", Brand(name={}))


def _materials(kit: Kit) -> dict[str, bytes]:
    """Attachments and pictures: text as files of their own, the rest in binary.json as numbers.

    Files in memory may only be text (typst 0.15 says "not valid UTF-8"), and numbers take it long to read.
    """
    attached = {f"attachment/{position}": data for position, (_, _, data) in enumerate(kit.attachments)}
    texts = {name: data for name, data in attached.items() if _is_text(data)}
    binary = {name: data for name, data in kit.files.items() if name.endswith(_BINARY)}
    binary |= {name: data for name, data in attached.items() if name not in texts}
    if kit.logo is not None:
        binary["logo"] = kit.logo
    return texts | {"binary.json": json.dumps({name: list(data) for name, data in binary.items()}).encode()}


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return not data.startswith(codecs.BOM_UTF8)  # typst would take it away


def _refused(missing: Sequence[str], edition: Edition | None = None) -> GlyphError:
    where = [_where(text, edition) if edition else "" for text in missing]
    named = "; ".join(f"{text} ({code_points(text)}){place}" for text, place in zip(missing, where, strict=True))
    return GlyphError(
        f"no font has a glyph for {named}",
        "Write it in other characters, or name a font in paraph.yml (brand) that has it.",
        tuple(missing),
    )


def _where(text: str, edition: Edition) -> str:
    for document in edition.documents:
        for paragraph in printed(document):
            if text in paragraph.text:
                start = max(0, paragraph.text.index(text) - 30)
                return f" in “…{paragraph.text[start : start + 60]}…”"
    return ""
