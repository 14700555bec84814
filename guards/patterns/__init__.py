"""Guards of what is legal now under the pattern of a talk, one module a pattern."""
