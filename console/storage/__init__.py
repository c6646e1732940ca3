"""The journal, its projections and the registers in a SQL database."""
