"""How admitted moves reach those who listen: the log is the bus."""
