"""Review in Word: packets that members receive by e-mail, answer in any word processor, and send back.

`identity` holds the names that a packet carries and its reader looks for, `texts` the words of a version as a packet
prints them; docs/packets.md is the contract between the two sides. What comes back is a proposal, never a decision.
"""
