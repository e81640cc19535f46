"""What people ask of policies and of the catalogue, one question a file: values out, nothing printed."""
