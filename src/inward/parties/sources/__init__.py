"""What public registers say of companies, read as a stream into rows that know no table.

``streams`` opens files and takes them apart record by record; one module for each register makes ``rows`` of the records.
Pure reading: no database, no clock, no network.
"""
