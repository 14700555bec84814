"""How much abuse of auctions is found, and how often are honest bidders named? Rows of auctions through the real engine."""
