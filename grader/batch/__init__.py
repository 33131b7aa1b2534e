"""Many submissions: which there are, grading them one by one, and the folder of results."""
