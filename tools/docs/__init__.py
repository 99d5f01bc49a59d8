"""Writes reference pages from the code, and finds the commands that README shows."""
