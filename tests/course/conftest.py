"""What tests of the course need that a machine may lack."""

from helpers.course import browsing

collect_ignore = ["test_browsing.py"] if browsing.missing() else []
