"""The accent colour on a dark screen."""

from __future__ import annotations

from paraph.model.colour import LEAST_CONTRAST, channels, contrast


def readable_on(background: str, colour: str, least: float = LEAST_CONTRAST) -> str:
    """`colour`, lightened in steps of a twentieth until text in it has the `least` contrast on a dark `background`."""
    for step in range(21):
        mixed = _mixed(colour, "#ffffff", step / 20)
        if contrast(mixed, background) >= least:
            return mixed
    return "#ffffff"


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
