"""Proof that a file is what was released: what it says, read with care, and what differs from what was released.

Whoever sends a file may have made it to deceive or to break its reader. It is read in another process, with limits of
time and memory, and nothing that it names is fetched.
"""
