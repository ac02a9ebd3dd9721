"""Calendar feeds over HTTP: response cache, renderer and the queries behind them."""
