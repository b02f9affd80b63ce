"""The words of the design as frozen dataclasses; nothing here reads, writes or computes more than a look-up.

Import from the module that holds a name. What people write: `workspace`, `member` (states too), `clause`, `form`,
`writing` (how a language writes), `manifest`, `concept`, and `library`, which holds them all. What is made of it:
`text` (inlines and blocks), `document` (Document, Edition). In both: `value`, `colour`, `finding` (Finding, Source).
"""
