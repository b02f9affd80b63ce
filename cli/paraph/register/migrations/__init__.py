"""The steps from one revision of the tables to the next, by Alembic."""
