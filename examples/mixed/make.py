"""Writes reviews.csv: 2,000 made-up reviews of products, with the columns that a shop would have beside their text."""

import csv
import random

PRODUCTS = {
    "kettle": ["boils fast", "keeps the water warm", "pours well", "leaks at the lid", "is loud", "rusts inside"],
    "lamp": ["gives warm light", "looks lovely", "dims smoothly", "flickers", "wobbles", "gets too hot"],
    "chair": ["is comfortable", "was easy to put together", "feels solid", "creaks", "hurts my back", "lost a screw"],
    "backpack": ["holds a lot", "keeps the rain out", "sits well", "has a torn seam", "has a stuck zip", "smells odd"],
}
OPENINGS = ["I bought this {p} last month.", "My second {p} from here.", "A {p} for the office.", "This {p} was a gift."]
ENDINGS = {
    1: ["Never again.", "I sent it back."],
    2: ["I expected more.", "Not worth the price."],
    3: ["It does its job.", "Neither good nor bad."],
    4: ["I like it.", "A good buy."],
    5: ["I love it!", "The best one I have had."],
}


def review(draw, product, stars):
    good, bad = PRODUCTS[product][:3], PRODUCTS[product][3:]
    first, second = draw.sample(good if stars > 3 else bad, 2) if stars != 3 else (draw.choice(good), draw.choice(bad))
    return f"{draw.choice(OPENINGS).format(p=product)} It {first} and {second}. {draw.choice(ENDINGS[stars])}"


draw = random.Random(7)
with open("reviews.csv", "w", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["product", "stars", "price", "verified", "review"])
    for _ in range(2000):
        product = draw.choices(list(PRODUCTS), [4, 3, 2, 1])[0]
        stars = draw.choices([1, 2, 3, 4, 5], [1, 1, 2, 4, 5] if product != "chair" else [4, 3, 2, 1, 1])[0]
        price = round(min(120, max(8, draw.gauss({"kettle": 30, "lamp": 45, "chair": 80, "backpack": 55}[product], 9))), 2)
        verified = draw.random() < 0.8
        rows.writerow([product, stars, price, str(verified).lower(), review(draw, product, stars)])
