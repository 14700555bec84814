"""Approvers: where the word of a person comes from when an agreement needs it."""
