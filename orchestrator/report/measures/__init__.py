"""What a pattern is judged by, one module a pattern, from the record of a session alone."""
