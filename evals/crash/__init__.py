"""What does a crash cost? Workers are killed at random instants while sessions run; then everything is counted."""
