"""Seeds as people edit them: their storage is repaired and their content is checked before anything is loaded.

dbt reads seeds itself, as UTF-8 with commas. What Excel saves in Sweden is therefore rewritten in that form, which also
limits the diff to what a person changed.
"""
