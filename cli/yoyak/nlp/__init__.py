"""Korean text: Kiwi, sentences, document frequencies and cue words."""
