"""Releases: made, corrected, made again, signed, and told from anything else. docs/release.md."""
