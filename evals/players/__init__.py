"""Mock negotiators for short talks: what they may sign, how they bargain, and how they speak."""
