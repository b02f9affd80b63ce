"""WordprocessingML, declared: the pieces that python-docx lacks, as small builders over lxml.

`names` (elements in the order that the schema wants), `package` (the ZIP, read with care and written alike each time),
`text` (runs and paragraphs), `numbering`, `footnotes`, `tables`, `styles`, `theme`; `reading` is the way back, from a
Word file to what Word shows. Lengths are twips (1/1440 inch), as in the files. Checked against ECMA-376 by the Open XML
SDK's validator; what Word and LibreOffice make of it is said where it matters.
"""
