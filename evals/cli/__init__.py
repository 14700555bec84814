"""The commands of `handfast eval`."""
