"""Invented customers of a shop: customers.csv and held-out.csv, for docs/tutorial.md."""

import csv
import random

draw = random.Random(7)


def customer():
    age = min(max(round(draw.gauss(45, 16)), 18), 95)
    plan = draw.choices(["basic", "plus", "family"], [5, 3, 1 + 3 * (30 <= age <= 50)])[0]
    spending = round(draw.lognormvariate(3.2 + 0.5 * (plan != "basic") + age / 100, 0.6), 2)
    visits = min(int(draw.expovariate(1 / (2 + spending / 40))), 60)
    risk = 0.15 + 0.35 * (plan == "basic") + 0.25 * (visits < 2) - 0.1 * (age > 60)
    country = draw.choices(["CA", "MX", "US", ""], [3, 2, 5, 0.5])[0]
    return ["yes" if draw.random() < risk else "no", country, age, plan, min(spending, 2000.0), visits]


def write(name, rows):
    with open(name, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["churned", "country", "age", "plan", "spending", "visits"])
        table.writerows(customer() for _ in range(rows))


write("customers.csv", 10000)
write("held-out.csv", 3000)
