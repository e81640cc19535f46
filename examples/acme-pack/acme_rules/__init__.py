"""The rules of Acme, one file each."""
