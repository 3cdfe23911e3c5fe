"""Further domains of dictation, a folder each.

`table.toml` says what is said for what is written, `check.py` parses what is written, and
`templates.txt` and `values.txt` are what rows are drawn from.
"""
