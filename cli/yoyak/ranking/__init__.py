"""Score the sentences of an article and choose the summary."""
