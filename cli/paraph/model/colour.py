"""The contrast of colours, as WCAG 2.2 measures it, and what it asks of text (1.4.3: 4.5 to 1)."""

from __future__ import annotations

import colorsys

LEAST_CONTRAST = 4.5
"""What WCAG asks of text at level AA."""
PAPER = "#ffffff"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tint(colour: str) -> str:
    """The light neighbour of a dark colour, for grounds that text stands on."""
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    red, green, blue = colorsys.hls_to_rgb(hue, 0.95, min(saturation, 0.6))
    return f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
