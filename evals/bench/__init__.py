"""What do the parts cost on this machine? CPU time, medians, and the goals beside them."""
