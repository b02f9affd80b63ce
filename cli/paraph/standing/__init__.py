"""What the record means, computed anew each time: positions, rules, the gate of a release. Rules: docs/approvals.md."""
