"""Reports: what became of a session, for people and for machines. Made from its fold and its entries alone."""
