"""A large workspace, the same for the same seed: the shipped one, with its clauses and manifests replaced.

Each manifest has a section of recitals, one of recalls, one of commitments and one of calls, 20 clauses in all, drawn
at random from the whole library: with 200 manifests over 10,000 clauses most clauses are used once or never, some two
to four times.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench import words

THEMES = ("foundations", "protection", "children", "visits", "dialogue", "capacity", "authorities", "justice")
SHARES = {"recital": 20, "recall": 20, "commitment": 25, "call": 35}
"""Of 100 clauses."""
USED = {"recital": 4, "recall": 4, "commitment": 5, "call": 7}
"""Clauses of each kind in a manifest."""
CHAPEAUX = {
    "recital": {},
    "recall": {
        "en": "We, the members of {{ networks.the }}, recall",
        "fr": "Nous, membres {{ networks.of }}, rappelons",
    },
    "commitment": {"en": "We commit ourselves", "fr": "Nous nous engageons"},
    "call": {"en": "We request States", "fr": "Nous demandons aux États"},
}
STYLES = {"recital": "recitals", "recall": "through", "commitment": "through", "call": "through"}


@dataclass(frozen=True, slots=True)
class Generated:
    """Where the workspace is, and its clauses by the number of manifests that use them."""

    root: Path
    paths: dict[str, Path]
    uses: Counter[str]


def generate(source: Path, root: Path, clauses: int, manifests: int, seed: int = 37) -> Generated:
    """Write the workspace into `root`, which must not exist, on the model of the one at `source`."""
    chance = random.Random(seed)
    root.mkdir(parents=True)
    for name in ("paraph.yml", "templates", "glossary"):
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        copy(source / name, root / name)
    (root / "statements").mkdir()
    for name in ("institutions.yml", "countries.yml"):
        shutil.copy(source / "statements" / name, root / "statements" / name)
    pool: dict[str, list[tuple[str, dict[str, object]]]] = {kind: [] for kind in SHARES}
    paths: dict[str, Path] = {}
    for number in range(clauses):
        kind = chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        clause, values = _clause(chance, kind, number)
        path = root / "statements" / "clauses" / chance.choice(THEMES) / f"{clause['id']}.yml"
        _write(path, clause)
        paths[path.stem] = path
        pool[kind].append((path.stem, values))
    uses: Counter[str] = Counter()
    for number in range(manifests):
        manifest = _manifest(chance, pool, number)
        uses.update(_ids(manifest))
        _write(root / "statements" / "declarations" / f"{manifest['id']}.yml", manifest)
    return Generated(root, paths, uses)


def _clause(chance: random.Random, kind: str, number: int) -> tuple[dict[str, object], dict[str, object]]:
    """A clause, and the values that a manifest must give it."""
    english, french, preposition = chance.choice(words.LEADS[kind])
    action, object_ = chance.choice(words.ACTIONS), chance.choice(words.OBJECTS)
    parts = (chance.choice(words.FOR), chance.choice(words.PLACES), chance.choice(words.MANNERS))
    reason = chance.choice(words.REASONS)
    texts = {
        "en": f"{english}{action[0]} {object_[0]} for {parts[0][0]}, {parts[1][0]}, {parts[2][0]}, {reason[0]}",
        "fr": f"{french}{_before(preposition, action[1])} {object_[1]} pour {parts[0][1]}, {parts[1][1]}, "
        f"{parts[2][1]}, {reason[1]}",
    }
    declared: dict[str, str] = {}
    values: dict[str, object] = {}
    extra = chance.random()
    if kind == "call" and extra < 0.15:
        declared, values = {"days": "number"}, {"days": chance.randrange(2, 120)}
        texts["en"] += ", within {{ days }} days"
        texts["fr"] += ", dans un délai de {{ days }} jours"
    elif kind == "call" and extra < 0.25:
        declared, values = (
            {"deadline": "date"},
            {"deadline": f"20{chance.randrange(27, 35)}-{chance.randrange(1, 13):02}-01"},
        )
        texts["en"] += ", by {{ deadline }} at the latest"
        texts["fr"] += ", au plus tard le {{ deadline }}"
    elif extra < 0.35:
        note = chance.choice(words.NOTES)
        texts = {code: f"{text}[^1]\n\n[^1]: {said}" for (code, text), said in zip(texts.items(), note, strict=True)}
    elif kind != "recital" and extra < 0.45:
        items = chance.sample(words.OBJECTS, 3)
        texts["en"] += ", and in particular\n\n" + "\n".join(f"- {item[0]}" for item in items)
        texts["fr"] += ", et en particulier\n\n" + "\n".join(f"- {item[1]}" for item in items)
    clause: dict[str, object] = {
        "id": f"{kind}-{object_[2]}-{number + 1:05}",
        "kind": kind,
        "title": {"en": _title(action[0], object_[0]), "fr": _title(action[1], object_[1])},
        "legal_basis": chance.sample(words.BASES, chance.randrange(1, 4)),
    }
    if declared:
        clause["values"] = declared
    clause["text"] = {code: _Literal(text) for code, text in texts.items()}
    return clause, values


def _before(preposition: str, infinitive: str) -> str:
    """“de” or “à” with the infinitive: d’assurer, à assurer."""
    return f"d’{infinitive}" if preposition == "de" and infinitive[0] in "aeéio" else f"{preposition} {infinitive}"


def _title(action: str, object_: str) -> str:
    words_ = f"{action} {object_}".replace("[", "").split("](")
    plain = words_[0] + "".join(rest.partition(")")[2] for rest in words_[1:])
    return plain[0].upper() + plain[1:]


def _manifest(
    chance: random.Random, pool: dict[str, list[tuple[str, dict[str, object]]]], number: int
) -> dict[str, object]:
    sections = []
    for kind, count in USED.items():
        chosen = chance.sample(pool[kind], min(count, len(pool[kind])))
        section: dict[str, object] = {"id": f"{kind}s", "style": STYLES[kind]}
        if CHAPEAUX[kind]:
            section["chapeau"] = CHAPEAUX[kind]
        section["clauses"] = [{"clause": name, "values": values} if values else name for name, values in chosen]
        sections.append(section)
    subject = chance.choice(words.OBJECTS)
    return {
        "id": f"declaration-{number + 1:03}",
        "form": "declaration",
        "title": {
            "en": f"Declaration {number + 1} on {_title('', subject[0]).strip()}",
            "fr": f"Déclaration {number + 1}\u00a0: {_title('', subject[1]).strip()}",
        },
        "networks": ["aom", "aomf"],
        "adoption": {"mode": chance.choice(("body", "each")), "rule": "consensus"},
        "languages": ["en", "fr"],
        "sections": sections,
    }


def _ids(manifest: dict[str, object]) -> list[str]:
    uses = [use for section in manifest["sections"] for use in section["clauses"]]  # type: ignore[attr-defined]
    return [use if isinstance(use, str) else use["clause"] for use in uses]


class _Literal(str):
    """A text that is written below its key, after |-."""

    __slots__ = ()


class _Dumper(yaml.CSafeDumper):
    """Writes clauses as people write them."""


_Dumper.add_representer(
    _Literal, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def _write(path: Path, data: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")
