"""The journal as evidence: every step, filtered, compared, replayed, exported."""
