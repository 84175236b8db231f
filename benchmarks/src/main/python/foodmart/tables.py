"""FoodMart's tables as text, and what is publicly known of their columns."""

from pathlib import Path

import pandas
import yaml

from quality.datasets import foodmart_tables

KEY = "customer_id"
STATE = "state_province"
LABEL = "member_card"
DAYS = ("1997-01-01", "1997-12-31")


def declared(root: Path) -> tuple[dict, list[dict]]:
    """Labels and columns of the quickstart."""
    with open(root / "conf/quickstart.yaml", encoding="utf-8") as file:
        tree = yaml.load(file, yaml.BaseLoader)
    return tree["labels"], tree["tabular"]["columns"]


def state(customers: pandas.DataFrame) -> dict:
    """The column of states, which the quickstart leaves out."""
    return {"name": STATE, "type": "string", "categories": sorted(customers[STATE].unique())}


def customers(folder: Path) -> pandas.DataFrame:
    """All customers, all values as text."""
    return foodmart_tables(folder, ["customer"])[0].astype(str)


def purchases(folder: Path) -> pandas.DataFrame:
    """Purchases of 1997: customer, day, store, department of the product, units, sales and cost."""
    sales, products, classes, days = foodmart_tables(folder, ["sales_fact_1997", "product", "product_class", "time_by_day"])
    joined = sales.merge(products[["product_id", "product_class_id"]]).merge(classes[["product_class_id", "product_department"]])
    joined = joined.merge(days[["time_id", "the_date"]])
    return pandas.DataFrame(
        {
            KEY: joined[KEY].astype(str),
            "day": joined["the_date"].str[:10],
            "store": joined["store_id"].astype(str).radd("s"),
            "department": joined["product_department"],
            "units": joined["unit_sales"].astype(int).astype(str),
            "sales": joined["store_sales"].map("{:.2f}".format),
            "cost": joined["store_cost"].map("{:.2f}".format),
        }
    )


def purchase_columns(purchases: pandas.DataFrame) -> list[dict]:
    """What a chain says of its stores, departments and prices anyway."""
    return [
        {"name": "day", "type": "date", "min": DAYS[0], "max": DAYS[1]},
        *({"name": name, "type": "string", "categories": sorted(purchases[name].unique())} for name in ("store", "department")),
        {"name": "units", "type": "integer", "min": 1, "max": 6},
        {"name": "sales", "type": "double", "min": 0, "max": 30, "decimals": 2},
        {"name": "cost", "type": "double", "min": 0, "max": 15, "decimals": 2},
    ]
