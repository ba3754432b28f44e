"""JAGRATARA phases, event periods, target points, people, equipment and the orders that send them."""
