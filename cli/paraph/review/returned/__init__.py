"""A packet as it came back: what its marks, words and changes come to, as a proposal. docs/packets.md."""
