"""Why an answer is wrong: a declared mistake, or an earlier answer carried forward."""
