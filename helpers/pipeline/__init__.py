"""From speech to an answer: a gate sends each dictation to rules, a lattice, or nowhere."""
