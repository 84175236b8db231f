"""Invented reviews of a café: reviews.csv."""

import csv
import random

draw = random.Random(3)
PRAISE = ["friendly staff", "great coffee", "a quiet corner to read", "fresh cakes", "fair prices", "good music"]
BLAME = ["slow service", "cold coffee", "far too loud", "stale cakes", "too expensive", "dirty tables"]

with open("reviews.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["stars", "review"])
    for _ in range(400):
        stars = draw.choice(["1", "5"])
        first, second = draw.sample(PRAISE if stars == "5" else BLAME, 2)
        opening = draw.choice(["We came on a Sunday:", "My usual place:", "First visit:", "Lunch with colleagues:"])
        table.writerow([stars, f"{opening} {first} and {second}."])
