"""Writes invented customers and their orders: customers.csv and orders.csv."""

import csv
import random

random.seed(7)
cities = ["Bern", "Oslo", "Rome"]
with open("customers.csv", "w", newline="") as roots, open("orders.csv", "w", newline="") as rows:
    customers, orders = csv.writer(roots), csv.writer(rows)
    customers.writerow(["customer", "age", "city"])
    orders.writerow(["customer", "day", "shop", "amount"])
    for number in range(4000):
        city, age = random.choice(cities), random.randint(18, 90)
        customers.writerow([f"C{number:05}", age, city])
        day = random.randint(1, 30)
        for _ in range(min(12, int(random.expovariate(0.3)))):
            shop = city if random.random() < 0.9 else random.choice(cities)
            orders.writerow([f"C{number:05}", day, shop, round(min(200, random.expovariate(1 / (20 + age / 2))), 2)])
            day = min(365, day + random.randint(1, 60))
