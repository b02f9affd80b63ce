"""What was meant by a name that does not exist: “Did you mean …?”"""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Advice for a `word` that is none of `options`: the nearest; else all, where they are 12 at most; else ""."""
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
