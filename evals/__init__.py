"""Evals: what the system is worth, in figures. So far its own cost; nothing else imports this package."""
