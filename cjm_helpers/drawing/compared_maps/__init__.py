"""Maps that lay journeys side by side: several personas on one sheet, and what changed between two waves."""
