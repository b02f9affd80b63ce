"""Courtesy translations out to translators and in again."""
