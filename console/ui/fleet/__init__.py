"""The fleet: who drives what, when, with which skills, at what price."""
