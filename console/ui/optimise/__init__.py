"""How the optimiser is asked: profile, seconds, how much may change; and how it is doing."""
