"""What policies mean, worked out by trying: it shares no code with the engine that it judges."""
