"""Times in a song, as people read them."""


def clock_text(seconds: float, *, decimals: int = 0) -> str:
    """Seconds as 1:02 or 1:02:03, with some decimals."""
    units = round(max(0.0, seconds) * 10**decimals)
    whole, part = divmod(units, 10**decimals)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return f"{text}.{part:0{decimals}}" if decimals else text
