from datetime import timedelta

# How long what is mailed at once waits for what comes after it, and for being read.
WAITS = timedelta(minutes=2)
