"""What stands in a file: YAML and tables read with file, line and column, and YAML changed in one place."""
