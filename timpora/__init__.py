"""Timpora: the working system of Indonesia's foreigner-oversight teams (Tim Pengawasan Orang Asing)."""

__version__ = "0.1.0"
