"""The functions that an expression may call, computed by numpy."""
