"""Sessions on many machines: bursts of work that an existing engine hands out, over one journal on Postgres."""
