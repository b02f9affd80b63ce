"""The website made of the releases, and where it goes."""
