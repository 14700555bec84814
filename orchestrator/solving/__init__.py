"""Who solves what analysis writes down? An established solver, which comes with an extra."""
