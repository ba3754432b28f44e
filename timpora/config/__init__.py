"""The roof: settings, routes and wiring, the only place that knows all parts."""
