"""Review packets: written for each member, and read when they come back. docs/packets.md."""
