"""Decisions and what they come to: put, taken, withdrawn, counted; amendments. docs/approvals.md."""
