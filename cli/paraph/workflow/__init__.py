"""The use cases: the only floor with a clock and with file writes. One module a use case."""
