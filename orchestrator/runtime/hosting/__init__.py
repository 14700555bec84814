"""Many sessions in one process: what drives them, wakes them, limits them, and lets others speak to them."""
