"""How patterns conduct their talks: a few pure answers each, consulted by the one engine."""
