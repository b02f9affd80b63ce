"""What Alembic runs: the migrations, within the transaction that the caller has begun and holds the lock in."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
