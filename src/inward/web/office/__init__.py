"""The office: lists and forms for those who look after the records, declared over queries and operations."""
