"""The typed view of a policy: it never fails, and what is malformed stays visible."""
