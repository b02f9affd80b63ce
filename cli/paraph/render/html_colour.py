"""The accent colour on paper and on a dark screen, with the contrast that WCAG 2.2 asks of text (1.4.3: 4.5 to 1)."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""What WCAG asks of text at level AA."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(background: str, colour: str, least: float = LEAST_CONTRAST) -> str:
    """`colour`, lightened in steps of a twentieth until text in it has the `least` contrast on a dark `background`."""
    for step in range(21):
        mixed = _mixed(colour, "#ffffff", step / 20)
        if contrast(mixed, background) >= least:
            return mixed
    return "#ffffff"


def _mixed(colour: str, other: str, share: float) -> str:
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in channels)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
