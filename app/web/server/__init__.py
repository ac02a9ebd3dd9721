"""What every request meets: limits, logging, metrics, errors, and the start of the application."""
