"""The rules of one's own in a configuration: tables turned into rules, or into what is wrong."""
