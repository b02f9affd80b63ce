"""One file for each revision; none is changed once it was published."""
