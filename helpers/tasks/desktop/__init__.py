"""The desktop a spoken request is about: its names, the actions it offers, a plan nobody runs."""
