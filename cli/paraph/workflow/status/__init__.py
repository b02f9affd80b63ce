"""Who stands where, in the terminal and as files."""
