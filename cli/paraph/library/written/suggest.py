"""“Did you mean …?”"""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Which of `options` was meant by `word`; where none is near, what there is to choose from, if it is little."""
    options = sorted(options)
    if found := nearest(word, options):
        return f"Did you mean “{found}”?"
    if not options or len(options) > 12:
        return ""
    return f"There {'is' if len(options) == 1 else 'are'}: {', '.join(options)}."


def nearest(word: str, options: Iterable[str]) -> str:
    """The one of `options` that `word` is most likely a slip for, or ""."""
    import difflib

    options = tuple(options)
    lower = {option.lower(): option for option in reversed(options)}
    found = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6)
    return lower[found[0]] if found else ""
