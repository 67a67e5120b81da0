"""Files of Kolada's key figures that a person has put into data/key_figures."""
