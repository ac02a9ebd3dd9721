"""Changes that one instrument makes to what another schedules: found in the text, matched to the event they mean."""
