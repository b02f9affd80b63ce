"""Places that a site is sent to over a network: each a module, imported when it is asked for."""
