"""The database: the PostgreSQL we carry, the address of any other, and the two roles."""
