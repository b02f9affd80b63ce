"""The words of the design as frozen dataclasses; nothing here reads, writes or computes more than a look-up.

Import from the module that holds a name: `finding` (Finding, Source), `text` (inlines and blocks), `document`
(Document, Edition), `desk` (what people write).
"""
