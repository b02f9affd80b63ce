"""Each kind of file made into what the model has of it."""
