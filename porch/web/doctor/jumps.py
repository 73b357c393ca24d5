from django.db import Error

from porch.engine.clock.reads import clock_is_doubtful, open_jumps
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options


def look_at_jumps(options: Options) -> Finding:
    """Has the clock jumped, and has an operator looked at it?"""
    try:
        jumps, is_doubtful = open_jumps(), clock_is_doubtful()
    except Error:
        return Finding("jumps", "advice", "not known", "See to the database first.")
    if not jumps:
        return Finding("jumps", "good", "no jump")
    how_often = "once" if jumps == 1 else f"{jumps} times"
    if is_doubtful:
        text = "it leapt forward by more than a day; nothing is called late until somebody has looked"
    else:
        text = f"it jumped {how_often}, and nobody has looked yet"
    advice = (
        f"See that the time is right and kept (NTP), then acknowledge it at {options.url}/desk/engine/clock/."
    )
    return Finding("jumps", "wrong", text, advice)
