"""Measures how good the models are, and writes the tables of the pages that say so."""
