"""Speech into text: Whisper, what it mishears, and voices made for tests and rows."""
