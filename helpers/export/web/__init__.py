"""A page that needs no server: Python and llama.cpp in a browser, on any host of plain files."""
