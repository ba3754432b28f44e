"""The demonstration scenario: Jagratara phase II, 21-23 August 2024, in two provinces.

Pure code and data. Places, offices and dates are real, every person and company is invented (README.md).
"""
