"""Files of a negotiation: finding, reading and checking them, and making prompts of them under a budget."""
