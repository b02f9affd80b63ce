"""The record of who agreed to which words: a chain of events in a database. Rules: docs/approvals.md."""
