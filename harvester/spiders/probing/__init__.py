"""What a host offers: the questions that are put to it, how its answers are read, which kind of source would fit."""
