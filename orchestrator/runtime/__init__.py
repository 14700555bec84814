"""Drivers: they perform what a session waits for, append what came back, and read records again."""
