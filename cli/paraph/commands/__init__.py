"""The Click layer: parse, one workflow call, print, exit code. One module a command, listed in paraph.__main__."""
