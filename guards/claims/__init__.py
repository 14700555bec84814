"""What do free words claim, and is it grounded? One scan of a text, shared by all guards that read words."""
