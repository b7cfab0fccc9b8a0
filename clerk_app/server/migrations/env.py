"""Alembic's way in: the caller hands over an open connection, so that a migration is one transaction with ours."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
