"""Paraph as ratios against named alternatives in the same run: `python -m bench --help`, bench/README.md."""
