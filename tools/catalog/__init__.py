"""How the service catalogue is put together: published actions, and what people found out of them."""
