"""Values: everything that is written, sent, parsed or judged. They know nothing of how they are used."""
