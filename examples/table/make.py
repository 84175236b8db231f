"""Invented subscriptions, some of them cancelled: subscriptions.csv."""

import csv
import datetime
import random

draw = random.Random(11)


def subscription():
    began = datetime.date(2020, 1, 1) + datetime.timedelta(days=draw.randrange(1826))
    plan = draw.choices(["basic", "plus", "family"], [5, 3, 2])[0]
    days = round(draw.expovariate(1 / {"basic": 300, "plus": 700, "family": 1500}[plan]))
    ended = began + datetime.timedelta(days=days)
    return [
        plan,
        began,
        ended if ended < datetime.date(2025, 1, 1) else "",
        draw.choice(["", *[round(min(max(draw.gauss(42, 14), 18), 95)) for _ in range(8)]]),
        {"basic": 4.99, "plus": 9.99, "family": 14.99}[plan] + draw.choice([0, 0, 0, 1.5]),
    ]


with open("subscriptions.csv", "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(["plan", "began", "cancelled", "age", "price"])
    table.writerows(subscription() for _ in range(4000))
