"""Telemetry: the record of a session as spans, and sending them; loaded only where somebody asked for it."""
