"""Each kind of fact that the register holds, by subject. Import them from `paraph.model.event`."""
