"""The law as dated data: articles, numbers, visa indices and working days, each with its source."""
