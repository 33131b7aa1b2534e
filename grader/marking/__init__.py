"""From a located answer to a mark: parts, labels, mistakes and follow-through, with the evidence."""
