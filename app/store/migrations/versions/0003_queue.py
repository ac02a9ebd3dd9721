"""The queue of Procrastinate, on PostgreSQL only; its own words, so that an upgrade of it is a migration of ours."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execution_options(no_parameters=True).exec_driver_sql(SchemaManager.get_schema())


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for table in ("periodic_defers", "events", "jobs", "workers"):
            connection.execute(sa.text(f"DROP TABLE procrastinate_{table} CASCADE"))
