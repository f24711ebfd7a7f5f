"""The way to other machines: which addresses may be reached, and how much of an answer is borne."""
