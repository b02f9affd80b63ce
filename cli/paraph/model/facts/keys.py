"""The keys by which facts are found again: a fact is `about()` each of them."""

from __future__ import annotations

MEMBERS = "members"
"""The key of all facts about membership."""

VERSIONS = "versions"
"""The key of every version of a clause or document."""

CIRCULATIONS = "circulations"
"""The key of the opening and the close of every circulation."""

RELEASES = "releases"
"""The key of every release."""


def circulation_key(circulation: str) -> str:
    """The key of facts about a circulation."""
    return f"circulation/{circulation}"


def packet_key(token: str) -> str:
    """The key of facts about a packet, by the digest of its token."""
    return f"packet/{token}"


def release_key(reference: str) -> str:
    """The key of facts about a release."""
    return f"release/{reference}"
