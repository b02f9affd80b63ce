"""The record: versions, the log, and the keeping of the register."""
