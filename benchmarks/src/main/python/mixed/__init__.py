"""Yelp reviews as records of columns and a text: do the synthetic texts agree with their columns?"""
