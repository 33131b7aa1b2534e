"""Students' programs: their text, the cases they are tried on, what came of it, and how that is compared."""
