"""From many articles to a digest: copies, stories, and what a story shows.

record    what is kept of one article; made in the worker
vectors   term vectors and candidate pairs
grouping  stories and copies, by a model of pairs and average linkage
story     what a story shows: headline, sentences, keywords, timeline
overview  the whole period: days, rising keywords, names, outlets
digest    all of it, chosen and ordered
"""
