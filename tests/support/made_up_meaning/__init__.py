"""Made-up committees' reports whose meaning is known by construction, made from the tables of the shipped reports.

The figures are the shipped ones times a factor; labels, header words, column order, unit and sign convention are drawn
from a seed. The names say that the reports are made up.
"""
