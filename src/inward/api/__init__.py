"""The HTTP API: versions over one error shape. It translates; it holds no rules and knows neither web nor tables."""
