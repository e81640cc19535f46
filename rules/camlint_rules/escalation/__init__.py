"""Rules about allows that lead further than they say: to more rights, to secrets, to the outside."""
