"""Loads review workbooks, key-figure files and Kolada's answers into schema ``raw`` as printed."""
