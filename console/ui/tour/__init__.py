"""The tour: cards beside the real controls; each goes on when the thing was really done."""
