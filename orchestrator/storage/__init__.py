"""Where entries are kept: SQLite and memory, the key that signs them, and the check of a chain. Imports nothing by itself.

Beside the chains of sessions a journal holds chains that are none, under ids that begin with `~`, which no session can have:
`~approvals` is the chain of leaves (`messages/leave.py`). They are appended, digested, chained, signed and fenced by their
place as all entries are, so every store keeps them without knowing what they are; only lists of sessions leave them out.
"""
