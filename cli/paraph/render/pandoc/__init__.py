"""ODT, EPUB and Markdown, by pandoc."""
