"""大厅已有 over the counter: what the hall holds of who stands there, his word on it, and its use."""
