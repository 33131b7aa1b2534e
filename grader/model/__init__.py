"""The frozen values that flow from room to room, and the errors; imports nothing of ours."""
