"""Fit the models that yoyak ships and measure them."""
