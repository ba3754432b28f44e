"""One module for each word after `timpora`."""
