"""Workbooks in and out: tables of others read with care, ours written for Excel and WPS."""
