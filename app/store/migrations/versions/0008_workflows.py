"""Jobs and deliveries are run by DBOS: no leases, no tables of Procrastinate; heartbeats of the executors."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DROP_PROCRASTINATE = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT format('DROP TABLE %s CASCADE', oid::regclass) AS command FROM pg_class
    WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' LOOP EXECUTE found.command; END LOOP;
  FOR found IN SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) AS command FROM pg_proc
    WHERE proname LIKE 'procrastinate\\_%' LOOP EXECUTE found.command; END LOOP;
  FOR found IN SELECT format('DROP TYPE %s CASCADE', oid::regtype) AS command FROM pg_type
    WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP EXECUTE found.command; END LOOP;
END $$
"""


def upgrade() -> None:
    with op.batch_alter_table("jobs") as table:
        table.drop_column("lease")
        table.drop_column("attempts")
    op.add_column("deliveries", sa.Column("queued", sa.BigInteger))
    op.create_table(
        "executors",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("beat", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_executors"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execution_options(no_parameters=True).exec_driver_sql(_DROP_PROCRASTINATE)


def downgrade() -> None:
    op.drop_table("executors")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("queued")
    with op.batch_alter_table("jobs") as table:
        table.add_column(sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("lease", sa.BigInteger, nullable=False, server_default="0"))
