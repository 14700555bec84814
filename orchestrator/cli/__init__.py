"""The command line: one door to sessions. It asks assembly for what it needs and says what came of it."""
