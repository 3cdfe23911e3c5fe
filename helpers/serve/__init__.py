"""The pipeline behind HTTP, on this machine: it costs next to nothing while nobody speaks."""
