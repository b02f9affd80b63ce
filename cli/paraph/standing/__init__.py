"""What the record means, computed anew each time: positions, tallies, rules (docs/approvals.md)."""
