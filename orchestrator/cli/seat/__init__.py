"""How does a person negotiate at a terminal? By form and in free words, under the same guards as any model."""
