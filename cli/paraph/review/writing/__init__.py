"""A packet as it is sent: the Word file and the e-mail that carries it. docs/packets.md."""
