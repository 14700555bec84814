"""A market of many buyers and sellers: who is there, how they behave, and what the best matching would be worth."""
