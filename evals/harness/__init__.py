"""What runs a suite: cases, epochs, scorers, a log that survives, and figures with intervals."""
