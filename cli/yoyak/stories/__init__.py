"""From many articles to a digest: copies, stories, and what a story shows.

record    what is kept of one article; made in the worker
vectors   term vectors and candidate pairs
grouping  stories and copies, by a model of pairs and average linkage
"""
