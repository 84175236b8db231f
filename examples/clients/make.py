"""Invented visits of 600 members to a gym: visits.csv."""

import csv
import random

draw = random.Random(5)

with open("visits.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["member", "weekday", "hour", "minutes"])
    for member in range(600):
        early = draw.random() < 0.4
        for _ in range(1 + min(int(draw.expovariate(1 / 6)), 40)):
            hour = round(draw.gauss(8 if early else 19, 1.2))
            minutes = round(min(max(draw.gauss(55 if early else 80, 20), 10), 180))
            table.writerow([f"m{member}", draw.choice(["Mon", "Tue", "Wed", "Thu", "Fri"]), min(max(hour, 6), 22), minutes])
