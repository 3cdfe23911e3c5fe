"""What the cards of all data folders have in common, for who loads them by `datasets`."""

SPLITS = """configs:
- config_name: default
  data_files:
  - split: train
    path: train.jsonl
  - split: validation
    path: valid.jsonl
  - split: test
    path: test.jsonl
"""
