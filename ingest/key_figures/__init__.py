"""Files with Kolada's key figures that a person has put in data/key_figures."""
