"""What the API answers with: one view for each entity, every field described, units in the names."""
