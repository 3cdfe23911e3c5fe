"""`python -m helpers`: the command line."""

import sys

try:
    from helpers.cli.main import main
except ModuleNotFoundError as error:
    if not error.name or error.name.startswith("helpers"):
        raise
    how = "run `make setup`, type `source .venv/bin/activate`, and try again"
    print(f"error: {sys.executable} lacks {error.name}; {how}", file=sys.stderr)
    sys.exit(2)

if __name__ == "__main__":
    sys.exit(main())
