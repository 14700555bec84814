"""How good is the suspicion monitor, and what does it let through? Training, calibration, figures and an adaptive attacker."""
