"""Adapters to whatever writes drafts: strategies, scripts, and models behind a network."""
