"""The record: versions, the chronicle, and the keeping of the register."""
