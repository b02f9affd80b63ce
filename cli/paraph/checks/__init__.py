"""What a reviser does by eye: terms, concordance between languages, drafting, typography, plain language.

`table.findings` runs every check on a library; each check is a function of a `scan.Scan`, and a row of the table. Texts
are taken apart once (`texts`), terms are looked for once (`scan`). Checks report, they never change: what is purely
typographic is mended by `paraph check --fix`, in drafts that nobody has approved.
"""
