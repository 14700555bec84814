"""How well are figures found that nobody wrote by hand? Right and wrong values, said in many ways, in labelled talks."""
