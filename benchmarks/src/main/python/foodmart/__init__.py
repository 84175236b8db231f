"""What discovery, clients with child tables and constraints do to FoodMart's tables."""
