"""Rules that an organisation writes down as data: where to look, what must hold, what to say."""
