"""What was typed: text to tokens, tokens to expressions, and expressions back to text."""
