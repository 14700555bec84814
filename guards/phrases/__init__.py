"""Which phrases do the guards of words look for? Patterns by kind, over text in plain small letters."""
