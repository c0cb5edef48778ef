"""Renders notices as letters in the reader's language and sends them. Owns nothing and changes nothing in other rooms."""
