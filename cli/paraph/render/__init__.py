"""Renderings of one tree: every format is a row of `paraph.render.formats.FORMATS`, a function of (Edition, Kit)."""
