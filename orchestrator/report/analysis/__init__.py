"""How is an analysis shown? As JSON, as tables and a small plot for a terminal, and as charts."""
