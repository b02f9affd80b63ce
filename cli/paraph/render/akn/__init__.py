"""Akoma Ntoso 3.0."""
