"""Seeds, as people edit them: how they are stored is put right, what they say is checked before anything is loaded.

dbt reads seeds by itself, as UTF-8 with commas. What Excel in Sweden saves instead is therefore written back in that
form, which also keeps the diff to what a person changed.
"""
