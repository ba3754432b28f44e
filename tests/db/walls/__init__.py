"""What holds at every address: the folder is a package, so that its files share one house."""
