"""Where entries are kept: SQLite and memory, the key that signs them, and the check of a chain. Imports nothing by itself."""
