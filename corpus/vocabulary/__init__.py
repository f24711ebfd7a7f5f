"""The words of the house: enums and frozen dataclasses, standard library only."""
