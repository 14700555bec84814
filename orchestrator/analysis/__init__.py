"""What is a negotiation worth, and can it end in an agreement at all? Pure reckoning over outcomes, rules and utilities."""
