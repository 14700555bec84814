"""handfast: LLM agents that keep their word."""

__all__ = ["__version__"]

__version__ = "0.1.0"
