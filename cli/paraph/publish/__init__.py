"""Publishing: a static site made from releases, and its delivery to a folder, a server or WordPress."""
