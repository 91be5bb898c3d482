"""Tests; each file tests the module it is named after."""
